import { XMLParser, XMLValidator } from "fast-xml-parser";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** One end-to-end test of Prism's own. */
export interface HarnessCase {
  /** Its file, below the folder of all. */
  readonly file: string;
  /** The document, as YAML or JSON. */
  readonly document: string;
  /** What prism-cli is started with. */
  readonly flags: readonly string[];
  /** A command for a shell, which calls port 4010. */
  readonly command: string;
  /** How much of the answer counts: all of the body, nothing of it, or the names of its members. */
  readonly rule: "expect" | "expect-loose" | "expect-keysOnly";
  /** The answer that is expected, as curl prints it. */
  readonly expected: string;
}

/** Reads the tests of OpenAPI 3 documents that are mocked. */
export function readHarness(folder: string): HarnessCase[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".txt"))
    .toSorted()
    .map((file) => readCase(file, readFileSync(join(folder, file), "utf8")))
    .filter(({ document, flags }) => /^\s*"?openapi"?\s*:\s*["']?3/m.test(document) && flags[0] === "mock");
}

function readCase(file: string, text: string): HarnessCase {
  const [, ...sections] = text.split(/^====([\w-]+)====\r?\n/m);
  const named = Object.fromEntries(sections.flatMap((name, at) => (at % 2 ? [] : [[name, sections[at + 1]!.trim()]])));
  const rule = (["expect", "expect-loose", "expect-keysOnly"] as const).find((name) => name in named)!;
  return {
    file,
    document: named["spec"]!,
    flags: named["server"]!.split(/ +/),
    command: named["command"]!,
    rule,
    expected: named[rule]!,
  };
}

/** An answer in parts, as curl prints it. */
function readAnswer(printed: string) {
  const [head = "", ...rest] = printed.trim().split(/\r?\n\r?\n/);
  const [line = "", ...fields] = head.split(/\r?\n/);
  const headers = fields.map((field) => {
    const [name = "", ...value] = field.split(":");
    return [name.toLowerCase(), value.join(":").trim()];
  });
  return { status: Number(line.split(" ")[1]), headers: Object.fromEntries(headers), body: rest.join("\n\n") };
}

/**
 * Fails unless an answer is as expected, by the rules of Prism's harness and of Gavel, which that uses: the status counts
 * without its words; a header that is named has to be there, and `Content-Type` has to say the same; of XML the names of
 * its elements count; of another body all, nothing (`expect-loose`), or the names of its members.
 */
export function expectAnswer(printed: string, expected: string, rule: HarnessCase["rule"]): void {
  const answer = readAnswer(printed);
  const wanted = readAnswer(expected);
  const headers = Object.keys(wanted.headers).map((name) => [
    name,
    name === "content-type" ? wanted.headers[name] : expect.any(String),
  ]);
  expect(answer).toMatchObject({ status: wanted.status, headers: Object.fromEntries(headers) });
  if (XMLValidator.validate(wanted.body) === true) {
    const parser = new XMLParser();
    expect(namesIn(parser.parse(answer.body))).toEqual(namesIn(parser.parse(wanted.body)));
  } else if (rule === "expect") {
    expect(answer.body).toBe(wanted.body);
  } else if (rule === "expect-keysOnly") {
    expect(Object.keys(JSON.parse(answer.body))).toEqual(Object.keys(JSON.parse(wanted.body)));
  }
}

/** The names of elements, without what they hold. */
function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(namesIn);
  if (typeof value !== "object" || value === null) return "a value";
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, namesIn(inner)]));
}
