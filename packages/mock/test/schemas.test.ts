import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KEYWORDS } from "../src/document/keywords.ts";
import { createSchemas, type Direction } from "../src/document/schemas.ts";
import { child, readSource } from "../src/document/source.ts";
import { sentence } from "../src/document/wording.ts";

interface Document {
  version?: string;
  more?: object;
}

/** The schemas of a document, of which the one called S is asked for. */
async function load(schemas: Record<string, unknown>, { version = "3.1.0", more }: Document = {}, strict = false) {
  const source = await readSource({ openapi: version, ...more, components: { schemas } });
  const made = createSchemas(source, { strict });
  const place = (name: string) => child(source.start, "components", "schemas", name);
  const at = (name: string, direction: Direction = "request") => made.validator(place(name), direction);
  return { ...made, place, at };
}

/** What is wrong with a value, by the schema called S. */
async function wrong(schemas: Record<string, unknown>, value: unknown, document?: Document): Promise<string[]> {
  return (await load(schemas, document)).at("S")(value).map(sentence);
}

const when = (condition: object, then: unknown) => ({
  if: condition,
  ...JSON.parse(`{ "then": ${JSON.stringify(then)} }`),
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const V30 = { version: "3.0.4" };
const MANY = "Invalid input: fits more than one of the allowed forms";
const NONE = "Invalid input: fits none of the allowed forms";
const [CAT, DOG] = [
  { type: "object", required: ["kind", "lives"], properties: { kind: { type: "string" } } },
  { type: "object", required: ["kind", "bark"], properties: { kind: { type: "string" } } },
];
const PETS = { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind", mapping: { wolf: "Dog" } } };

describe("unions", () => {
  const leafOrKids = {
    oneOf: [
      { required: ["leaf"], properties: { leaf: { type: "string" } } },
      { required: ["kids"], properties: { kids: { type: "array", items: ref("S") } } },
    ],
  };
  const nodes = {
    S: { ...ref("Node"), required: ["id"] },
    Node: { anyOf: [{ type: "string" }, { type: "object", required: ["next"], properties: { next: ref("Node") } }] },
  };
  test.each<[string, Record<string, unknown>, unknown, string[]]>([
    ["a second match", { S: { oneOf: [{}, {}, { required: ["q"] }] } }, {}, [MANY]],
    ["a second match last", { S: { oneOf: [{ required: ["q"] }, {}, {}] } }, {}, [MANY]],
    [
      "a branch through $ref",
      { S: { oneOf: [{ type: "null" }, ref("A")] }, A: { type: "string", minLength: 2 } },
      "x",
      ["String must contain at least 2 character(s)"],
    ],
    ["recursion", { S: leafOrKids }, { kids: [{ leaf: 1 }] }, ["kids.0.leaf: Expected string, received number"]],
    [
      "two forms that require what the value has",
      { S: { oneOf: [{ required: ["a"] }, { required: ["b"], maxProperties: 0 }, { maxProperties: 0 }] } },
      { b: 1 },
      ["Object must contain at most 0 key(s)"],
    ],
    ["forms of which none can be meant", { S: { anyOf: [false, false] } }, 1, ["Not allowed"]],
    [
      "recursion within the branch that is meant",
      nodes,
      { id: 1, next: { next: 5 } },
      ["next.next: Expected string | object, received number"],
    ],
    [
      "fields beside a union",
      { S: { required: ["a"], properties: { a: {}, u: leafOrKids } } },
      { u: {} },
      ["a: Required", `u: ${NONE}`],
    ],
    ["fields beside a union that is met twice", { S: { required: ["a"], oneOf: [{}, {}] } }, {}, [MANY, "a: Required"]],
    [
      "two unions",
      { S: { allOf: [{ oneOf: [{}, {}] }, { anyOf: [{ type: "string" }, { type: "null" }] }] } },
      1,
      ["Expected string | null, received number"],
    ],
    [
      "the same twice",
      { S: { allOf: [{ required: ["a", "b"] }, { required: ["b"] }] } },
      {},
      ["a: Required", "b: Required"],
    ],
  ])("%s", async (_, schemas, value, words) => {
    expect(await wrong(schemas, value)).toEqual(words);
  });

  test.each<[string, unknown, string[]]>([
    ["names the branch that is meant", { kind: "Dog" }, ["bark: Required"]],
    ["names it by the mapping", { kind: "wolf" }, ["bark: Required"]],
    ["says what all branches say without it", {}, ["kind: Required"]],
    ["does not choose among those that fit", { kind: "Dog", bark: 1, lives: 9 }, [MANY]],
    ["does not refuse what fits another branch", { kind: "Dog", lives: 9 }, []],
  ])("a discriminator %s", async (_, value, words) => {
    expect(await wrong({ S: PETS, Cat: CAT, Dog: DOG }, value, V30)).toEqual(words);
  });

  test("the errors of branches are within those of the union", async () => {
    const { at } = await load({ S: { required: ["a"], anyOf: [{ type: "string" }, { required: ["b", "c"] }] } });
    const errors = at("S").errors({});
    expect(errors.map(({ keyword }) => keyword)).toEqual(["anyOf", "required"]);
    const { branches, passing } = errors[0]!.params;
    expect([passing, branches.map((branch: object[]) => branch.length)]).toEqual([0, [1, 2]]);
  });
});

describe("what applies to the same value", () => {
  const A = { required: ["a"], properties: { a: {} } };
  test.each<[string, Record<string, unknown>, unknown, string[], Document?]>([
    ["$ref and what stands beside it, from 3.1", { S: { ...ref("A"), required: ["b"] }, A }, { a: 1 }, ["b: Required"]],
    ["$ref alone, in 3.0", { S: { ...ref("A"), required: ["b"] }, A }, { a: 1 }, [], V30],
    [
      "allOf, not merged",
      { S: { allOf: [{ ...A, additionalProperties: false }, { properties: { b: {} } }] } },
      { a: 1, b: 1 },
      ["b: Unrecognized key"],
    ],
    [
      "allOf and unevaluatedProperties",
      { S: { allOf: [ref("A")], unevaluatedProperties: false }, A },
      { a: 1, b: 1 },
      ["b: Unrecognized key"],
    ],
    [
      "unevaluatedProperties beside $ref and a union",
      { S: { ...ref("A"), anyOf: [{ required: ["z"] }, { properties: { c: {} } }], unevaluatedProperties: false }, A },
      { a: 1, c: 1 },
      [],
    ],
    [
      "unevaluatedProperties beside properties and dependentSchemas",
      {
        S: { properties: { a: {} }, dependentSchemas: { b: { properties: { c: {} } } }, unevaluatedProperties: false },
      },
      { a: 1 },
      [],
    ],
    [
      "if alone, where it holds",
      { S: { if: { properties: { a: { const: 1 } } }, unevaluatedProperties: false } },
      { a: 1 },
      [],
    ],
    [
      "if alone, where it does not",
      { S: { if: { properties: { a: { const: 1 } } }, unevaluatedProperties: false } },
      { a: 2 },
      ["a: Unrecognized key"],
    ],
    [
      "contains and unevaluatedItems",
      { S: { prefixItems: [true], contains: { type: "string" }, unevaluatedItems: false } },
      [1, "a", 2],
      ["2: Not allowed"],
    ],
    [
      "contains through $ref",
      { S: { ...ref("C"), unevaluatedItems: { type: "null" } }, C: { contains: { type: "string" } } },
      ["a", 2],
      ["1: Expected null, received number"],
    ],
    [
      "a member that objects inherit, with unevaluatedProperties",
      { S: { anyOf: [{ properties: { a: {} } }], unevaluatedProperties: false } },
      { constructor: 1 },
      ["constructor: Unrecognized key"],
    ],
    [
      "patternProperties beside a union that fails",
      { S: { anyOf: [{ required: ["z"], properties: { a: {} } }], patternProperties: { a: { type: "null" } } } },
      { a: 1 },
      ["a: Expected null, received number", "z: Required"],
    ],
    [
      "patternProperties beside a reference that fails",
      { S: { ...ref("A"), patternProperties: { b: {} }, unevaluatedProperties: false }, A: { anyOf: [A] } },
      { b: 1, c: 1 },
      ["a: Required", "c: Unrecognized key"],
    ],
    ["a boolean schema by $ref", { S: { properties: { a: ref("F") } }, F: false }, { a: 1 }, ["a: Not allowed"]],
  ])("%s", async (_, schemas, value, words, document) => {
    expect(await wrong(schemas, value, document)).toEqual(words);
  });
});

describe("values", () => {
  test.each<[string, unknown, unknown, boolean]>([
    ["false", { type: "boolean" }, false, true],
    ["null", { type: "null" }, null, true],
    ["zero", { type: "integer" }, 0, true],
    ["no text", { type: "string" }, "", true],
    ["false for an object", { type: "object" }, false, false],
    ["19.99 of 0.01", { multipleOf: 0.01 }, 19.99, true],
    ["19.999 of 0.01", { multipleOf: 0.01 }, 19.999, false],
    ["-0.3 of 0.1", { multipleOf: 0.1 }, -0.3, true],
    ["1e-9 of 0.01", { multipleOf: 0.01 }, 1e-9, false],
    ["1e308 of 0.5", { multipleOf: 0.5 }, 1e308, true],
    ["1e21 of 7", { multipleOf: 7 }, 1e21, false],
    ["1e400 of 7", { multipleOf: 7 }, Infinity, true],
    ["the largest int64", { type: "integer", format: "int64" }, 9223372036854775807n, true],
    ["one more", { type: "integer", format: "int64" }, 9223372036854775808n, false],
    ["the least int64", { type: "integer", format: "int64" }, -9223372036854775808n, true],
    ["one less", { type: "integer", format: "int64" }, -9223372036854775809n, false],
    ["a large integer within", { properties: { a: { type: "integer" } } }, { a: 2n ** 80n }, true],
    ["a large integer for text", { properties: { a: { type: "string" } } }, { a: 2n ** 80n }, false],
    ["a large integer of an enum", { enum: [9007199254740993n] }, 9007199254740993n, true],
    ["int32 beyond", { format: "int32" }, 2 ** 31, false],
    ["an older pattern", { pattern: "^[\\w-.]+$" }, "a-b.c", true],
    ["an older pattern, broken", { pattern: "^[\\w-.]+$" }, "a b", false],
    ["a pattern of Unicode", { pattern: "^\\p{L}$" }, "é", true],
    ["one character in two units", { maxLength: 1 }, "😀", true],
    [
      "equal objects",
      { uniqueItems: true },
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      false,
    ],
    ["true and 1", { uniqueItems: true }, [1, true, "1", [1], ["1"], { 0: 1 }, null, "null"], true],
    ["large integers that differ", { uniqueItems: true }, [{ a: 2n ** 64n }, { a: 2n ** 64n + 1n }], true],
    ["an object, equal in another order", { const: { a: 1, b: [null] } }, { b: [null], a: 1 }, true],
    ["an object that is another", { const: { a: 1 } }, { a: 2 }, false],
    ["an object of an enum", { enum: [1, { a: 1 }] }, { a: 1 }, true],
    ["a member called toString, compared", { const: {} }, { toString: 1 }, false],
    ["a member called valueOf, compared", { enum: [{ a: 1 }, []] }, { valueOf: 1 }, false],
    ["a member called constructor, compared", { const: { constructor: 1 } }, { constructor: 1 }, true],
    ["one of many", { enum: Array.from({ length: 300 }, (_, index) => `${index}`) }, "299", true],
    ["none of many", { enum: Array.from({ length: 300 }, (_, index) => `${index}`) }, 299, false],
    ["an unknown format", { format: "currency" }, "x", true],
  ])("%s", async (_, schema, value, fits) => {
    expect((await wrong({ S: schema }, value)).length === 0).toBe(fits);
  });

  test.each(["toString", "constructor", "__proto__", "hasOwnProperty", "valueOf"])(
    "a member called %s",
    async (name) => {
      const named = (value: unknown) => JSON.parse(`{ "${name}": ${JSON.stringify(value)} }`);
      const required = { type: "object", required: [name] };
      const declared = { type: "object", properties: named({ type: "string" }), additionalProperties: false };
      expect(await wrong({ S: required }, {})).toEqual([`${name}: Required`]);
      expect(await wrong({ S: required }, named(1))).toEqual([]);
      expect(await wrong({ S: declared }, {})).toEqual([]);
      expect(await wrong({ S: declared }, named("a"))).toEqual([]);
      expect(await wrong({ S: declared }, named(1))).toEqual([`${name}: Expected string, received number`]);
      expect(await wrong({ S: { dependentRequired: named(["x"]) } }, {})).toEqual([]);
      expect(await wrong({ S: { dependentSchemas: named({ required: ["x"] }) } }, {})).toEqual([]);
      expect(await wrong({ S: { dependentSchemas: named({ required: ["x"] }) } }, named(1))).toEqual(["x: Required"]);
    },
  );
});

describe("OpenAPI 3.0", () => {
  test.each<[string, unknown, unknown, boolean]>([
    ["nullable", { type: "string", nullable: true }, null, true],
    ["nullable, where the enum has no null", { type: "string", nullable: true, enum: ["a"] }, null, false],
    ["nullable without a type beside another rule", { nullable: true, minLength: 2 }, "a", false],
    ["an exclusive minimum", { minimum: 1, exclusiveMinimum: true }, 1, false],
    ["a minimum that is not exclusive", { minimum: 1, exclusiveMinimum: false }, 1, true],
    ["an exclusive maximum without a maximum", { exclusiveMaximum: true }, 1, true],
    ["a property called example", { properties: { example: { type: "string" } } }, { example: 1 }, false],
    ["a property called nullable", { properties: { nullable: { type: "string" } } }, { nullable: 1 }, false],
  ])("%s", async (_, schema, value, fits) => {
    expect((await wrong({ S: schema }, value, V30)).length === 0).toBe(fits);
  });
});

describe("what cannot be checked", () => {
  const at = "#/components/schemas/S";
  const dropped = (keyword: string, reason: string) => `${keyword} at ${at} is not checked: ${reason}`;
  test.each<[string, unknown, string[], Document?]>([
    ["exclusiveMinimum: true", { exclusiveMinimum: true }, [dropped("exclusiveMinimum", "it has to be a number")]],
    ["an unknown type", { type: "file" }, [dropped("type", "it has to be a type or a list of types")]],
    ["a list of lists of types", { type: [["string"]] }, [dropped("type", "it has to be a type or a list of types")]],
    ["a bad pattern", { pattern: "(" }, [dropped("pattern", "it has to be a regular expression of JavaScript")]],
    [
      "an escape of Perl",
      { pattern: "\\Aab\\z" },
      [dropped("pattern", "it has to be a regular expression of JavaScript")],
    ],
    [
      "a bad pattern for properties",
      { patternProperties: { "[": {}, "^a": {} } },
      [dropped("patternProperties", "[ is no regular expression of JavaScript")],
    ],
    ["required: true", { required: true }, [dropped("required", "it has to be a list of names")]],
    ["an empty enum", { enum: [] }, [dropped("enum", "it has to be a list of values, and not empty")]],
    ["an enum with a value twice", { enum: ["b", "c", "b"] }, [`enum at ${at} names a value twice, at 0 and 2`]],
    ["a negative length", { maxLength: -1 }, [dropped("maxLength", "it has to be a whole number from 0")]],
    ["an empty allOf", { allOf: [] }, [dropped("allOf", "it has to be a list of schemas, and not empty")]],
    [
      "a property that is no schema",
      { properties: { a: "string" } },
      [`${at}/properties/a is not checked: it is no schema`],
    ],
    ["items that are a list", { items: [{}] }, [dropped("items", "it has to be a schema")]],
    [
      "a reference to nowhere",
      { properties: { a: { $ref: "#/nowhere" } } },
      [`$ref at ${at}/properties/a is not checked: #/nowhere leads nowhere`],
    ],
    ["a reference to itself", { $ref: at }, [dropped("$ref", `${at} leads back to where it stands`)]],
    [
      "an unknown dialect",
      { $schema: "https://a.test/mine" },
      [`the $schema https://a.test/mine is not known: schemas are read as JSON Schema 2020-12, at ${at}`],
    ],
    [
      "nullable, from 3.1",
      { type: ["string", "object"], nullable: true },
      [`nullable at ${at} is no keyword of this version of OpenAPI: add null to the type`],
    ],
    [
      "nullable without a type",
      { nullable: true },
      [`nullable at ${at} changes nothing without a type beside it`],
      V30,
    ],
    ["unknown keywords, which only say something", { "x-a": 1, example: 1, discriminator: { propertyName: "a" } }, []],
  ])("%s is a warning, and the rest is checked", async (_, schema, warnings, document) => {
    const { at: validator } = await load({ S: { ...(schema as object), maxProperties: 1 } }, document);
    expect(validator("S").warnings).toEqual(warnings);
    expect(validator("S")("b")).toEqual([]);
    expect(validator("S")({ x: 1, y: 2 }).map(sentence)).toContain("Object must contain at most 1 key(s)");
  });

  test("a warning is also that of who refers to the schema", async () => {
    const { at: validator } = await load({
      S: { items: ref("A") },
      A: { properties: { b: ref("B") } },
      B: { type: "x" },
    });
    expect(validator("S").warnings).toEqual([
      "type at #/components/schemas/B is not checked: it has to be a type or a list of types",
    ]);
  });

  test("is an error in strict mode, that names all of it", async () => {
    const { at: validator } = await load({ S: { type: "x", pattern: "(" }, T: { type: "string" } }, {}, true);
    expect(() => validator("S")).toThrow(/^type at .+; pattern at /);
    expect(validator("T")("a")).toEqual([]);
  });

  test.each([
    ["https://json-schema.org/draft/2020-12/schema", 0],
    ["https://spec.openapis.org/oas/3.1/dialect/base", 0],
    ["https://a.test/mine", 1],
  ])("the dialect %s makes %i warnings", async (jsonSchemaDialect, count) => {
    const { warnings } = await load({}, { more: { jsonSchemaDialect } });
    expect(warnings).toHaveLength(count);
  });

  test("a schema file is read by its own dialect", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mock-schemas-"));
    const definitions = { a: { $ref: "#/definitions/b", minLength: 9 }, b: { items: [{ type: "string" }] } };
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", definitions };
    await writeFile(join(folder, "a.json"), JSON.stringify(schema));
    const { href } = pathToFileURL(join(folder, "a.json"));
    const { at: validator } = await load({ S: { $ref: `${href}#/definitions/a` } });
    await rm(folder, { recursive: true });
    expect(validator("S").warnings).toEqual([]);
    expect(validator("S")("short")).toEqual([]);
    expect(validator("S")([1]).map(sentence)).toEqual(["0: Expected string, received number"]);
  });

  test("loops are cut where they are entered", async () => {
    const { at: validator } = await load({
      S: { allOf: [ref("T")], minimum: 3 },
      T: { allOf: [ref("S")], maximum: 5 },
    });
    for (const name of ["S", "T"]) {
      expect([2, 3, 5, 6].map((value) => validator(name)(value).length)).toEqual([1, 0, 0, 1]);
    }
  });
});

describe("readOnly and writeOnly", () => {
  const entity = {
    type: "object",
    required: ["id", "name", "secret"],
    properties: { id: { type: "string", readOnly: true }, name: {}, secret: { writeOnly: true } },
  };
  test.each<[string, Record<string, unknown>, Document?]>([
    ["by themselves", { S: entity }],
    ["through $ref", { S: ref("A"), A: entity }],
    ["through $ref, in 3.0", { S: ref("A"), A: entity }, V30],
    ["in allOf", { S: { allOf: [ref("A"), { required: ["id"] }] }, A: entity }],
    ["in oneOf", { S: { oneOf: [ref("A"), { type: "null" }] }, A: entity }],
    ["in oneOf in allOf", { S: { allOf: [{ oneOf: [ref("A"), { type: "null" }] }] }, A: entity }],
    ["after if", { S: when({ type: "object" }, ref("A")), A: entity }],
    [
      "declared beside the branch that requires them",
      { S: { properties: entity.properties, anyOf: [{ required: entity.required }] } },
    ],
    [
      "asked for by another member",
      { S: { properties: entity.properties, dependentRequired: { name: ["id", "secret"] } } },
    ],
    [
      "by the schema of the property",
      {
        S: { required: entity.required, properties: { id: ref("Id"), secret: { allOf: [ref("Secret")] } } },
        Id: { readOnly: true },
        Secret: { writeOnly: true },
      },
    ],
  ])("are not required the other way: %s", async (_, schemas, document) => {
    const { at } = await load(schemas, document);
    expect(at("S")({ name: "a", secret: "b" })).toEqual([]);
    expect(at("S", "response")({ id: "1", name: "a" })).toEqual([]);
    expect(at("S")({ id: "1", name: "a" })).not.toEqual([]);
    expect(at("S", "response")({ name: "a", secret: "b" })).not.toEqual([]);
  });

  test("a schema by itself still requires what another lets off", async () => {
    const { at } = await load({
      S: { properties: { id: { readOnly: true } }, allOf: [ref("A")] },
      A: { required: ["id"] },
    });
    expect(at("S")({})).toEqual([]);
    expect(at("A")({}).map(sentence)).toEqual(["id: Required"]);
  });

  test("a condition is read as it is written", async () => {
    const id = { properties: { id: { readOnly: true } } };
    const { at } = await load({
      S: { ...id, not: { required: ["id"] } },
      T: { ...id, ...when({ required: ["id"] }, false) },
    });
    expect([at("S")({}), at("T")({})]).toEqual([[], []]);
    expect(at("S")({ id: 1 })).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, unknown, unknown]>([
    ["itself", { S: entity }, { id: 1, name: 2, secret: 3 }, { name: 2, secret: 3 }],
    [
      "in lists and maps",
      { S: { properties: { list: { items: entity } }, additionalProperties: entity } },
      { list: [{ id: 1, name: 2 }], other: { id: 1 } },
      { list: [{ name: 2 }], other: {} },
    ],
    [
      "in the branch that fits",
      {
        S: {
          oneOf: [
            { ...entity, required: ["name"] },
            { required: ["title"], properties: { id: {} } },
          ],
        },
      },
      { id: "1", title: 2 },
      { id: "1", title: 2 },
    ],
    [
      "in a recursive schema",
      { S: { properties: { id: { readOnly: true }, kids: { items: ref("S") } } } },
      { id: 1, kids: [{ id: 1, a: 2 }] },
      { kids: [{ a: 2 }] },
    ],
    ["nowhere", { S: { properties: { id: {} } } }, { id: 1 }, { id: 1 }],
    ["of no object", { S: entity }, null, null],
  ])("are taken out of a request: %s", async (_, schemas, value, rest) => {
    const { strip, place } = await load(schemas);
    expect(strip(value, place("S"), "request")).toEqual(rest);
  });

  test("are taken out of an answer", async () => {
    const { strip, place } = await load({ S: entity });
    expect(strip({ id: 1, name: 2, secret: 3 }, place("S"), "response")).toEqual({ id: 1, name: 2 });
  });
});

describe("the types of a schema", () => {
  test.each<[string, Record<string, unknown>, string[], Document?]>([
    ["one", { S: { type: "string" } }, ["string"]],
    ["number", { S: { type: "number" } }, ["integer", "number"]],
    [
      "through $ref and unions",
      { S: { anyOf: [ref("A"), { type: "array" }] }, A: { oneOf: [{ type: "integer" }, { enum: ["a", null] }] } },
      ["array", "integer", "null", "string"],
    ],
    [
      "what all of allOf allow",
      { S: { allOf: [{ type: ["string", "null"] }, { type: ["null", "array"] }] } },
      ["null"],
    ],
    ["nullable", { S: { type: "string", nullable: true } }, ["null", "string"], V30],
    ["of a constant", { S: { const: 1.5 } }, ["number"]],
    [
      "of a recursive schema",
      { S: { anyOf: [{ type: "string" }, { type: "array", items: ref("S") }] } },
      ["array", "string"],
    ],
    ["of a loop", { S: { anyOf: [ref("S")], type: "string" } }, ["string"]],
    ["all", { S: {} }, ["array", "boolean", "integer", "null", "number", "object", "string"]],
    ["none", { S: false }, []],
  ])("%s", async (_, schemas, types, document) => {
    const { typesOf, place } = await load(schemas, document);
    expect([...typesOf(place("S"))].toSorted()).toEqual(types);
  });
});

test("no schema and no value make it throw, and errors are always said", async () => {
  const others =
    "$id $anchor $dynamicAnchor $schema $defs dependencies nullable discriminator readOnly writeOnly a b ^a toString constructor __proto__";
  const texts =
    "a ( ^a$ date int64 https://a.test/x string object array # #a #/components/schemas/S #/components/schemas/T";
  const values = [true, false, null, 0, -1, 1.5, 2, Infinity, 2n ** 64n, "", { propertyName: "a" }];
  const names = fc.constantFrom(...Object.keys(KEYWORDS), ...others.split(" "));
  const plain = fc.constantFrom<unknown>(...values, ...texts.split(" "));
  const { value, schema } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium" },
      plain,
      tie("schema"),
      fc.array(tie("value"), { maxLength: 2 }),
      fc.uniqueArray(names, { maxLength: 2 }),
    ),
    schema: fc
      .array(fc.tuple(names, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries<unknown>(entries)),
  }));
  const documents = fc.record({ S: schema, T: schema, version: fc.constantFrom("3.0.4", "3.1.1") });
  await fc.assert(
    fc.asyncProperty(documents, fc.array(value, { maxLength: 3 }), async ({ version, ...schemas }, sent) => {
      const { at, typesOf, strip, place } = await load(schemas as Record<string, unknown>, { version });
      for (const direction of ["request", "response"] as const) {
        const validator = at("S", direction);
        for (const one of sent) {
          expect(validator(one).length > 0).toBe(validator.errors(one).length > 0);
          strip(one, place("S"), direction);
        }
      }
      typesOf(place("S"));
    }),
    { numRuns: 1_000 },
  );
});

