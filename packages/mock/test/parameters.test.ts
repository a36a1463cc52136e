import { describe, expect, test } from "vitest";
import { listOperations } from "../src/document/operations.ts";
import { checkParameters, type Sent } from "../src/document/parameters.ts";
import { createSchemas } from "../src/document/schemas.ts";
import { readSource } from "../src/document/source.ts";

type Given = Partial<Record<"query" | "cookie" | "header", string>> & { path?: string };

/** What is wrong with the parameter `c` of a request: keys and messages. */
async function check(parameter: object, { path, query = "", header, cookie }: Given, more: object = {}) {
  const spec = {
    openapi: "3.2.0",
    info: { title: "A", version: "1" },
    paths: { "/a/{c}": { get: { parameters: [{ name: "c", ...parameter }], responses: {} } } },
    ...more,
  };
  const source = await readSource(spec);
  const [operation] = listOperations(source, () => {});
  const sent: Sent = {
    path: new Map(path === undefined ? [] : [["c", path]]),
    query,
    headers: { ...(header !== undefined && { c: header }), ...(cookie !== undefined && { cookie }) },
  };
  const wrong = checkParameters(operation!, createSchemas(source, { strict: true }))(sent);
  return wrong.flatMap(({ violations }) => violations.map(({ keys, message }) => `${keys.join(".")}: ${message}`));
}

const STRING = { const: "blue", type: "string" };
const EMPTY = { const: "", type: "string" };
const COLORS = ["blue", "black", "brown"];
const ARRAY = { type: "array", items: { type: "string" }, const: COLORS };
const RGB = { R: 100, G: 200, B: 150 };
const NUMBERS = { R: { type: "integer" }, G: { type: "integer" }, B: { type: "integer" } };
const OBJECT = { type: "object", properties: NUMBERS, const: RGB };
const NUMBER = { type: "number" };
const POINT = { type: "object", properties: { x: NUMBER, y: NUMBER }, const: { x: 1.5, y: -0.25 } };

