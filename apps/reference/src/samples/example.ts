import type { Schema } from "@spherepay/openapi";

const ofType: Record<string, unknown> = { object: {}, array: [], boolean: true, integer: 1, number: 1, null: null };

/**
 * Makes a value that a schema allows: the one that its author gives, else one of its parts. A schema that contains
 * itself has no end to write out, so that place has no value.
 *
 * @example
 * exampleOf(api.schemas.Pet); // { name: "Tom", age: 1 }
 */
export function exampleOf(schema: Schema, ancestors: readonly Schema[] = []): unknown {
  const { examples, const: constant, default: fallback, enum: values, alternatives, properties, items, types } = schema;
  const given = [examples[0], constant, fallback, values?.[0]].find((value) => value !== undefined);
  if (given !== undefined || ancestors.includes(schema)) return given;

  const inner = (child: Schema) => exampleOf(child, [...ancestors, schema]);
  const fields = Object.entries(properties).map(([name, child]) => [name, inner(child)]);
  const [alternative] = alternatives.map(inner);
  if (typeof alternative === "object" && alternative !== null && fields.length > 0) {
    return { ...Object.fromEntries(fields), ...alternative };
  }
  if (alternative !== undefined) return alternative;
  if (fields.length > 0) return Object.fromEntries(fields);
  if (items) return [inner(items)];
  const [type = "string"] = types;
  return type in ofType ? ofType[type] : "string";
}
