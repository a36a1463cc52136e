import { expect, test } from "vitest";
import { readApi } from "../src/index.ts";
import { documentWith } from "./document.ts";

const readSchemas = (schemas: object, openapi = "3.1.0") =>
  readApi(documentWith({ components: { schemas } }, openapi)).schemas;

test("a schema is read together with what it refers to and is composed of, and what is nearer wins", () => {
  const { Dog } = readSchemas({
    Pet: {
      type: "object",
      description: "A pet",
      required: ["name"],
      properties: { name: { type: "string", maxLength: 10 }, age: { type: "integer" } },
    },
    Dog: {
      allOf: [
        { $ref: "#/components/schemas/Pet" },
        { required: ["bark"], properties: { bark: { type: "boolean" }, name: { description: "Its call" } } },
      ],
      description: "A dog",
    },
  });
  expect(Dog).toMatchObject({
    name: "Dog",
    types: ["object"],
    description: "A dog",
    pointer: "#/components/schemas/Dog",
    properties: {
      name: { types: ["string"], description: "Its call", keywords: { maxLength: 10 } },
      age: {},
      bark: {},
    },
  });
  expect(Object.keys(Dog!.properties)).toEqual(["bark", "name", "age"]);
  expect(new Set(Dog!.required)).toEqual(new Set(["name", "bark"]));
});

test("equal places are one object, and words about another schema leave it the origin", () => {
  const { A, B, Pet, Kennel } = readSchemas({
    Pet: { type: "object", properties: { mother: { $ref: "#/components/schemas/Pet" } } },
    A: { $ref: "#/components/schemas/Pet" },
    B: { $ref: "#/components/schemas/Pet", description: "Another" },
    Kennel: { anyOf: [{ $ref: "#/components/schemas/Pet" }, { type: "null" }] },
  });
  expect(Pet!.properties["mother"]).toBe(Pet);
  expect(A).toBe(Pet);
  expect(B).not.toBe(Pet);
  expect(B).toMatchObject({ name: "B", description: "Another", types: ["object"] });
  expect(B!.origin).toBe(Pet);
  expect(Kennel!.origin).toBe(Pet);
  expect(Kennel).toMatchObject({ nullable: true, alternatives: [] });
  expect(Pet!.origin).toBe(Pet);
});

test("beside a reference words count in OpenAPI 3.1, and nothing does in 3.0", () => {
  const schemas = {
    Pet: { type: "object", properties: { friend: { $ref: "#/components/schemas/Friend", description: "A friend" } } },
    Friend: { type: "string", description: "Anybody" },
  };
  expect(readSchemas(schemas)["Pet"]!.properties["friend"]).toMatchObject({ name: "Friend", description: "A friend" });
  expect(readSchemas(schemas, "3.0.3")["Pet"]!.properties["friend"]).toMatchObject({ description: "Anybody" });
});

test.each([
  [{ type: ["string", "null"] }, ["string", "null"], true],
  [{ type: "string", nullable: true }, ["string"], true],
  [{ oneOf: [{ type: "string" }, { type: "null" }] }, ["string"], true],
  [{ anyOf: [{ type: "string" }, { const: null }] }, ["string"], true],
  [{ type: "string" }, ["string"], false],
  [{}, [], false],
])("%j has the types %j, nullable %s", (schema, types, nullable) => {
  expect(readSchemas({ S: schema })["S"]).toMatchObject({ types, nullable });
});

test("alternatives are a choice; one alternative beside null is none", () => {
  const { Choice } = readSchemas({
    Choice: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }, { type: "null" }],
      discriminator: { propertyName: "kind", mapping: { meow: "#/components/schemas/Cat", tom: "Cat" } },
    },
    Cat: { type: "object" },
    Dog: { type: "object" },
  });
  const [cat, dog] = Choice!.alternatives;
  expect([cat!.name, dog!.name, Choice!.nullable]).toEqual(["Cat", "Dog", true]);
  expect(Choice!.discriminator).toEqual({
    propertyName: "kind",
    mapping: [
      { value: "meow", schema: cat },
      { value: "tom", schema: cat },
      { value: "Dog", schema: dog },
    ],
  });
});

test("schemas that contain only themselves end", () => {
  const { Self, Loop, Tree } = readSchemas({
    Self: { $ref: "#/components/schemas/Self" },
    Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }, { type: "string" }] },
    Tree: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
  });
  expect(Self!.types).toEqual([]);
  expect(Loop!.types).toEqual(["string"]);
  expect(Tree!.items).toBe(Tree);
});

test("schemas deeper than a call stack are read", () => {
  let schema: object = { type: "string" };
  for (let depth = 0; depth < 2000; depth += 1) schema = { type: "object", properties: { inner: schema } };
  expect(readSchemas({ Deep: schema })["Deep"]!.properties["inner"]).toBeDefined();
});

test("true fits anything and false nothing", () => {
  const { Closed, Open } = readSchemas({
    Closed: { additionalProperties: false, properties: { never: false, "x-any": true } },
    Open: { additionalProperties: { type: "integer" }, patternProperties: { "^x-": { type: "string" } } },
  });
  expect(Closed!.additionalProperties).toMatchObject({ never: true });
  expect(Closed!.properties).toMatchObject({ never: { never: true }, "x-any": { never: false, types: [] } });
  expect(Open!.additionalProperties).toMatchObject({ types: ["integer"] });
  expect(Open!.patternProperties["^x-"]).toMatchObject({ types: ["string"] });
});

test("names that mean something in JavaScript are names", () => {
  const properties = JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "integer"}}') as object;
  const { S } = readSchemas({ S: { properties, required: ["__proto__"] } });
  expect(Object.keys(S!.properties)).toEqual(["__proto__", "constructor"]);
  expect(S!.required).toEqual(["__proto__"]);
});

test("lists, values, flags and limits are kept", () => {
  const { S } = readSchemas({
    S: {
      prefixItems: [{ type: "string" }, { type: "number" }],
      items: { type: "boolean" },
      enum: [1, null],
      const: null,
      default: false,
      examples: [1, 2],
      readOnly: true,
      deprecated: true,
      format: "f",
      maxItems: 3,
      "x-evidence": "inferred",
    },
  });
  expect(S).toMatchObject({
    prefixItems: [{ types: ["string"] }, { types: ["number"] }],
    items: { types: ["boolean"] },
    enum: [1, null],
    const: null,
    default: false,
    examples: [1, 2],
    readOnly: true,
    deprecated: true,
    format: "f",
    evidence: "inferred",
    keywords: { maxItems: 3 },
  });
  expect(readSchemas({ Old: { example: 5, writeOnly: true } })["Old"]).toMatchObject({
    examples: [5],
    writeOnly: true,
  });
});

test("anchors and dynamic references lead to their schemas", () => {
  const { Tree, ById } = readSchemas({
    Tree: { $dynamicAnchor: "node", type: "object", properties: { left: { $dynamicRef: "#node" } } },
    Leaf: { $anchor: "leaf", type: "string" },
    ById: { properties: { a: { $ref: "#leaf" }, b: { $ref: "https://example.com/named" } } },
    Named: { $id: "https://example.com/named", type: "integer" },
  });
  expect(Tree!.properties["left"]).toMatchObject({ types: ["object"] });
  expect(ById!.properties).toMatchObject({ a: { types: ["string"] }, b: { types: ["integer"] } });
});
