import { isObject } from "./pointer.ts";
import { findEqual } from "./equality.ts";

/** How a schema is to be read: by the rules of JSON Schema 2020-12, but for what is said here. */
export interface Dialect {
  /** Nothing beside a `$ref` counts. */
  readonly refAlone?: boolean;
  /** `exclusiveMinimum` and `exclusiveMaximum` are booleans, beside `minimum` and `maximum`. */
  readonly booleanBounds?: boolean;
  /** `items` may be a list, and `additionalItems` are those after it. */
  readonly tuples?: boolean;
  /** `nullable` adds `null` to the `type` beside it. */
  readonly nullable?: boolean;
}

/** That of OpenAPI 3.0, section 4.7.24: JSON Schema draft 5, with changes. */
export const OPENAPI_30: Dialect = { refAlone: true, booleanBounds: true, tuples: true, nullable: true };

/** That of OpenAPI 3.1 and later. */
export const JSON_SCHEMA_2020: Dialect = {};

const DIALECTS: Record<string, Dialect> = {
  "json-schema.org/draft-04/schema": { refAlone: true, booleanBounds: true, tuples: true },
  "json-schema.org/draft-06/schema": { refAlone: true, tuples: true },
  "json-schema.org/draft-07/schema": { refAlone: true, tuples: true },
  "json-schema.org/draft/2019-09/schema": { tuples: true },
  "json-schema.org/draft/2020-12/schema": JSON_SCHEMA_2020,
  // Those of OpenAPI 3.1 and 3.2 add annotations alone (OpenAPI 3.1.1, section 4.8.24.1).
  "spec.openapis.org/oas/3.1/dialect/base": JSON_SCHEMA_2020,
};

