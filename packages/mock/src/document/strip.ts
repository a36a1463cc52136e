import type { Direction, InPlace, SchemaPlace } from "./in-place.ts";
import { isSchemaPlace } from "./in-place.ts";
import { compilePattern } from "./keywords.ts";
import { isObject } from "./pointer.ts";
import { child, type Place } from "./place.ts";

/** Whether a value fits a schema. */
type Fits = (value: unknown, place: Place) => boolean;

/**
 * Leaves out the members of a value that are readOnly, for a request, or writeOnly, for a response. Of unions and
 * conditions, what fits the value counts.
 */
export function strip(value: unknown, place: Place, direction: Direction, inPlace: InPlace, fits: Fits): unknown {
  const stripPart = (part: unknown, schemas: readonly Place[]) =>
    schemas.reduce((rest, schema) => strip(rest, schema, direction, inPlace, fits), part);
  if (!isObject(value)) return value;
  const meant = meantBy(value, place, inPlace, fits);
  if (Array.isArray(value)) return value.map((item, index) => stripPart(item, meant.flatMap(itemSchemas(index))));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const schemas = meant.flatMap(memberSchemas(name));
    if (schemas.some((schema) => inPlace.isFlagged(schema, direction))) return [];
    return [[name, stripPart(member, schemas)]];
  });
  return Object.fromEntries(members);
}

/** The schemas that apply to a value, where a schema does. */
function meantBy(value: unknown, place: Place, inPlace: InPlace, fits: Fits): SchemaPlace[] {
  const meant = new Set<SchemaPlace>();
  const seen = new Set<unknown>();
  const pending: Place[] = [place];
  for (const schema of pending) {
    if (!isSchemaPlace(schema) || seen.has(schema.value)) continue;
    seen.add(schema.value);
    pending.push(...inPlace.targets(schema));
    if (inPlace.isAlias(schema)) continue;
    meant.add(schema);
    pending.push(...inPlace.parts(schema, ["allOf"]));
    const branches = inPlace.parts(schema, ["anyOf", "oneOf", "dependentSchemas"]);
    const fitting = branches.filter((branch) => fits(value, branch));
    pending.push(...(fitting.length > 0 ? fitting : branches));
    if (schema.value["if"] === undefined) continue;
    const holds = fits(value, child(schema, "if"));
    pending.push(...inPlace.parts(schema, holds ? ["if", "then"] : ["else"]));
  }
  return [...meant];
}

function itemSchemas(index: number): (schema: SchemaPlace) => Place[] {
  return (schema) => {
    const { prefixItems, items } = schema.value;
    if (Array.isArray(prefixItems) && index in prefixItems) return [child(schema, "prefixItems", index)];
    return items === undefined ? [] : [child(schema, "items")];
  };
}

function memberSchemas(name: string): (schema: SchemaPlace) => Place[] {
  return (schema) => {
    const { properties, patternProperties, additionalProperties } = schema.value;
    const named = isObject(properties) && Object.hasOwn(properties, name) ? [child(schema, "properties", name)] : [];
    const matching = Object.keys(isObject(patternProperties) ? patternProperties : {})
      .filter((pattern) => compilePattern(pattern)?.test(name))
      .map((pattern) => child(schema, "patternProperties", pattern));
    const found = [...named, ...matching];
    return found.length > 0 || additionalProperties === undefined ? found : [child(schema, "additionalProperties")];
  };
}
