import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const OBJECT = { type: "object" };
const LEAF = { required: ["leaf"], properties: { leaf: { type: "string" } } };
const KIDS = { required: ["kids"], properties: { kids: { type: "array", items: ref("Node") } } };

const schemas = {
  Node: { oneOf: [LEAF, KIDS] },
  Left: { oneOf: [{ type: "null" }, { type: "object", required: ["right"], properties: { right: ref("Right") } }] },
  Right: { anyOf: [{ type: "null" }, { type: "object", required: ["left"], properties: { left: ref("Left") } }] },
  Twice: { oneOf: [{ oneOf: [OBJECT, OBJECT] }, { oneOf: [OBJECT, OBJECT] }] },
  Error: { type: "object", "x-error-body": { fields: "$fields", general: "$message" } },
};

/** Schemas of bodies with a union, bodies that break them, and how that is worded. */
const CASES: [name: string, schema: object, body: unknown, words: unknown][] = [
  [
    "two of three fit",
    { oneOf: [OBJECT, OBJECT, { type: "object", required: ["q"] }] },
    {},
    "Invalid input: fits more than one of the allowed forms",
  ],
  [
    "a union that holds itself",
    ref("Node"),
    { kids: [{ leaf: 1 }] },
    { kids: ["0.leaf: Expected string, received number"] },
  ],
  [
    "a union that holds itself, deep down",
    ref("Node"),
    { kids: [{ leaf: "a" }, { kids: [{ kids: [{ leaf: 1 }] }] }] },
    { kids: ["1.kids.0.kids.0.leaf: Expected string, received number"] },
  ],
  [
    "two unions that hold each other",
    ref("Left"),
    { right: { left: { right: 5 } } },
    { right: ["left.right: Expected null | object, received number"] },
  ],
  ["two fit twice", ref("Twice"), {}, "Invalid input: fits more than one of the allowed forms"],
  [
    "members beside a union of which two fit",
    { required: ["b"], properties: { a: { type: "string" } }, oneOf: [OBJECT, OBJECT] },
    { a: 1 },
    { a: ["Expected string, received number"], b: ["Required"] },
  ],
  [
    "members beside a member with a union of which two fit",
    { required: ["b"], properties: { a: { oneOf: [{ minimum: 0 }, { maximum: 9 }] } } },
    { a: 1 },
    { a: ["Invalid input: fits more than one of the allowed forms"], b: ["Required"] },
  ],
  ["a union in allOf", { allOf: [{ oneOf: [OBJECT, OBJECT] }, { required: ["b"] }] }, {}, { b: ["Required"] }],
  [
    "false among the forms",
    { properties: { a: { oneOf: [false, { type: "string" }] } } },
    { a: 1 },
    { a: ["Expected string, received number"] },
  ],
];

test.each(CASES)("a body is refused in words: %s", async (_, schema, body, words) => {
  const content = { "application/json": { schema: ref("Error") } };
  const put = {
    requestBody: { content: { "application/json": { schema } } },
    responses: { 400: { description: "No", content } },
  };
  const { fetch } = await createMock({
    spec: { openapi: "3.1.0", info: { title: "A", version: "1" }, paths: { "/": { put } }, components: { schemas } },
  });
  const headers = { "content-type": "application/json" };
  const response = await fetch("http://mock/", { method: "PUT", headers, body: JSON.stringify(body) });
  expect([response.status, await response.json()]).toEqual([400, words]);
});

test.each(CASES)("an answer whose example breaks its schema says so: %s", async (_, schema, example) => {
  const responses = { 200: { description: "OK", content: { "application/json": { schema, example } } } };
  const { fetch } = await createMock({
    spec: {
      openapi: "3.1.0",
      info: { title: "A", version: "1" },
      paths: { "/": { get: { responses } } },
      components: { schemas },
    },
  });
  const response = await fetch("http://mock/");
  expect([response.status, await response.json()]).toEqual([200, example]);
  expect(response.headers.get("sl-violations")).toContain('"location":["response","body"');
});