/** OpenAPI's table of styles (https://spec.openapis.org/oas/v3.2.0.html#style-examples), with the name `c`. */
const TABLE: [location: string, style: string, explode: boolean, schema: object, written: string][] = [
  ["path", "matrix", false, EMPTY, ";c"],
  ["path", "matrix", false, STRING, ";c=blue"],
  ["path", "matrix", false, ARRAY, ";c=blue,black,brown"],
  ["path", "matrix", false, OBJECT, ";c=R,100,G,200,B,150"],
  ["path", "matrix", true, EMPTY, ";c"],
  ["path", "matrix", true, STRING, ";c=blue"],
  ["path", "matrix", true, ARRAY, ";c=blue;c=black;c=brown"],
  ["path", "matrix", true, OBJECT, ";R=100;G=200;B=150"],
  ["path", "label", false, EMPTY, "."],
  ["path", "label", false, STRING, ".blue"],
  ["path", "label", false, ARRAY, ".blue,black,brown"],
  // As in OpenAPI 3.0.0 to 3.0.3.
  ["path", "label", false, ARRAY, ".blue.black.brown"],
  ["path", "label", false, OBJECT, ".R,100,G,200,B,150"],
  ["path", "label", false, OBJECT, ".R.100.G.200.B.150"],
  ["path", "label", true, STRING, ".blue"],
  ["path", "label", true, ARRAY, ".blue.black.brown"],
  ["path", "label", true, OBJECT, ".R=100.G=200.B=150"],
  ["path", "label", true, POINT, ".x=1.5.y=-0.25"],
  ["path", "simple", false, STRING, "blue"],
  ["path", "simple", false, ARRAY, "blue,black,brown"],
  ["path", "simple", false, OBJECT, "R,100,G,200,B,150"],
  ["path", "simple", true, ARRAY, "blue,black,brown"],
  ["path", "simple", true, OBJECT, "R=100,G=200,B=150"],
  ["header", "simple", false, EMPTY, ""],
  ["header", "simple", false, STRING, "blue"],
  ["header", "simple", false, ARRAY, "blue,black,brown"],
  ["header", "simple", false, ARRAY, "blue, black , brown"],
  ["header", "simple", false, OBJECT, "R,100,G,200,B,150"],
  ["header", "simple", true, OBJECT, "R=100,G=200,B=150"],
  ["header", "simple", true, OBJECT, "R=100, G=200, B=150"],
  ["query", "form", false, EMPTY, "c="],
  ["query", "form", false, EMPTY, "c"],
  ["query", "form", false, STRING, "c=blue"],
  ["query", "form", false, ARRAY, "c=blue,black,brown"],
  ["query", "form", false, ARRAY, "c=blue%2Cblack%2Cbrown"],
  ["query", "form", false, OBJECT, "c=R,100,G,200,B,150"],
  ["query", "form", true, STRING, "c=blue"],
  ["query", "form", true, ARRAY, "c=blue&c=black&c=brown"],
  ["query", "form", true, OBJECT, "R=100&G=200&B=150"],
  ["query", "spaceDelimited", false, ARRAY, "c=blue%20black%20brown"],
  ["query", "spaceDelimited", false, ARRAY, "c=blue+black+brown"],
  ["query", "spaceDelimited", false, OBJECT, "c=R%20100%20G%20200%20B%20150"],
  ["query", "spaceDelimited", true, ARRAY, "c=blue&c=black&c=brown"],
  ["query", "pipeDelimited", false, ARRAY, "c=blue%7Cblack%7Cbrown"],
  ["query", "pipeDelimited", false, ARRAY, "c=blue|black|brown"],
  ["query", "pipeDelimited", false, OBJECT, "c=R%7C100%7CG%7C200%7CB%7C150"],
  ["query", "deepObject", true, OBJECT, "c%5BR%5D=100&c%5BG%5D=200&c%5BB%5D=150"],
  ["query", "deepObject", true, OBJECT, "c[R]=100&c[G]=200&c[B]=150"],
  ["cookie", "form", false, STRING, "c=blue"],
  ["cookie", "form", false, ARRAY, "a=1; c=blue,black,brown; d=2"],
  ["cookie", "form", false, OBJECT, "c=R,100,G,200,B,150"],
  ["cookie", "form", true, STRING, "a=1; c=blue"],
  ["cookie", "form", true, ARRAY, "c=blue&c=black&c=brown"],
  ["cookie", "form", true, OBJECT, "R=100&G=200&B=150"],
  ["cookie", "cookie", true, ARRAY, "c=blue; c=black; c=brown"],
  ["cookie", "cookie", true, OBJECT, "R=100; G=200; B=150"],
  ["cookie", "cookie", false, ARRAY, "c=blue,black,brown"],
];

test.each(TABLE)("%s %s, explode %s, %j, is read from %s", async (location, style, explode, schema, written) => {
  const parameter = { in: location, style, explode, schema, required: true };
  expect(await check(parameter, { [location]: written })).toEqual([]);
  // Another value is seen to be another.
  const other = { ...schema, const: "other" };
  expect(await check({ ...parameter, schema: other }, { [location]: written })).not.toEqual([]);
});

const query = (schema: object, more: object = {}) => ({ in: "query", schema, ...more });
const INT = { type: "integer" };

