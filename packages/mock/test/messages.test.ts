import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const ADDRESS = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
const PERSON = {
  type: "object",
  required: ["kind", "name"],
  properties: { kind: { const: "person" }, name: { type: "string" } },
};
const COMPANY = {
  type: "object",
  required: ["kind", "taxId", "address"],
  properties: { kind: { enum: ["company", "charity"] }, taxId: { type: "string" }, address: ADDRESS },
};

/** For each keyword of JSON Schema: the schema of the field `x`, what it is sent, and what the answer says of it. */
const FIELDS: [name: string, schema: object | boolean, value: unknown, messages: string[]][] = [
  ["type", { type: "string" }, 5, ["Expected string, received number"]],
  ["type, for null", { type: "object" }, null, ["Expected object, received null"]],
  ["type, for a list", { type: "object" }, [], ["Expected object, received array"]],
  ["type integer", { type: "integer" }, 1.5, ["Expected integer, received float"]],
  ["type integer, for text", { type: "integer" }, "1", ["Expected integer, received string"]],
  ["type null", { type: "null" }, "x", ["Expected null, received string"]],
  ["several types", { type: ["string", "null"] }, true, ["Expected string | null, received boolean"]],
  ["enum", { enum: ["a", "b"] }, "c", ["Invalid enum value. Expected 'a' | 'b', received 'c'"]],
  ["enum of other values", { enum: [1, null] }, { y: 1 }, ['Invalid enum value. Expected 1 | null, received {"y":1}']],
  ["enum, for another type", { type: "string", enum: ["a"] }, 1, ["Expected string, received number"]],
  ["const", { const: "a" }, "b", ['Invalid literal value, expected "a"']],
  ["const null", { const: null }, 0, ["Invalid literal value, expected null"]],
  ["minLength", { type: "string", minLength: 2 }, "x", ["String must contain at least 2 character(s)"]],
  ["maxLength", { type: "string", maxLength: 2 }, "xyz", ["String must contain at most 2 character(s)"]],
  ["pattern", { type: "string", pattern: "^[A-Z]{2}$" }, "x", ["Invalid input: must match the pattern ^[A-Z]{2}$"]],
  ["format email", { type: "string", format: "email" }, "x", ["Invalid email"]],
  ["format date-time", { type: "string", format: "date-time" }, "x", ["Invalid datetime"]],
  ["format date", { type: "string", format: "date" }, "2025-02-30", ["Invalid date"]],
  ["format uri", { type: "string", format: "uri" }, "x", ["Invalid url"]],
  ["format uuid", { type: "string", format: "uuid" }, "x", ["Invalid uuid"]],
  ["minimum", { type: "number", minimum: 1 }, 0, ["Number must be greater than or equal to 1"]],
  ["maximum", { type: "number", maximum: 1 }, 2, ["Number must be less than or equal to 1"]],
  ["exclusiveMinimum", { type: "number", exclusiveMinimum: 0 }, 0, ["Number must be greater than 0"]],
  ["exclusiveMaximum", { type: "number", exclusiveMaximum: 0 }, 0, ["Number must be less than 0"]],
  ["multipleOf", { type: "number", multipleOf: 0.5 }, 0.7, ["Number must be a multiple of 0.5"]],
  ["minItems", { type: "array", minItems: 1 }, [], ["Array must contain at least 1 element(s)"]],
  ["maxItems", { type: "array", maxItems: 1 }, [1, 2], ["Array must contain at most 1 element(s)"]],
  [
    "uniqueItems",
    { type: "array", uniqueItems: true },
    [1, 2, 1],
    ["Array elements must be unique, but 0 and 2 are equal"],
  ],
  ["contains", { type: "array", contains: { const: 1 } }, [2], ["Array must contain at least 1 matching element(s)"]],
  [
    "minContains and maxContains",
    { type: "array", contains: { const: 1 }, minContains: 1, maxContains: 2 },
    [1, 1, 1],
    ["Array must contain at least 1 and at most 2 matching element(s)"],
  ],
  [
    "items",
    { items: { type: "string" } },
    ["a", 1, null],
    ["1: Expected string, received number", "2: Expected string, received null"],
  ],
  ["items of objects", { items: ADDRESS }, [{ city: "A" }, {}], ["1.city: Required"]],
  [
    "prefixItems",
    { prefixItems: [{ type: "string" }, { type: "number" }] },
    ["a", "b"],
    ["1: Expected number, received string"],
  ],
  [
    "items after prefixItems",
    { prefixItems: [true], items: false },
    [1, 2],
    ["Array must contain at most 1 element(s)"],
  ],
  [
    "unevaluatedItems",
    { prefixItems: [true], unevaluatedItems: false },
    [1, 2],
    ["Array must contain at most 1 element(s)"],
  ],
  ["required", ADDRESS, {}, ["city: Required"]],
  [
    "properties, two levels down",
    { properties: { home: ADDRESS } },
    { home: { city: 1 } },
    ["home.city: Expected string, received number"],
  ],
  ["a false schema", { properties: { y: false } }, { y: 1 }, ["y: Not allowed"]],
  [
    "additionalProperties false",
    { properties: { y: true }, additionalProperties: false },
    { z: 1, "a/b~c": 2 },
    ["z: Unrecognized key", "a/b~c: Unrecognized key"],
  ],
  [
    "additionalProperties with a schema",
    { additionalProperties: { type: "number" } },
    { "a/b": "1" },
    ["a/b: Expected number, received string"],
  ],
  [
    "unevaluatedProperties",
    { allOf: [{ properties: { y: true } }], unevaluatedProperties: false },
    { z: 1 },
    ["z: Unrecognized key"],
  ],
  [
    "patternProperties",
    { patternProperties: { "^n": { type: "number" } } },
    { n1: "x" },
    ["n1: Expected number, received string"],
  ],
  [
    "propertyNames",
    { propertyNames: { maxLength: 2 } },
    { long: 1 },
    ["long: Invalid key: String must contain at most 2 character(s)"],
  ],
  ["minProperties", { type: "object", minProperties: 1 }, {}, ["Object must contain at least 1 key(s)"]],
  ["maxProperties", { type: "object", maxProperties: 1 }, { y: 1, z: 1 }, ["Object must contain at most 1 key(s)"]],
  ["dependentRequired", { dependentRequired: { card: ["name"] } }, { card: 1 }, ["name: Required when card is given"]],
  ["dependentSchemas", { dependentSchemas: { card: { required: ["name"] } } }, { card: 1 }, ["name: Required"]],
  ["allOf", { allOf: [ADDRESS, { required: ["zip"] }] }, {}, ["city: Required", "zip: Required"]],
  ["not", { not: { type: "string" } }, "x", ["Invalid input: fits a form that is not allowed"]],
  ["if, then", JSON.parse('{ "if": { "required": ["y"] }, "then": { "required": ["z"] } }'), { y: 1 }, ["z: Required"]],
  [
    "if, else",
    JSON.parse('{ "if": { "required": ["y"] }, "then": true, "else": { "required": ["z"] } }'),
    {},
    ["z: Required"],
  ],
  [
    "anyOf, of types",
    { anyOf: [{ type: "string" }, { type: "number" }] },
    true,
    ["Expected string | number, received boolean"],
  ],
  [
    "anyOf, within the form that is meant",
    { anyOf: [{ type: "string", minLength: 2 }, { type: "null" }] },
    "x",
    ["String must contain at least 2 character(s)"],
  ],
  [
    "anyOf, of values",
    { anyOf: [{ const: "a" }, { enum: ["b", "c"] }] },
    "d",
    ["Invalid discriminator value. Expected 'a' | 'b' | 'c'"],
  ],
  [
    "oneOf, of which several fit",
    { oneOf: [{ type: "number" }, { minimum: 0 }] },
    1,
    ["Invalid input: fits more than one of the allowed forms"],
  ],
  [
    "oneOf, of which none fits",
    { oneOf: [{ minimum: 5 }, { multipleOf: 2 }] },
    1,
    ["Invalid input: fits none of the allowed forms"],
  ],
  [
    "oneOf, within the form that is meant",
    { oneOf: [PERSON, COMPANY] },
    { kind: "company", address: {} },
    ["taxId: Required", "address.city: Required"],
  ],
  [
    "oneOf, of none of the kinds",
    { oneOf: [PERSON, COMPANY] },
    { kind: "robot" },
    ["kind: Invalid discriminator value. Expected 'person' | 'company' | 'charity'"],
  ],
  ["oneOf, without its kind", { oneOf: [PERSON, COMPANY] }, { name: "A" }, ["kind: Required"]],
  [
    "oneOf in a list in oneOf",
    { items: { oneOf: [{ type: "null" }, { oneOf: [PERSON, COMPANY] }] } },
    [null, { kind: "person" }],
    ["1.name: Required"],
  ],
  [
    "a rule beside oneOf",
    { required: ["id"], oneOf: [PERSON, COMPANY] },
    { kind: "person" },
    ["name: Required", "id: Required"],
  ],
];