/** The dialect that a URI names, as in `$schema`; `undefined` for one that is not known. */
export function dialectOf(uri: string): Dialect | undefined {
  const name = uri.replace(/^https?:\/\/|#$/g, "");
  return name.startsWith("spec.openapis.org/oas/3.2/dialect/") ? JSON_SCHEMA_2020 : DIALECTS[name];
}

/** What a keyword holds: one schema, a list of schemas, schemas by name, or a value. */
type Kind = "schema" | "schemas" | "map" | "value";

interface Rule {
  readonly kind: Kind;
  /** Whether what it holds applies to the same value as the schema that it stands in, and not to a part of it. */
  readonly isInPlace?: boolean;
  /** What its value has to be, in words, and whether it is. */
  readonly form: readonly [words: string, isRight: (value: unknown) => boolean];
}

const isNumber = (value: unknown) => typeof value === "bigint" || Number.isFinite(value);
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isSchema = (value: unknown) => typeof value === "boolean" || (isObject(value) && !Array.isArray(value));
const isMap = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";
const isNames = (value: unknown) => Array.isArray(value) && value.every(isText);
const TYPES = new Set<unknown>(["null", "boolean", "integer", "number", "string", "array", "object"]);
const isType = (value: unknown) => TYPES.has(value);

const NUMBER: Rule = { kind: "value", form: ["a number", isNumber] };
const COUNT: Rule = { kind: "value", form: ["a whole number from 0", isCount] };
const TEXT: Rule = { kind: "value", form: ["a text", isText] };
const SCHEMA: Rule = { kind: "schema", form: ["a schema", isSchema] };
const SCHEMA_IN_PLACE: Rule = { ...SCHEMA, isInPlace: true };
const MAP: Rule = { kind: "map", form: ["schemas by name", isMap] };
const isList = (value: unknown) => Array.isArray(value) && value.length > 0;
const SCHEMAS: Rule = { kind: "schemas", form: ["a list of schemas, and not empty", isList] };
const SCHEMAS_IN_PLACE: Rule = { ...SCHEMAS, isInPlace: true };

/** The keywords that decide on values (JSON Schema 2020-12: Core, section 10 and 11; Validation, section 6 and 7). */
export const KEYWORDS: Readonly<Record<string, Rule>> = {
  $ref: TEXT,
  $dynamicRef: TEXT,
  type: {
    kind: "value",
    form: ["a type or a list of types", (value) => (isList(value) ? (value as []).every(isType) : isType(value))],
  },
  enum: { kind: "value", form: ["a list of values, and not empty", isList] },
  const: { kind: "value", form: ["a value", () => true] },
  multipleOf: { kind: "value", form: ["a number above 0", (value) => isNumber(value) && Number(value) > 0] },
  maximum: NUMBER,
  exclusiveMaximum: NUMBER,
  minimum: NUMBER,
  exclusiveMinimum: NUMBER,
  maxLength: COUNT,
  minLength: COUNT,
  pattern: {
    kind: "value",
    form: [
      "a regular expression of JavaScript",
      (value) => isText(value) && compilePattern(value as string) !== undefined,
    ],
  },
  format: TEXT,
  maxItems: COUNT,
  minItems: COUNT,
  uniqueItems: { kind: "value", form: ["true or false", (value) => typeof value === "boolean"] },
  maxContains: COUNT,
  minContains: COUNT,
  maxProperties: COUNT,
  minProperties: COUNT,
  required: { kind: "value", form: ["a list of names", isNames] },
  dependentRequired: {
    kind: "value",
    form: ["lists of names by name", (value) => isMap(value) && Object.values(value).every(isNames)],
  },
  allOf: SCHEMAS_IN_PLACE,
  anyOf: SCHEMAS_IN_PLACE,
  oneOf: SCHEMAS_IN_PLACE,
  ...Object.fromEntries(["not", "if", "then", "else"].map((name) => [name, SCHEMA_IN_PLACE])),
  dependentSchemas: { ...MAP, isInPlace: true },
  prefixItems: SCHEMAS,
  items: SCHEMA,
  contains: SCHEMA,
  properties: MAP,
  patternProperties: MAP,
  additionalProperties: SCHEMA,
  propertyNames: SCHEMA,
  unevaluatedItems: SCHEMA,
  unevaluatedProperties: SCHEMA,
};

/** A keyword of a schema, as JSON Schema 2020-12 would write it. */
interface Keyword {
  readonly value: unknown;
  /** The key under which the schema has it. */
  readonly key: string;
}

/**
 * Reads the keywords of a schema.
 *
 * @param report is told what is left out: the keyword, and the end of a sentence about it
 */
export function readKeywords(
  schema: Record<string, unknown>,
  dialect: Dialect,
  report: (keyword: string, says: string) => void,
): Map<string, Keyword> {
  if (dialect.refAlone && typeof schema["$ref"] === "string") {
    return new Map([["$ref", { key: "$ref", value: schema["$ref"] }]]);
  }
  const keywords = new Map<string, Keyword>();
  const put = (name: string, value: unknown, key = name) => keywords.set(name, { key, value });
  for (const [key, value] of Object.entries(schema)) if (Object.hasOwn(KEYWORDS, key)) put(key, value);

  if (isMap(schema["dependencies"])) {
    const names = Object.entries(schema["dependencies"]).filter(([, value]) => Array.isArray(value));
    const schemas = Object.entries(schema["dependencies"]).filter(([, value]) => !Array.isArray(value));
    if (names.length > 0) put("dependentRequired", Object.fromEntries(names), "dependencies");
    if (schemas.length > 0) put("dependentSchemas", Object.fromEntries(schemas), "dependencies");
  }
  if (dialect.tuples && Array.isArray(schema["items"])) {
    keywords.delete("items");
    if (schema["items"].length > 0) put("prefixItems", schema["items"], "items");
    if (schema["additionalItems"] !== undefined) put("items", schema["additionalItems"], "additionalItems");
  }
  if (dialect.booleanBounds) {
    for (const [bound, exclusive] of [
      ["minimum", "exclusiveMinimum"],
      ["maximum", "exclusiveMaximum"],
    ] as const) {
      if (typeof schema[exclusive] !== "boolean") continue;
      keywords.delete(exclusive);
      if (!schema[exclusive] || schema[bound] === undefined) continue;
      keywords.delete(bound);
      put(exclusive, schema[bound], bound);
    }
  }
  if (schema["nullable"] === true) {
    if (!dialect.nullable) report("nullable", "is no keyword of this version of OpenAPI: add null to the type");
    else if (schema["type"] === undefined) report("nullable", "changes nothing without a type beside it");
    else put("type", [schema["type"], "null"].flat());
  }

  const values = keywords.get("enum")?.value;
  const equal = Array.isArray(values) ? findEqual(values) : undefined;
  if (equal) report("enum", `names a value twice, at ${equal.join(" and ")}`);

  for (const [name, { key, value }] of keywords) {
    const [words, isRight] = KEYWORDS[name]!.form;
    if (isRight(value)) continue;
    keywords.delete(name);
    report(key, `is not checked: it has to be ${words}`);
  }
  return keywords;
}

/**
 * Compiles a pattern by the rules of Unicode, and by older ones where those forbid it, as with `^[\w-.]+$`.
 *
 * @returns `undefined` when it is no regular expression of JavaScript, or has escapes of other languages, such as `\A`
 */
export function compilePattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    // What follows a backslash would stand for itself.
    if (/(?<!\\)(?:\\\\)*\\[^\W_bBcdDfknrsStuvwWx\d]/.test(pattern)) return undefined;
  }
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
