import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { largest, type Bump } from "./bump.ts";
import { rate, type Change, type Rating } from "./policy.ts";

/** A change and what it is worth. */
export type RatedChange = Change & Rating & { words: string };

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("../redocly.yaml", import.meta.url));
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/**
 * Compares two bundled specs with `redocly diff` and rates each change by the policy.
 *
 * @param base file of the older one
 * @param revision file of the newer one
 * @returns the changes, the weightiest for the client first
 * @throws Error when one of them is missing or no OpenAPI document
 */
export async function findSpecChanges(base: string, revision: string): Promise<RatedChange[]> {
  const [before, after] = await Promise.all([base, revision].map(async (file) => parse(await readFile(file, "utf8"))));
  if (isDeepStrictEqual(before, after)) return [];
  const parameters = ["diff", base, revision, "--format=json", "--fail-on=none", `--config=${config}`];
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...parameters], {
    env,
    maxBuffer: 2 ** 28,
  }).catch(({ stderr }: { stderr: string }) => Promise.reject(new Error(`redocly diff failed.\n${stderr.trim()}`)));
  const listed: Change[] = JSON.parse(stdout).changes;
  const changes = [...listed, ...findUnlisted(before, after)];
  if (changes.length === 0) changes.push(unnamed);
  const rated = changes.map((change) => Object.assign(change, rate(change), { words: say(change) }));
  return [...new Map(rated.map((change) => [change.words, change])).values()].toSorted(
    (one, other) => weigh(other.client) - weigh(one.client),
  );
}

/** The bumps that these changes need, as from 1.0 on. */
export function sum(changes: Rating[]): { client: Bump; mock: Bump } {
  return { client: largest(changes.map(({ client }) => client)), mock: largest(changes.map(({ mock }) => mock)) };
}

type Node = Record<string, any>;

/** What `redocly diff` 2.77 is silent about: the order of servers, and what is inside examples and extensions. */
function findUnlisted(base: Node, revision: Node): Change[] {
  const modified = (path: string, typeName: string, property: string, before: unknown, after: unknown): Change[] =>
    isDeepStrictEqual(before, after)
      ? []
      : [
          {
            path,
            typeName,
            kind: "modified",
            impact: "patch",
            verdicts: [],
            property,
            base: { value: before },
            revision: { value: after },
          },
        ];
  const errorBody = (document: Node) =>
    Object.entries<Node>(document["components"]?.["schemas"] ?? {}).flatMap(
      ([, schema]) => schema["x-error-body"] ?? [],
    );
  const firstServer = (document: Node) => document["servers"]?.[0]?.["x-name"];
  return [
    ...modified("#/servers", "ServerList", "default", firstServer(base), firstServer(revision)),
    ...modified("#/components/schemas", "Schema", "x-error-body", errorBody(base), errorBody(revision)),
    ...modified(
      "#/components/examples",
      "Example",
      "values",
      base["components"]?.["examples"],
      revision["components"]?.["examples"],
    ),
  ];
}

/** A difference of which `redocly diff` and we know no name: never less than a patch. */
const unnamed: Change = {
  path: "#/",
  typeName: "Root",
  kind: "modified",
  impact: "patch",
  verdicts: [],
  property: "words, order or extensions",
};

/** `POST /v2/customer, answer 200, id`: what a JSON pointer leads to. */
function place(path: string): string {
  const steps = path
    .replace(/^#\//, "")
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const parts: string[] = [];
  let field = "";
  for (let index = 0; index < steps.length; index += 1) {
    const [step = "", next = "", afterNext = ""] = steps.slice(index);
    const isOperation = step === "paths" && /^(get|put|post|delete|options|head|patch|trace)$/.test(afterNext);
    if (step === "paths") {
      parts.push(isOperation ? `${afterNext.toUpperCase()} ${next}` : next);
      index += isOperation ? 2 : 1;
    } else if (step === "requestBody") {
      parts.push("request");
    } else if (step === "responses" && next) {
      parts.push(`answer ${next}`);
      index += 1;
    } else if (step === "content" && next) {
      index += 1;
      if (!afterNext) parts.push(next);
    } else if (step === "properties" && next) {
      field += `${field && "."}${next}`;
      index += 1;
    } else if (step === "items") {
      field += "[]";
    } else if (step === "components" && next && afterNext) {
      parts.push(`${next.replace(/s$/, "")} ${afterNext}`);
      index += 2;
    } else if (step && step !== "schema") {
      parts.push(step);
    }
  }
  if (field) parts.push(field);
  return parts.join(", ") || "the document";
}

const short = (value: unknown) => {
  const text = JSON.stringify(value);
  return text === undefined ? "nothing" : text.length > 60 ? undefined : `\`${text}\``;
};

function say({ path, kind, verdicts, property, base, revision }: Change): string {
  const where = `\`${place(path)}\``;
  if (verdicts.length > 0) return `${where}: ${verdicts.map(({ message }) => message).join(" ")}`;
  if (kind !== "modified") return `${where} is ${kind === "added" ? "new" : "gone"}.`;
  const [before, after] = [short(base?.value), short(revision?.value)];
  const values = before && after && base && revision ? ` from ${before} to ${after}` : "";
  return property === "key" ? `${where} is renamed${values}.` : `${where}: \`${property}\` changes${values}.`;
}

function weigh(bump: Bump): number {
  return ["none", "patch", "minor", "major"].indexOf(bump);
}