test.each<[name: string, parameter: object, given: Given, messages: string[]]>([
  ["not a number", query(INT), { query: "c=many" }, [": Expected integer, received string"]],
  ["not whole", query(INT), { query: "c=1.5" }, [": Expected integer, received string"]],
  ["a number with a plus sign", query(INT), { query: "c=%2B1" }, []],
  ["an exponent", query({ type: "number", const: 1200 }), { query: "c=1.2e3" }, []],
  ["no decimal number", query(INT), { query: "c=0x10" }, [": Expected integer, received string"]],
  ["infinite", query({ type: "number" }), { query: "c=1e999" }, [": Expected number, received string"]],
  ["true", query({ type: "boolean", const: true }), { query: "c=true" }, []],
  ["1 for true", query({ type: "boolean" }), { query: "c=1" }, [": Expected boolean, received string"]],
  ["digits that are text", query({ type: "string", const: "007" }), { query: "c=007" }, []],
  ["text or a number", query({ anyOf: [{ const: 7 }, { const: "x", type: "string" }] }), { query: "c=x" }, []],
  ["null or a number", query({ type: ["integer", "null"] }), { query: "c=null" }, []],
  ["nothing for null", query({ type: ["integer", "null"] }), { query: "c=" }, []],
  ["nothing for a number", query(INT), { query: "c=" }, [": Expected integer, received string"]],
  ["nothing where that is allowed", query(INT, { allowEmptyValue: true }), { query: "c" }, []],
  ["nothing for a list", query({ type: "array", items: INT }), { query: "c=" }, []],
  [
    "too long a list",
    query({ type: "array", items: INT, maxItems: 1 }),
    { query: "c=1&c=2" },
    [": Array must contain at most 1 element(s)"],
  ],
  [
    "an item of another type",
    query({ type: "array", items: INT }),
    { query: "c=1&c=x" },
    ["1: Expected integer, received string"],
  ],
  [
    "commas in an exploded list",
    query({ type: "array", items: INT }),
    { query: "c=1,2" },
    ["0: Expected integer, received string"],
  ],
  ["more than one", query(INT), { query: "c=1&c=2" }, [": Expected integer, received array"]],
  ["one of a list or a text", query({ anyOf: [{ type: "array", items: STRING }, EMPTY] }), { query: "c=blue" }, []],
  [
    "one of a list in a union",
    query({ oneOf: [{ type: "array", items: INT }, { type: "boolean" }] }),
    { query: "c=5" },
    [],
  ],
  [
    "an encoded comma in an item",
    query({ type: "array", const: ["a,b", "c"], items: { type: "string" } }, { explode: false }),
    { query: "c=a%2Cb,c" },
    [],
  ],
  ["a plus sign for a space", query({ type: "string", const: "a b" }), { query: "c=a+b" }, []],
  ["a plus sign that is one", query({ type: "string", const: "a+b" }), { query: "c=a%2Bb" }, []],
  [
    "reserved characters",
    query({ type: "string", const: "a/b?c=d:@+" }, { allowReserved: true }),
    { query: "c=a/b?c=d:@+" },
    [],
  ],
  ["the largest int64", query({ type: "integer", format: "int64" }), { query: "c=9223372036854775807" }, []],
  ["missing", query(INT, { required: true }), { query: "d=1" }, [": Required"]],
  ["missing, though not needed", query(INT), {}, []],
  ["a name that is encoded", query(INT), { query: "%63=x" }, [": Expected integer, received string"]],
  [
    "a field that is missing",
    query({ ...OBJECT, required: ["A"], const: RGB }),
    { query: "R=100&G=200&B=150" },
    ["A: Required"],
  ],
  [
    "an open object",
    query({ type: "object", additionalProperties: INT }),
    { query: "x=1&y=z" },
    ["y: Expected integer, received string"],
  ],
  ["an object that is not there", query(OBJECT, { required: true }), { query: "x=1" }, [": Required"]],
  [
    "JSON",
    query({}, { schema: undefined, content: { "application/json": { schema: OBJECT } } }),
    { query: `c=${encodeURIComponent(JSON.stringify(RGB))}` },
    [],
  ],
  [
    "no JSON",
    query({}, { schema: undefined, content: { "application/json": { schema: OBJECT } } }),
    { query: "c={" },
    [": Invalid input: must be application/json"],
  ],
  [
    "JSON of another type",
    query({}, { schema: undefined, content: { "application/json": { schema: INT } } }),
    { query: 'c="1"' },
    [": Expected integer, received string"],
  ],
  ["an empty segment", { in: "path", schema: { type: "string" } }, { path: "" }, [": Required"]],
  [
    "without its dot",
    { in: "path", style: "label", schema: { type: "string" } },
    { path: "blue" },
    [": Invalid input: must be written in the style label"],
  ],
  [
    "without its name",
    { in: "path", style: "matrix", schema: { type: "string" } },
    { path: "blue" },
    [": Invalid input: must be written in the style matrix"],
  ],
  ["with a slash in it", { in: "path", schema: { type: "string", const: "a/b" } }, { path: "a%2Fb" }, []],
  [
    "in a header of another case",
    { in: "header", name: "C", schema: INT },
    { header: "x" },
    [": Expected integer, received string"],
  ],
  [
    "a cookie of another type",
    { in: "cookie", schema: INT },
    { cookie: "c=x" },
    [": Expected integer, received string"],
  ],
  ["a cookie that is missing", { in: "cookie", required: true, schema: INT }, { cookie: "d=1" }, [": Required"]],
  ["an encoded cookie", { in: "cookie", schema: { type: "string", const: "a b" } }, { cookie: "c=a%20b" }, []],
  [
    "a cookie as it is",
    { in: "cookie", style: "cookie", schema: { type: "string", const: "a%20b" } },
    { cookie: "c=a%20b" },
    [],
  ],
  ["Accept", { in: "header", name: "Accept", required: true, schema: INT }, {}, []],
  ["Content-Type", { in: "header", name: "content-type", required: true, schema: INT }, {}, []],
  ["Authorization", { in: "header", name: "AUTHORIZATION", required: true, schema: INT }, {}, []],
])("says what is wrong with a parameter: %s", async (_, parameter, given, messages) => {
  expect(await check(parameter, given)).toEqual(messages);
});

