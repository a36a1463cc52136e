import { isObject } from "./pointer.ts";

// Keywords that came with draft 2019-09 and 2020-12 (https://json-schema.org/draft/2020-12/release-notes).
const NEW_KEYWORDS = [
  "dependentRequired",
  "dependentSchemas",
  "maxContains",
  "minContains",
  "prefixItems",
  "unevaluatedItems",
  "unevaluatedProperties",
];
const MAPS_OF_SCHEMAS = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);
const VALUES = new Set(["const", "default", "enum", "example", "examples"]);

/**
 * Finds the keywords of a schema that Prism leaves unchecked without a word: it takes a schema for draft-07 unless the
 * document has a `jsonSchemaDialect`.
 *
 * @param schema in the form in which Prism has compiled it
 */
export function findUnchecked(schema: unknown): string[] {
  const isOld = isObject(schema) && String(schema["$schema"]).includes("draft-07");
  if (!isOld) return [];
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(visit);
    if (!isObject(part)) return undefined;
    for (const [keyword, value] of Object.entries(part)) {
      used.add(keyword);
      if (MAPS_OF_SCHEMAS.has(keyword) && isObject(value)) visit(Object.values(value));
      else if (!VALUES.has(keyword)) visit(value);
    }
  };
  visit(schema);
  return NEW_KEYWORDS.filter((keyword) => used.has(keyword));
}
