import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMock } from "../../src/index.ts";

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly valid: boolean }[];
}

/** What fits has to have a member that no schema names, which only `not` says. */
const UNMENDED = ["not.json: collect annotations inside a 'not', even if collection is disabled"];

const folder = join(process.env["SUITES"]!, "json-schema-test-suite/tests/draft2020-12");
const groups = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => {
    const read: Group[] = JSON.parse(readFileSync(join(folder, file), "utf8"));
    return read.map((group) => Object.assign(group, { name: `${file}: ${group.description}` }));
  })
  // Where no test is valid, it may be that nothing fits.
  .filter(({ tests }) => tests.some(({ valid }) => valid));

test.each(["dynamic=false", "dynamic=true, seed=1"])("what is made up fits its schema, with %s", async (prefer) => {
  const unmended: string[] = [];
  for (const { name, schema } of groups) {
    const responses = { 200: { description: "", content: { "application/json": { schema } } } };
    const spec = { openapi: "3.1.0", info: { title: "", version: "" }, paths: { "/": { get: { responses } } } };
    const { fetch } = await createMock({ spec });
    const { headers } = await fetch("http://mock/", { headers: { prefer } });
    if (headers.has("sl-violations")) unmended.push(name);
  }
  expect(groups.length).toBeGreaterThan(350);
  expect(unmended).toEqual(UNMENDED);
});
