import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { readJson } from "../../src/document/json.ts";
import { createSchemas } from "../../src/document/schemas.ts";
import { child, readSource } from "../../src/document/source.ts";

/** Cases of the JSON Schema Test Suite: values for one schema. */
interface Group {
  name: string;
  schema: unknown;
  tests: { description: string; data: unknown; valid: boolean }[];
}

const FORMAT = "a format is checked, and not only noted: an author who writes one means it";
const EMPTY = "an empty enum is a slip in a description of an API: a warning, and not checked";

const FLOAT = "1.0 is an integer in every draft but this one, and OpenAPI 3.0 does not say";
const FORMATS =
  "date date-time duration email hostname ipv4 ipv6 json-pointer regex relative-json-pointer time uri uri-reference uri-template uuid";

/** How many cases of a group come out otherwise than the suite says, and why. */
const DIFFERENCES: Record<string, Record<string, [count: number, why: string]>> = {
  "draft2020-12": {
    "enum: empty enum": [6, EMPTY],
    ...Object.fromEntries(FORMATS.split(" ").map((name) => [`format: ${name} format`, [1, FORMAT]])),
  },
  "draft4/optional": {
    "zeroTerminatedFloats: some languages do not distinguish between different types of numeric value": [1, FLOAT],
  },
};

/** What only a document on the network would tell, and `id`, which is no keyword of OpenAPI 3.0. */
const ELSEWHERE = /leads nowhere$|^the \$schema \S+ is not known/;

async function read(draft: string): Promise<Group[]> {
  const folder = join(process.env["SUITES"]!, "json-schema-test-suite/tests", draft);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).toSorted();
  const groups = files.map(async (file) => {
    const found = readJson(await readFile(join(folder, file), "utf8")) as (Group & { description: string })[];
    for (const group of found) group.name = `${file.replace(".json", "")}: ${group.description}`;
    return found;
  });
  return (await Promise.all(groups)).flat();
}

/** A document with a schema, in which `#` still means the schema. */
function documentOf(draft: string, schema: unknown): object {
  if (draft.startsWith("draft4")) return { openapi: "3.0.4", components: { schemas: { S: moveReferences(schema) } } };
  const S = typeof schema === "boolean" ? schema : { $id: "https://suite.test/schema", ...(schema as object) };
  return { openapi: "3.1.1", components: { schemas: { S } } };
}

function moveReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(moveReferences);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key === "enum") return [key, value];
    const isMoved = key === "$ref" && typeof value === "string" && value.startsWith("#");
    return [key, isMoved ? `#/components/schemas/S${value.slice(1)}` : moveReferences(value)];
  });
  return Object.fromEntries(entries);
}

vi.stubGlobal("fetch", () => Promise.reject(new Error("there is no network here")));
afterAll(() => {
  vi.unstubAllGlobals();
});

test.each([
  { draft: "draft2020-12", elsewhere: 53 },
  { draft: "draft2020-12/optional", elsewhere: 5 },
  { draft: "draft4", elsewhere: 31 },
  { draft: "draft4/optional", elsewhere: 3 },
])("$draft comes out as the suite says, but for what is named", async ({ draft, elsewhere }) => {
  const differences: Record<string, unknown> = {};
  let skipped = 0;
  for (const { name, schema, tests } of await read(draft)) {
    const source = await readSource(documentOf(draft, schema));
    const place = child(source.start, "components", "schemas", "S");
    const validator = createSchemas(source, { strict: false }).validator(place, "request");
    const wrong = tests.filter(({ data, valid }) => (validator(data).length === 0) !== valid);
    if (validator.warnings.some((warning) => ELSEWHERE.test(warning))) skipped += tests.length;
    else if (wrong.length > 0) differences[name] = [wrong.length, DIFFERENCES[draft]?.[name]?.[1]];
  }
  expect(differences).toEqual(DIFFERENCES[draft] ?? {});
  expect(skipped).toBe(elsewhere);
});
