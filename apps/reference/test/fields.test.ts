import { readApi } from "@spherepay/openapi";
import { describe, expect, it } from "vitest";
import { listFields } from "../src/fields.ts";
import { inlineCode, table } from "../src/text.ts";

/** The fields of a schema, in a document that has other schemas. */
function fieldsOf(schema: object, schemas: object = {}) {
  const components = { schemas: { ...schemas, Shown: schema } };
  return listFields(readApi({ openapi: "3.1.0", info: { title: "", version: "" }, components }).schemas["Shown"]!);
}

const rows = (schema: object, schemas?: object) =>
  fieldsOf(schema, schemas).map(({ path, type }) => `${path}: ${type}`);

describe("the fields of a schema", () => {
  it("end where a schema contains itself, and say where its fields stand", () => {
    const schemas = {
      Node: {
        properties: { next: { $ref: "#/components/schemas/Node" }, list: { $ref: "#/components/schemas/List" } },
      },
      List: { type: "array", items: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: "null" }] } },
    };
    const fields = fieldsOf({ $ref: "#/components/schemas/Node" }, schemas);
    expect(fields.map(({ path, description }) => [path, description])).toEqual([
      ["", ""],
      ["next", "It has the fields of the whole."],
      ["list", ""],
      ["list[]", "It has the fields of the whole."],
    ]);
  });

  it("grow with the document and not with its paths when schemas contain each other", () => {
    const names = Array.from({ length: 40 }, (_, index) => `S${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(names.map((name) => [name, { allOf: [{ properties }, { properties }] }]));
    expect(rows({ $ref: "#/components/schemas/S0" }, schemas).length).toBeLessThan(2000);
  });

  it("end where two schemas of one field lead back to it", () => {
    const child = { properties: { child: { $ref: "#/components/schemas/Node" } } };
    const words = { properties: { child: { description: "Below." } } };
    const fields = fieldsOf({ $ref: "#/components/schemas/Node" }, { Node: { allOf: [words, child] } });
    expect(fields.map(({ path, description }) => [path, description])).toEqual([
      ["", ""],
      ["child", "Below."],
      ["child.child", "Below. It has the fields of `child`."],
    ]);
  });

  it("add up over allOf, with the nearer words and every requirement", () => {
    const base = {
      required: ["id"],
      properties: { id: { type: "string", description: "Far." }, age: { type: "integer" } },
    };
    const own = {
      allOf: [{ $ref: "#/components/schemas/Base" }, { required: ["age"] }],
      properties: { id: { description: "Near.", enum: ["x"] } },
    };
    const fields = fieldsOf(own, { Base: base });
    expect(fields.slice(1)).toEqual([
      { path: "id", type: "string", required: true, description: 'Near. One of `"x"`.' },
      { path: "age", type: "integer", required: true, description: "" },
    ]);
  });

  it("tell the alternatives of oneOf and anyOf apart, with the value that chooses one", () => {
    const schemas = { Cat: { properties: { lives: { type: "integer" } } }, Dog: { required: ["tag"] } };
    const pet = {
      oneOf: [
        { $ref: "#/components/schemas/Cat" },
        { $ref: "#/components/schemas/Dog" },
        { title: "Fish", properties: { fins: {} } },
      ],
      discriminator: { propertyName: "kind", mapping: { tom: "#/components/schemas/Cat" } },
    };
    const fields = fieldsOf({ properties: { pet } }, schemas);
    expect(fields.slice(2).map(({ path, description }) => `${path}: ${description}`)).toEqual([
      'pet: *Cat:* `kind` is `"tom"`.',
      "pet.lives: *Cat:*",
      'pet: *Dog:* `kind` is `"Dog"`. Requires `tag`.',
      "pet: *Fish:*",
      "pet.fins: *Fish:*",
    ]);
    expect(rows({ anyOf: [{ type: "string" }, { type: "integer" }, { type: "null" }] })).toEqual([
      ": string or integer or null",
    ]);
  });

  it("name types that the schema leaves to be understood, and quote names that a dot would split", () => {
    expect(rows({ items: { items: { type: "number" } } })).toEqual([
      ": array of array of number",
      "[]: array of number",
    ]);
    expect(rows({ properties: { "a.b": { const: 1 }, c: { enum: ["x", null] }, d: false, e: true } })).toEqual([
      ": object",
      '["a.b"]: number',
      "c: string or null",
      "d: never",
      "e: any",
    ]);
    expect(rows({ prefixItems: [{ description: "First." }], patternProperties: { "^x-": { enum: [1] } } })).toEqual([
      ": object",
      "/^x-/: number",
      "[0]: any",
    ]);
  });
});

describe("Markdown", () => {
  it("shows code with backticks and escaped pipes as it is", () => {
    expect(inlineCode("a`b``c")).toBe("```a`b``c```");
    expect(inlineCode("`")).toBe("`` ` ``");
    expect(inlineCode("a\\|b*")).toBe("<code>a&#92;&#124;b&#42;</code>");
  });

  it("leaves out columns without content, and escapes no pipe twice", () => {
    expect(table(["A", "B"], [["x|y\\|z", ""]])).toBe("| A |\n| --- |\n| x\\|y\\|z |");
  });
});
