import type { Target } from "./fields.ts";
import { isObject } from "./pointer.ts";

/** Of a JSON value. What is an `integer` is a `number` too. */
export type SchemaType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

const ALL: readonly SchemaType[] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/** The types that a schema in JSON Schema 2020-12 allows, through `$ref`, `allOf` and unions; with `number`, `integer` too. */
export function typesOf(schema: unknown, target: Target, within: readonly unknown[] = []): Set<SchemaType> {
  if (schema === false) return new Set();
  let types = new Set(ALL);
  if (!isObject(schema) || within.includes(schema)) return types;
  const inner = (part: unknown) => typesOf(part, target, [...within, schema]);
  const restrict = (allowed: Iterable<SchemaType>) => {
    const names = new Set(allowed);
    types = new Set([...types].filter((name) => names.has(name)));
  };
  const { type, enum: values, $ref, allOf, anyOf, oneOf } = schema as Record<string, unknown[]>;
  if (type) restrict([type].flat().flatMap((one) => (one === "number" ? ["number", "integer"] : one) as SchemaType));
  if ("const" in schema) restrict(typesOfValue(schema["const"]));
  if (values) restrict(values.flatMap(typesOfValue));
  if ($ref) restrict(inner(target(String($ref))));
  for (const part of allOf ?? []) restrict(inner(part));
  for (const union of [anyOf, oneOf]) {
    if (!union) continue;
    const ofBranches = new Set<SchemaType>();
    for (const branch of union) inner(branch).forEach((one) => ofBranches.add(one));
    restrict(ofBranches);
  }
  return types;
}

function typesOfValue(value: unknown): SchemaType[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  if (typeof value === "number") return Number.isInteger(value) ? ["integer", "number"] : ["number"];
  return [typeof value as SchemaType];
}
