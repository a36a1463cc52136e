import { dereference, type OpenApiDocument } from "./openapi.ts";

/** A schema of JSON Schema 2020-12 or of OpenAPI 3.0, as far as the reference shows it. */
export interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  const?: unknown;
  example?: unknown;
  examples?: unknown[];
  required?: string[];
  properties?: Record<string, Schema | boolean>;
  patternProperties?: Record<string, Schema | boolean>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  prefixItems?: (Schema | boolean)[];
  allOf?: (Schema | boolean)[];
  oneOf?: (Schema | boolean)[];
  anyOf?: (Schema | boolean)[];
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  "x-evidence"?: string;
  "x-enumDescriptions"?: Record<string, string>;
  [keyword: string]: unknown;
}

/** A schema together with everything that it refers to or is composed of. */
export interface MergedSchema extends Schema {
  /** The alternatives: those of one `oneOf` or `anyOf`, without null. */
  alternatives: (Schema | boolean)[];
}

const structure = ["properties", "patternProperties", "additionalProperties", "items", "prefixItems"] as const;

/** Two schemas of one property are one more schema; the same one each time, so that recursion is noticed. */
const combinations = new WeakMap<Schema, WeakMap<Schema, Schema>>();

/**
 * Merges a schema with what it refers to and with its `allOf`. What is nearer to the schema itself wins; fields and
 * lists of required fields add up.
 *
 * @throws Error when a reference within the document leads nowhere
 * @example
 * const { properties, required } = mergeSchema(document, { allOf: [{ $ref: "#/components/schemas/Pet" }, own] });
 */
export function mergeSchema(document: OpenApiDocument, schema: Schema): MergedSchema {
  const merged: MergedSchema = { alternatives: [] };
  for (const part of listParts(document, schema, new Set())) {
    const { properties, patternProperties, required, ...rest } = part;
    const alternatives = listAlternatives(part);
    if (alternatives.length > 1 && merged.alternatives.length === 0) merged.alternatives = alternatives;
    if (hasNull(part)) merged.nullable = true;
    if (required) merged.required = [...new Set([...required, ...(merged.required ?? [])])];
    if (properties) merged.properties = combine(properties, merged.properties);
    if (patternProperties) merged.patternProperties = combine(patternProperties, merged.patternProperties);
    Object.assign(merged, { ...rest, ...merged });
  }
  return merged;
}

/**
 * Finds the schema that stands for another one: the target of a reference that adds no fields of its own.
 *
 * @throws Error when a reference within the document leads nowhere
 * @example
 * findOrigin(document, { $ref: "#/components/schemas/Pet", description: "Theirs." }); // the schema Pet
 */
export function findOrigin(document: OpenApiDocument, schema: Schema, passed = new Set<Schema>()): Schema {
  const inner = [...referTo(document, schema), ...(schema.allOf ?? []), ...listAlternatives(schema)];
  const [only] = inner;
  if (inner.length !== 1 || typeof only !== "object" || passed.has(schema)) return schema;
  if (structure.some((keyword) => schema[keyword] !== undefined)) return schema;
  return findOrigin(document, only, passed.add(schema));
}

function listParts(document: OpenApiDocument, schema: Schema | boolean, passed: Set<Schema>): Schema[] {
  if (typeof schema === "boolean" || passed.has(schema)) return [];
  passed.add(schema);
  const alternatives = listAlternatives(schema);
  const inner = [
    ...referTo(document, schema),
    ...(schema.allOf ?? []),
    // One alternative besides null is no choice.
    ...(alternatives.length === 1 ? alternatives : []),
  ];
  return [schema, ...inner.flatMap((part) => listParts(document, part, passed))];
}

function referTo(document: OpenApiDocument, { $ref }: Schema): Schema[] {
  // What is in another document, or behind an anchor, stays a name.
  return $ref?.startsWith("#/") ? [dereference<Schema>(document, { $ref })] : [];
}

function listAlternatives({ oneOf, anyOf }: Schema): (Schema | boolean)[] {
  return (oneOf ?? anyOf ?? []).filter((schema) => typeof schema === "boolean" || schema.type !== "null");
}

function hasNull({ oneOf, anyOf, nullable }: Schema): boolean {
  return nullable === true || (oneOf ?? anyOf ?? []).some((schema) => (schema as Schema).type === "null");
}

function combine(inner: Record<string, Schema | boolean>, nearer: Record<string, Schema | boolean> = {}) {
  const combined = new Map(Object.entries(inner));
  for (const [name, schema] of Object.entries(nearer)) {
    const other = combined.get(name);
    combined.set(name, typeof other === "object" && typeof schema === "object" ? both(schema, other) : schema);
  }
  return Object.fromEntries(combined);
}

function both(nearer: Schema, other: Schema): Schema {
  if (nearer === other) return nearer;
  const known = combinations.get(nearer) ?? new WeakMap<Schema, Schema>();
  combinations.set(nearer, known);
  const combination = known.get(other) ?? { allOf: [nearer, other] };
  known.set(other, combination);
  return combination;
}
