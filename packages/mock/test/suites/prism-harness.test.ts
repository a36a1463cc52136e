import { exec } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";
import { expectAnswer, type HarnessCase, readHarness } from "./prism-harness.ts";

const TEXT =
  "RFC 9110, section 15.6: 5xx says that the server has failed, but the request is right and the document describes its answer; an object that is to be text is sent as JSON text";

/** Where our answer is another than Prism's, what it is, and by which clause. */
const DIFFERENT: Readonly<Record<string, readonly [ours: string, clause: string]>> = {
  "generated-responses/too_complex-AC-1.oas3.txt": [
    `HTTP/1.1 200 OK\ncontent-type: application/json\n\n${JSON.stringify(Array(3000).fill("string"))}`,
    "JSON Schema 2020-12 Validation, section 6.4.2: 3,000 items are what minItems asks for, and they can be made",
  ],
  "head-requests/head_requests-AC-2.oas3.txt": ["HTTP/1.1 200 OK", "RFC 9110, section 9.1: servers MUST support HEAD"],
  "serialization/E2E-text-html-complex-serialisation.oas3.txt": [
    'HTTP/1.1 200 OK\ncontent-type: text/html\n\n{"name":"Clark","surname":"Kent"}',
    TEXT,
  ],
  "serialization/E2E-text-plain-complex-serialisation.oas3.txt": [
    'HTTP/1.1 200 OK\ncontent-type: text/plain\n\n{"name":"Clark","surname":"Kent"}',
    TEXT,
  ],
  "validate-body-params/form-data-allow-reserved-fail.oas3.txt": [
    "HTTP/1.1 200 OK\ncontent-type: text/plain\n\nok",
    "OpenAPI 3.0, section Encoding Object: allowReserved says how a value is written, not which values there are; URL Standard, section 5.1: with and without percent-encoding, the form says the same",
  ],
  "validate-body-params/multipart-form-data-allow-reserved-fail.oas3.txt": [
    "HTTP/1.1 200 OK\ncontent-type: text/plain\n\nok",
    "OpenAPI 3.0, section Encoding Object: allowReserved SHALL be ignored unless the media type is application/x-www-form-urlencoded",
  ],
  "violations/array-min-contains.httpResponse.txt": [
    `HTTP/1.1 500 Internal Server Error\ncontent-type: application/problem+json\nsl-violations: […]\n\n{"type":"https://stoplight.io/prism/errors#VIOLATIONS","title":"Request/Response not valid","status":500,"detail":"Your request/response is not valid and the --errors flag is set, so Prism is generating this error for you.","validation":[{"location":["response","body"],"severity":"Error","code":"contains","message":"Response body must contain at least 3 valid item(s)"}]}`,
    "JSON Schema 2020-12 Core, section 10.3.1.3: an element that contains does not mean is not wrong",
  ],
};

const run = promisify(exec);
const folder = await mkdtemp(join(tmpdir(), "prism-harness-"));
afterAll(() => rm(folder, { recursive: true }));

const cases = readHarness(join(process.env["SUITES"]!, "prism-harness/test-harness/specs"));

test("all 146 tests of OpenAPI 3 are there, and all that are answered otherwise", () => {
  const files = cases.map(({ file }) => file);
  expect(files).toHaveLength(146);
  expect(files).toEqual(expect.arrayContaining(Object.keys(DIFFERENT)));
});

test.each(cases.map((one) => [one.file, one] as const))("%s", async (file, one) => {
  const printed = await ask(one);
  const [ours] = DIFFERENT[file] ?? [];
  const compare = () => expectAnswer(printed, one.expected, one.rule);
  if (ours === undefined) return compare();
  expect(compare).toThrow("expected");
  expectAnswer(printed, ours, "expect");
});

/** What curl prints of our answer. */
async function ask({ file, document, flags, command }: HarnessCase): Promise<string> {
  const spec = join(folder, file.replaceAll("/", " "));
  await writeFile(spec, document);
  const has = (...names: string[]) => flags.some((flag) => names.includes(flag));
  const server = await startMockServer({ spec, dynamic: has("-d", "--dynamic"), errors: has("--errors") });
  try {
    const called = command.replace(/(?:localhost|127\.0\.0\.1):4010/, new URL(server.url).host);
    return (await run(called)).stdout;
  } finally {
    await server.close();
  }
}