function putting(schema: object): object {
  const error = { $ref: "#/components/schemas/Error" };
  return {
    put: {
      requestBody: { content: { "application/json": { schema } } },
      responses: { 400: { description: "No", content: { "application/json": { schema: error } } } },
    },
  };
}

const BODIES = {
  "/several": {
    type: "object",
    required: ["one", "four"],
    properties: { one: ADDRESS, two: { type: "string" }, three: { items: ADDRESS }, four: { type: "number" } },
  },
  "/few": { type: "object", minProperties: 2 },
  "/union": { oneOf: [PERSON, COMPANY] },
};

const { fetch } = await createMock({
  spec: {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "Keywords", version: "1" },
    paths: Object.fromEntries([
      ...FIELDS.map(([, schema], index) => [`/${index}`, putting({ type: "object", properties: { x: schema } })]),
      ...Object.entries(BODIES).map(([path, schema]) => [path, putting(schema)]),
    ]),
    components: {
      schemas: { Error: { type: "object", "x-error-body": { fields: "$fields", general: { general: "$message" } } } },
    },
  },
});

async function put(path: string, body: unknown): Promise<[status: number, body: string]> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`http://mock${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

for (const [index, [name, , value, messages]] of FIELDS.entries()) {
  test(`words ${name}`, async () => {
    expect(await put(`/${index}`, { x: value })).toEqual([400, JSON.stringify({ x: messages })]);
  });
}

test.each([
  [
    "all that is wrong, in the order of the schema",
    "/several",
    { four: "x", three: [{ city: 1 }, {}], two: 2, one: {} },
    {
      one: ["city: Required"],
      two: ["Expected string, received number"],
      three: ["0.city: Expected string, received number", "1.city: Required"],
      four: ["Expected number, received string"],
    },
  ],
  ["what is missing in the order of the schema", "/several", {}, { one: ["Required"], four: ["Required"] }],
  ["a body that is wrong as a whole", "/few", { y: 1 }, { general: "Object must contain at least 2 key(s)" }],
  ["a body of the wrong type", "/few", [], { general: "Expected object, received array" }],
  [
    "a body of one of several kinds",
    "/union",
    { kind: "company", taxId: 1 },
    { taxId: ["Expected string, received number"], address: ["Required"] },
  ],
])("words %s", async (_, path, body, error) => {
  expect(await put(path, body)).toEqual([400, JSON.stringify(error)]);
});