describe("deepObject", () => {
  const deep = (schema: object) => ({ in: "query", style: "deepObject", explode: true, schema });
  const nested = {
    type: "object",
    properties: {
      range: { type: "object", properties: { from: INT, to: INT } },
      tags: { type: "array", items: INT },
    },
  };

  test.each<[string, unknown]>([
    ["c[range][from]=1&c[range][to]=2", { range: { from: 1, to: 2 } }],
    ["c[tags][]=1&c[tags][]=2", { tags: [1, 2] }],
    ["c[tags][0]=1&c[tags][1]=2", { tags: [1, 2] }],
    ["c[tags]=1&c[tags]=2", { tags: [1, 2] }],
    ["c[tags]=1", { tags: [1] }],
    ["c[other]=1", { other: "1" }],
    ["c[__proto__]=1", JSON.parse('{"__proto__":"1"}')],
  ])("%s is %j", async (text, value) => {
    expect(await check(deep({ ...nested, const: value }), { query: text })).toEqual([]);
    expect(await check(deep({ ...nested, const: "other" }), { query: text })).not.toEqual([]);
  });

  test("names what is wrong deep inside", async () => {
    expect(await check(deep(nested), { query: "c[range][from]=x" })).toEqual([
      "range.from: Expected integer, received string",
    ]);
  });

  test("bears any depth", async () => {
    const deepest = `c${"[a]".repeat(100_000)}=1`;
    expect(await check(deep(nested), { query: deepest })).toEqual([]);
  });
});

test("types are found through references and unions", async () => {
  const components = {
    schemas: {
      Page: { type: "object", properties: { size: { $ref: "#/components/schemas/Size" } } },
      Size: { allOf: [{ $ref: "#/components/schemas/Whole" }, { maximum: 9 }] },
      Whole: { type: "integer" },
    },
  };
  const schema = { oneOf: [{ $ref: "#/components/schemas/Page" }, { type: "null" }] };
  const parameter = { in: "query", style: "deepObject", schema };
  expect(await check(parameter, { query: "c[size]=5" }, { components })).toEqual([]);
  expect(await check(parameter, { query: "c[size]=10" }, { components })).toEqual([
    "size: Number must be less than or equal to 9",
  ]);
});

describe("querystring", () => {
  const whole = (mediaType: string, schema: object) => ({ in: "querystring", content: { [mediaType]: { schema } } });

  test("may be a form", async () => {
    const form = whole("application/x-www-form-urlencoded", { type: "object", properties: { page: INT } });
    expect(await check(form, { query: "page=1" })).toEqual([]);
    expect(await check(form, { query: "page=x" })).toEqual(["page: Expected integer, received string"]);
  });

  test("may be JSON", async () => {
    const json = whole("application/json", { type: "object", required: ["page"], properties: { page: INT } });
    expect(await check(json, { query: encodeURIComponent('{"page":1}') })).toEqual([]);
    expect(await check(json, { query: encodeURIComponent("{}") })).toEqual(["page: Required"]);
  });
});
