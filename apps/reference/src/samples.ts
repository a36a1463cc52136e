import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Api } from "@spherepay/openapi";
import { writeCurl } from "./samples/curl.ts";
import { writeGo } from "./samples/go.ts";
import { writeJavaScript } from "./samples/javascript.ts";
import { writePython } from "./samples/python.ts";
import { listRequests, type SampleRequest } from "./samples/request.ts";
import { writeTypeScript } from "./samples/typescript.ts";

/** One request, as a program in one language that runs as it stands. */
export interface Sample {
  operationId: string;
  /** Name of the request example; none when the document names none. */
  example?: string | undefined;
  language: string;
  /** Name for a reader: the language and, from an operation's second request example on, the example. */
  label: string;
  /** Name of the language for a syntax highlighter. */
  highlight: string;
  /** Extension of a file that holds it. */
  extension: string;
  source: string;
  /** What this very program printed when it ran; none when it was changed since, or never ran. */
  output?: string | undefined;
  /** What it printed, and failed, when one field of its body was missing. */
  refusal?: Refusal | undefined;
}

/** What a sample printed without one field of its body. */
export interface Refusal {
  /** Name of the field. */
  without: string;
  output: string;
}

/** What samples printed: by operation, example (`""` when it has no name) and language. */
export type Recordings = Record<string, Record<string, Record<string, Recording>>>;

/** What a sample printed. */
export interface Recording {
  /** The program that printed it, as {@link fingerprint} gives it. */
  program: string;
  output: string;
  refusal?: Refusal;
}

const languages: { language: string; highlight: string; extension: string; write(request: SampleRequest): string }[] = [
  { language: "cURL", highlight: "bash", extension: "sh", write: writeCurl },
  { language: "TypeScript", highlight: "typescript", extension: "ts", write: writeTypeScript },
  { language: "JavaScript", highlight: "javascript", extension: "mjs", write: writeJavaScript },
  { language: "Go", highlight: "go", extension: "go", write: writeGo },
  { language: "Python", highlight: "python", extension: "py", write: writePython },
];

/**
 * Writes the samples of every operation: one for each named request example and language. Each calls the document's
 * first server with the bearer token in SPHERE_API_KEY and prints the answer, or else what is wrong and fails.
 *
 * @param recordings what samples printed. @default the committed recordings.json, which a test renews
 * @example
 * for (const { label, source, output } of createSamples(api)) console.log(label, source, output);
 */
export function createSamples(api: Api, recordings: Recordings = committedRecordings()): Sample[] {
  const seen = new Set<string>();
  return listRequests(api).flatMap((request) => {
    const { operationId, example } = request;
    const isFirst = !seen.has(operationId);
    seen.add(operationId);
    return languages.map(({ language, highlight, extension, write }) => {
      const source = `${write(request).trimEnd()}\n`;
      const recorded = recordings[operationId]?.[example ?? ""]?.[language];
      const recording = recorded?.program === fingerprint(source) ? recorded : undefined;
      return {
        operationId,
        example,
        language,
        // A reader's choice of a plain language name holds for every operation; an example is one operation's own.
        label: isFirst ? language : `${language} · ${example}`,
        highlight,
        extension,
        source,
        output: recording?.output,
        refusal: recording?.refusal,
      };
    });
  });
}

/** A sample's source, followed by what it printed when it ran, as comments of its language. */
export function withOutput({ source, highlight, output, refusal }: Sample): string {
  const mark = ["bash", "python"].includes(highlight) ? "# " : "// ";
  const comment = (text: string) => `\n${text}\n`.replaceAll(/^(?=.)/gm, mark);
  const printed = output === undefined ? "" : comment(`It prints:\n${output}`);
  return (
    source + printed + (refusal ? comment(`Without ${refusal.without} it fails, and prints:\n${refusal.output}`) : "")
  );
}

/** Tells a program from any other, so that no sample shows what another printed. */
export function fingerprint(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 16);
}

function committedRecordings(): Recordings {
  return JSON.parse(readFileSync(new URL("../recordings.json", import.meta.url), "utf8"));
}
