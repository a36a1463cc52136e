import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { diagnosticsOf } from "../src/document/diagnostics.ts";

const ajv = new Ajv2020.default({ strict: false, allErrors: true });
addFormats.default(ajv);

test.each<[object, unknown]>([
  [{ type: "string" }, 1],
  [{ type: ["string", "null"] }, 1],
  [{ required: ["a"] }, {}],
  [{ dependentRequired: { a: ["b"] } }, { a: 1 }],
  [{ dependentRequired: { a: ["b", "c"] } }, { a: 1 }],
  [{ additionalProperties: false }, { a: 1 }],
  [{ unevaluatedProperties: false }, { a: 1 }],
  [{ prefixItems: [true], items: false }, [1, 2]],
  [{ prefixItems: [true], unevaluatedItems: false }, [1, 2]],
  [{ minItems: 1 }, []],
  [{ maxItems: 1 }, [1, 2]],
  [{ minLength: 2 }, "a"],
  [{ maxLength: 1 }, "ab"],
  [{ minProperties: 1 }, {}],
  [{ maxProperties: 0 }, { a: 1 }],
  [{ minimum: 2 }, 1],
  [{ maximum: 0 }, 1],
  [{ exclusiveMinimum: 1 }, 1],
  [{ exclusiveMaximum: 1 }, 1],
  [{ multipleOf: 2 }, 1],
  [{ enum: [1, "b"] }, 2],
  [{ const: 1 }, 2],
  [{ pattern: "^a$" }, "b"],
  [{ format: "date" }, "b"],
  [{ uniqueItems: true }, [1, 2, 1]],
  [{ contains: { type: "string" } }, [1]],
  [{ contains: { type: "string" }, minContains: 2, maxContains: 3 }, ["a"]],
  [{ not: {} }, 1],
  // oxlint-disable-next-line unicorn/no-thenable
  [{ if: {}, then: { type: "string" } }, 1],
  [{ propertyNames: { maxLength: 1 } }, { ab: 1 }],
  [{ properties: { a: false } }, { a: 1 }],
])("what breaks %j is told in the words of Ajv", (schema, value) => {
  const validate = ajv.compile(schema);
  expect(validate(value)).toBe(false);
  for (const error of validate.errors!) {
    const [diagnostic] = diagnosticsOf(error, "Response", ["body"]);
    expect(diagnostic!.message).toContain(error.message);
    expect(diagnostic!.code).toBe(error.keyword);
  }
});

test("a union is told of after its branches", () => {
  const branch = { keyword: "type", instancePath: "/a~1b", schemaPath: "", params: { type: "string" } };
  const union = { keyword: "anyOf", instancePath: "", schemaPath: "", params: { branches: [[branch], undefined] } };
  expect(diagnosticsOf(union, "Request", ["query", "filter"])).toEqual([
    {
      path: ["query", "filter", "a/b"],
      code: "type",
      message: "Request query parameter filter.a/b must be string",
      severity: 0,
    },
    {
      path: ["query", "filter"],
      code: "anyOf",
      message: "Request query parameter filter must match a schema in anyOf",
      severity: 0,
    },
  ]);
});
