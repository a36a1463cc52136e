import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const ajv = new Ajv2020.default({ strict: false, multipleOfPrecision: 9 });
addFormats.default(ajv);

const ADDRESS = {
  type: "object",
  required: ["street", "kind"],
  properties: { street: { type: "string", pattern: "^\\d+ \\w+$" }, kind: { const: "home" } },
};

/** Schemas of which what Prism makes up breaks most. */
const SCHEMAS: Record<string, object | boolean> = {
  "a pattern": { type: "string", pattern: "^[A-Z]{2}\\d{6}$" },
  "a pattern with a length": { type: "string", pattern: "^[a-z]+(?:-[a-z]+)*$", minLength: 12, maxLength: 14 },
  "a pattern that looks ahead": { type: "string", pattern: "^(?=.*\\d)(?=.*[A-Z]).{8,}$" },
  "a pattern of Unicode's properties": { type: "string", pattern: "^\\p{Lu}\\p{Ll}{3,}$" },
  "a pattern in part of the text": { type: "string", pattern: "\\d\\d", minLength: 20 },
  "two patterns": { type: "string", allOf: [{ pattern: "^x" }, { pattern: "^.y" }, { pattern: "^[a-z]{2}$" }] },
  "multiples of a fraction": { type: "number", multipleOf: 0.01, exclusiveMinimum: 19.98, maximum: 20 },
  "multiples of two numbers": { type: "integer", allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 1 },
  "multiples below zero": { type: "integer", multipleOf: 7, maximum: -1 },
  "exclusive bounds": { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
  "whole numbers in a narrow range": { type: "integer", exclusiveMinimum: 2.5, exclusiveMaximum: 3.5 },
  "unique items": { type: "array", items: { type: "integer", minimum: 5 }, minItems: 4, uniqueItems: true },
  "unique items of an enum": { type: "array", items: { enum: ["a", "b", "c"] }, minItems: 3, uniqueItems: true },
  "unique texts": { type: "array", items: { type: "string" }, minItems: 3, uniqueItems: true },
  "unique objects": { type: "array", items: ADDRESS, minItems: 3, uniqueItems: true },
  "unique dates": { type: "array", items: { type: "string", format: "date" }, minItems: 3, uniqueItems: true },
  "many unique numbers": { type: "array", items: { type: "number", minimum: 0.5 }, minItems: 300, uniqueItems: true },
  "unique fractions": {
    type: "array",
    items: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    minItems: 9,
    uniqueItems: true,
  },
  "unique addresses": {
    type: "array",
    items: { type: "object", required: ["at"], properties: { at: { type: "string", format: "email" } } },
    minItems: 20,
    uniqueItems: true,
  },
  "one of several kinds of lists": {
    oneOf: [
      { type: "array", items: { type: "string" } },
      { type: "array", items: { type: "object" } },
    ],
  },
  "one of several kinds of objects": {
    oneOf: [
      { type: "object", properties: { a: { type: "string" } } },
      { type: "object", properties: { a: { type: "integer" } } },
    ],
  },
  "a duration": { type: "string", format: "duration" },
  "a time": { type: "string", format: "time" },
  "an address of the network": { type: "array", prefixItems: [{ format: "ipv6" }, { format: "ipv4" }] },
  "a tuple": { type: "array", prefixItems: [{ const: 1 }, { type: "boolean" }], items: false, minItems: 2 },
  "items to contain": { type: "array", items: { type: "integer" }, contains: { minimum: 10 }, minContains: 2 },
  "no text": { not: { type: "string" } },
  "no object with a name": { type: "object", properties: { name: { type: "string" } }, not: { required: ["name"] } },
  "neither text nor null": { not: { enum: [null, "string"] }, type: ["string", "null"] },
  "a condition": {
    type: "object",
    required: ["kind"],
    properties: { kind: { enum: ["card"] } },
    if: { properties: { kind: { const: "card" } } },
    // oxlint-disable-next-line unicorn/no-thenable
    then: { required: ["number"], properties: { number: { type: "string", pattern: "^\\d{16}$" } } },
  },
  "the other side of a condition": {
    if: { required: ["id"] },
    // oxlint-disable-next-line unicorn/no-thenable
    then: false,
    else: { required: ["name"] },
    type: "object",
    properties: { id: { type: "string" } },
  },
  "a member that no schema names": {
    type: "object",
    required: ["id", "name"],
    properties: { id: { type: "integer" } },
  },
  "no further members": { allOf: [ADDRESS, { properties: { street: true, kind: true }, additionalProperties: false }] },
  "no unevaluated members": { ...ADDRESS, unevaluatedProperties: false },
  "items that a branch names": {
    prefixItems: [{ const: "a" }],
    oneOf: [{ prefixItems: [true, { const: "b" }] }, { prefixItems: [true, { const: "c" }] }],
    unevaluatedItems: false,
  },
  "members that a branch names": {
    type: "object",
    required: ["a", "b"],
    anyOf: [{ properties: { a: { type: "integer" } } }, { properties: { a: { type: "string" }, b: true } }],
    unevaluatedProperties: false,
  },
  "names by a pattern": { type: "object", minProperties: 2, patternProperties: { "^x-\\d$": { type: "integer" } } },
  "one name by a pattern": { type: "object", patternProperties: { "^only$": { type: "integer" } } },
  "multiples without bounds": {
    type: "object",
    required: ["n"],
    properties: { n: { type: "number", multipleOf: 0.5 } },
  },
  "names by a rule": { type: "object", minProperties: 2, propertyNames: { pattern: "^[A-Z]{3}$" } },
  "members that need others": {
    type: "object",
    required: ["a"],
    properties: { a: { type: "string" } },
    dependentRequired: { a: ["b"], b: ["c"] },
  },
  "exactly one branch": {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "string" } },
    oneOf: [{ required: ["a"] }, { required: ["b"] }],
  },
  "a later branch": {
    type: "object",
    properties: { a: { type: "string" } },
    oneOf: [{ required: ["a"] }, true],
    not: { required: ["a"] },
  },
  "one enum within another": { allOf: [{ enum: ["a", "b", "c"] }, { enum: ["c", "b"] }, { not: { const: "b" } }] },
  "an example of the wrong type": { type: "object", properties: { n: { type: "integer", examples: ["many"] } } },
  "a default out of range": { type: "integer", minimum: 3, default: 1 },
  "a schema within itself": {
    $id: "https://example.com/node",
    type: "object",
    required: ["id", "children"],
    properties: {
      id: { type: "string", format: "uuid" },
      children: { type: "array", items: { $ref: "https://example.com/node" }, minItems: 0 },
    },
  },
  "a chain that may end": {
    $id: "https://example.com/chain",
    type: "object",
    required: ["next"],
    properties: { next: { oneOf: [{ $ref: "https://example.com/chain" }, { type: "null" }] } },
  },
  "names that objects of JavaScript have": { type: "object", required: ["constructor", "__proto__", "toString"] },
  "at least one item": { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Text" } },
};