test("the same place and direction give the same validator", async () => {
  const { at } = await load({ S: ref("A"), A: { type: "object" } });
  expect(at("S")).toBe(at("S"));
  expect(at("S")).not.toBe(at("S", "response"));
});

test("a document whose references are resolved is compiled once", async () => {
  let schema: Record<string, unknown> = { type: "string" };
  for (let depth = 0; depth < 60; depth++) schema = { properties: { a: schema, b: schema } };
  const self: Record<string, unknown> = { type: "object", required: ["self"] };
  self["properties"] = { self };
  expect(await wrong({ S: { allOf: [schema, self] } }, { self: {} })).toEqual(["self.self: Required"]);
});

test.each<[string, Record<string, unknown>, unknown]>([
  [
    "fields",
    { S: { items: ref("A") }, A: { required: ["a", "b"], properties: { a: ref("B") } }, B: { type: "string" } },
    { a: 1 },
  ],
  [
    "unions",
    {
      S: { items: { oneOf: [ref("A"), ref("B"), { type: "string" }] } },
      A: { required: ["a"] },
      B: { required: ["b"] },
    },
    {},
  ],
  ["types", { S: { items: { type: "string" } } }, 1],
])("10,000 wrong %s are told in no time, the first 1,000 of them", async (_, schemas, item) => {
  const { at } = await load(schemas);
  const value = Array.from({ length: 10_000 }, () => item);
  at("S")([item]);
  const before = process.cpuUsage();
  expect(at("S")(value)).toHaveLength(1_000);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(150);
});

test("a list of 50,000 objects is compared in no time", async () => {
  const { at } = await load({ S: { uniqueItems: true } });
  const before = process.cpuUsage().user;
  expect(at("S")(Array.from({ length: 50_000 }, (_, id) => ({ id })))).toEqual([]);
  expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_000);
});
