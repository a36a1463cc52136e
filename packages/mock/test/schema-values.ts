import * as fc from "fast-check";
import { follow } from "../src/document/pointer.ts";

/** The keywords that the documents of these tests use. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  then?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  dependentRequired?: Record<string, string[]>;
  additionalProperties?: unknown;
  unevaluatedProperties?: unknown;
  items?: Schema | false;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  multipleOf?: number;
  readOnly?: boolean;
}

const MAX_DEPTH = 3;

/** All that may stand in JSON that every parser reads alike (RFC 7493, section 2.1). */
const characters = fc
  .string({ unit: "binary", minLength: 1, maxLength: 1 })
  .filter((character) => !/\p{Noncharacter_Code_Point}/u.test(character));

/**
 * Values that a client may send where a schema stands.
 *
 * @param root what the references of the schema lead into
 * @param unit the characters of strings
 */
export function valuesOf(
  schema: Schema,
  root: unknown,
  unit: fc.StringConstraints["unit"] & {} = characters,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (child: Schema) => valuesOf(child, root, unit, depth + 1);
  const { $ref, allOf, anyOf, oneOf, then, ...own } = schema;
  if ($ref) return valuesOf(follow(root, $ref) as Schema, root, unit, depth);
  if (allOf) return valuesOf(merge({ ...own, ...(anyOf && { anyOf }) }, ...allOf), root, unit, depth);
  if (then) return valuesOf(merge(own, then), root, unit, depth);
  const branches = anyOf ?? oneOf;
  if (branches) return fc.oneof(...branches.map((branch) => valuesOf(merge(own, branch), root, unit, depth)));
  if (own.const !== undefined) return fc.constant(own.const);
  if (own.enum) return fc.constantFrom(...own.enum);
  const types = [own.type ?? (own.properties ? "object" : own.prefixItems || own.items ? "array" : "string")].flat();
  return fc.oneof(...types.map((type) => ofType(type, own, inner, unit, depth)));
}

function ofType(
  type: string,
  schema: Schema,
  inner: (child: Schema) => fc.Arbitrary<unknown>,
  unit: fc.StringConstraints["unit"] & {},
  depth: number,
): fc.Arbitrary<unknown> {
  const { minItems = 0, maxItems = 4, minLength = 0, maxLength = 12, multipleOf = 1 } = schema;
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer": {
      const min = Math.ceil((schema.minimum ?? (schema.exclusiveMinimum ?? -1001) + 1) / multipleOf);
      const max = Math.floor((schema.maximum ?? 100_000) / multipleOf);
      return fc.integer({ min, max }).map((count) => count * multipleOf);
    }
    case "number": {
      const min = (schema.minimum ?? schema.exclusiveMinimum ?? -1000) + 0.25;
      return fc.double({ min, max: schema.maximum ?? 100_000, noNaN: true });
    }
    case "array": {
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(inner));
      const isDeep = depth >= MAX_DEPTH;
      return fc.array(inner(schema.items || {}), { minLength: minItems, maxLength: isDeep ? minItems : maxItems });
    }
    case "object":
      return objects(schema, inner, depth);
    default:
      // Whatever the format is, its author gave text in it.
      if (schema.format && schema.examples?.length) return fc.constantFrom(...schema.examples);
      if (schema.format === "date") return fc.constantFrom("2026-01-31", "1999-12-01");
      if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern)).filter((text) => text.length < 30);
      return fc.string({ unit, minLength, maxLength });
  }
}

function objects(
  { properties = {}, required = [], dependentRequired = {}, ...schema }: Schema,
  inner: (child: Schema) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  const sent = Object.entries(properties).filter(
    ([name, property]) => !property.readOnly && (depth < MAX_DEPTH || required.includes(name)),
  );
  const names = ["extra", ...Object.values(dependentRequired).flat()].filter((name) => !(name in properties));
  const isOpen = schema.additionalProperties !== false && schema.unevaluatedProperties !== false;
  const known = fc.record(Object.fromEntries(sent.map(([name, property]) => [name, inner(property)])), {
    requiredKeys: required.filter((name) => sent.some(([key]) => key === name)),
  });
  const extra = fc.dictionary(fc.constantFrom(...names), fc.constantFrom("cm", ""), { maxKeys: isOpen ? 2 : 0 });
  return fc.tuple(known, extra).map(([object, more]) => {
    const value: Record<string, unknown> = Object.assign(object, more);
    for (const [name, needed] of Object.entries(dependentRequired)) {
      if (!needed.every((other) => other in value)) delete value[name];
    }
    return value;
  });
}

/** One schema that asks for what all of them ask for. */
function merge(...schemas: Schema[]): Schema {
  return {
    ...Object.assign({}, ...schemas),
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
    required: schemas.flatMap(({ required = [] }) => required),
    dependentRequired: Object.assign({}, ...schemas.map(({ dependentRequired }) => dependentRequired)),
  };
}

/** Changes one place of a JSON value: drops it, puts something else there, renames it, wraps it, or adds to it. */
export type Mutation = (value: unknown) => unknown;

const foreign = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e300, "", "x", "individual", [], {}, [null], { a: {} }),
  fc.jsonValue({ maxDepth: 2 }),
);

export const mutations: fc.Arbitrary<Mutation> = fc
  .record({
    steps: fc.array(fc.nat(7), { maxLength: 4 }),
    kind: fc.constantFrom("drop", "replace", "rename", "wrap", "nest", "add"),
    other: foreign,
  })
  .map(({ steps, kind, other }) => {
    const mutate = (value: unknown, depth: number): unknown => {
      if (typeof value !== "object" || value === null) return changeWhole(value);
      const entries = Object.entries(value);
      const index = entries.length === 0 ? -1 : (steps[depth] ?? 0) % entries.length;
      const [key, child] = entries[index] ?? [];
      if (kind === "add" && depth >= steps.length) entries.push([entries.length > 1 ? "more" : "extra", other]);
      else if (key === undefined) return changeWhole(value);
      else if (depth < steps.length && typeof child === "object" && child !== null)
        entries[index] = [key, mutate(child, depth + 1)];
      else if (kind === "drop") entries.splice(index, 1);
      else if (kind === "rename") entries[index] = [`${key}s`, child];
      else entries[index] = [key, changeWhole(child)];
      return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
    };
    const changeWhole = (value: unknown) =>
      kind === "wrap" ? [value] : kind === "nest" ? { value } : kind === "replace" ? other : String(value);
    const mutation: Mutation = (value) => mutate(value, 0);
    return Object.assign(mutation, { [fc.toStringMethod]: () => fc.stringify({ steps, kind, other }) });
  });