async function answer(schema: object | boolean, prefer?: string) {
  const content = { "application/json": { schema } };
  const mock = await createMock({
    spec: {
      openapi: "3.1.0",
      info: { title: "One", version: "1" },
      paths: { "/": { get: { responses: { 200: { description: "", content } } } } },
      components: { schemas: { Text: { type: "string", minLength: 3 } } },
    },
  });
  const response = await mock.fetch("http://mock/", { headers: prefer ? { prefer } : {} });
  return { text: await response.text(), violations: response.headers.get("sl-violations") };
}

test.each(Object.entries(SCHEMAS))("what is made up for %s fits", async (_, schema) => {
  const validate = ajv.compile({
    allOf: [schema],
    components: { schemas: { Text: { type: "string", minLength: 3 } } },
  });
  for (const prefer of [
    undefined,
    "dynamic=true",
    "dynamic=true, seed=1",
    "dynamic=true, seed=two",
    "dynamic=true, seed=three",
  ]) {
    const { text, violations } = await answer(schema, prefer);
    const value: unknown = JSON.parse(text);
    expect(validate(value), `${prefer}: ${text}`).toBe(true);
    expect(violations).toBeNull();
  }
});

test.each(Object.entries(SCHEMAS))("what is made up for %s is the same for the same seed", async (_, schema) => {
  const [first, second] = [await answer(schema, "dynamic=true, seed=a"), await answer(schema, "dynamic=true, seed=a")];
  expect(first).toEqual(second);
});

test.each([
  { type: "array", items: { type: "integer" }, minItems: 1e9 },
  { type: "object", minProperties: 1e9 },
  { type: "string", pattern: "^a*$", minLength: 1e5 },
  { type: "array", items: { type: "boolean" }, minItems: 3, uniqueItems: true },
  { $id: "https://example.com/deep", type: "array", minItems: 1, items: { $ref: "https://example.com/deep" } },
  {
    $id: "https://example.com/deep",
    type: "array",
    minItems: 2,
    uniqueItems: true,
    items: { oneOf: [{ $ref: "https://example.com/deep" }, { $ref: "https://example.com/deep" }] },
  },
  {
    $id: "https://example.com/wide",
    type: "object",
    required: ["a", "b", "c"],
    additionalProperties: { anyOf: [{ $ref: "https://example.com/wide" }, { $ref: "https://example.com/wide" }] },
  },
  { type: ["string"], allOf: [{ type: "integer" }] },
])("what cannot be made up, as for %j, is reported in time", async (schema) => {
  const start = performance.now();
  const { violations } = await answer(schema);
  expect(violations).not.toBeNull();
  expect(performance.now() - start).toBeLessThan(3_000);
});

test("what nothing fits is reported", async () => {
  const { violations } = await answer({ type: "object", required: ["a"], properties: { a: false } });
  expect(JSON.parse(violations!)).toEqual([
    {
      location: ["response", "body", "a"],
      severity: "Error",
      code: "false schema",
      message: "Response body property a boolean schema is false",
    },
  ]);
});
