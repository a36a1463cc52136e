import { expect, test } from "vitest";
import { createMock, type Mock } from "../src/index.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const cat = { required: ["kind", "name"], properties: { kind: { const: "cat" }, name: { type: "string" } } };
const dog = { required: ["kind", "bark"], properties: { kind: { const: "dog" }, bark: { type: "boolean" } } };

/** Schemas of lists, and an item that breaks each in two places. */
const LISTS: [name: string, schema: object, item: unknown][] = [
  ["plain schema", { items: { properties: { a: { type: "string" }, b: { maximum: 5 } } } }, { a: 1, b: 9 }],
  ["reference", { items: ref("Pet") }, { kind: 1, name: 2 }],
  [
    "reference to a reference in a member",
    { items: { properties: { pet: ref("Alias") } } },
    { pet: { kind: 1, name: 2 } },
  ],
  ["schema that holds itself", ref("Tree"), [{ kind: 1 }, 5]],
  ["allOf", { items: { allOf: [ref("Pet"), { properties: { age: { minimum: 0 } } }] } }, { kind: 1, name: 2, age: -1 }],
  ["oneOf", { items: { oneOf: [ref("Cat"), ref("Dog")] } }, { kind: "cat", name: 5 }],
  ["oneOf of which none is meant", { items: { oneOf: [ref("Cat"), ref("Dog")] } }, {}],
  [
    "anyOf in anyOf",
    { items: { anyOf: [{ type: "null" }, { anyOf: [ref("Cat"), ref("Dog")] }] } },
    { kind: "dog", bark: 1 },
  ],
  ["condition", { items: { if: { required: ["a"] }, else: { required: ["b", "c"] } } }, {}],
  ["prefix", { prefixItems: [{}], items: ref("Pet") }, { kind: 1, name: 2 }],
  ["unevaluated items", { unevaluatedItems: ref("Pet") }, { kind: 1, name: 2 }],
  [
    "members that are not described",
    { items: { ...ref("Pet"), unevaluatedProperties: false } },
    { kind: "a", name: "b", x: 1, y: 2 },
  ],
];

const error = { type: "object", "x-error-body": { fields: { error: "$fields" }, general: { error: "$message" } } };
const schemas = {
  Pet: { type: "object", properties: { kind: { type: "string" }, name: { type: "string" } } },
  Alias: ref("Pet"),
  Cat: cat,
  Dog: dog,
  Tree: { type: ["array", "object"], items: ref("Tree"), properties: { kind: { type: "string" } } },
  Error: error,
};

function documentOf(schema: object, ownErrors: boolean): object {
  const content = { "application/json": { schema: ref("Error") } };
  return {
    openapi: "3.1.0",
    info: { title: "Lists", version: "1" },
    paths: {
      "/": {
        put: {
          requestBody: { content: { "application/json": { schema } } },
          responses: { 422: { description: "No", ...(ownErrors && { content }) } },
        },
      },
    },
    components: { schemas },
  };
}

/** Milliseconds that the answer to so many wrong items takes: the shortest of a few times. */
async function time({ fetch }: Mock, item: unknown, count: number): Promise<number> {
  const body = JSON.stringify(Array(count).fill(item));
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    const headers = { "content-type": "application/json" };
    const response = await fetch("http://mock/", { method: "PUT", headers, body });
    expect(response.status).toBe(422);
    await response.text();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

// What is quadratic takes 100 times as long.
const MOST = 20;

test.each(LISTS)("10,000 items that break a %s take no longer for each than 1,000", async (_, schema, item) => {
  const mock = await createMock({ spec: documentOf(schema, true) });
  const few = await time(mock, item, 1_000);
  expect(await time(mock, item, 10_000)).toBeLessThan(MOST * few);
});

test("10,000 errors in the words of Prism take no longer for each than 1,000", async () => {
  const [, schema, item] = LISTS.find(([name]) => name === "oneOf")!;
  const mock = await createMock({ spec: documentOf(schema, false) });
  const few = await time(mock, item, 1_000);
  expect(await time(mock, item, 10_000)).toBeLessThan(MOST * few);
});
