import type { OpenApiDocument } from "./openapi.ts";
import { findOrigin, mergeSchema, type MergedSchema, type Schema } from "./schema.ts";
import { inlineCode } from "./text.ts";

/** One line of a table of fields. */
export interface Field {
  /** Where it is: `owner.name`, `pets[].name`, `labels.*` for any other name; empty for the schema itself. */
  path: string;
  /** Its type in words: `array of string`, `object or null`. */
  type: string;
  /** Whether it has to be there; nothing is said of entries and of the schema itself. */
  required?: boolean;
  /** What the document says in `x-evidence`. */
  evidence?: string;
  /** Description, limits, values and examples, as inline Markdown. */
  description: string;
}

type Child = { path: string; schema: Schema | boolean; required?: boolean; option?: string; note?: string };

const limits: [string, string][] = [
  ["default", "Default"],
  ["minimum", "At least"],
  ["exclusiveMinimum", "More than"],
  ["maximum", "At most"],
  ["exclusiveMaximum", "Less than"],
  ["multipleOf", "Multiple of"],
  ["minLength", "Shortest length"],
  ["maxLength", "Longest length"],
  ["pattern", "Pattern"],
  ["minItems", "Fewest entries"],
  ["maxItems", "Most entries"],
  ["minProperties", "Fewest fields"],
  ["maxProperties", "Most fields"],
];

/**
 * Lists a schema and all fields in it, from the outside in. Fields of a schema that comes a second time are not
 * repeated, so that a schema which contains itself ends and a large document stays readable.
 *
 * @throws Error when a reference within the document leads nowhere
 * @example
 * const [body, ...fields] = listFields(document, { $ref: "#/components/schemas/Pet" });
 */
export function listFields(document: OpenApiDocument, schema: Schema | boolean): Field[] {
  const shown = new Map<Schema, string>();

  function visit({ path, schema: given, required, option, note }: Child): Field[] {
    const own = typeof given === "boolean" ? {} : given;
    const merged = mergeSchema(document, own);
    const origin = findOrigin(document, own);
    const children = listChildren(document, merged, path, option);
    const place = [path ? inlineCode(path) : "the whole", option && `(${option})`].filter(Boolean).join(" ");
    const earlier = children.length > 0 ? shown.get(origin) : undefined;
    if (children.length > 0 && earlier === undefined) shown.set(origin, place);
    const words = [
      option && `*${option}:*`,
      note,
      describe(merged),
      earlier !== undefined && `It has the fields of ${earlier}.`,
    ];
    const field: Field = {
      path,
      type: given === false ? "never" : nameType(document, merged),
      description: words.filter(Boolean).join(" "),
      ...(required !== undefined && { required }),
      ...(merged["x-evidence"] && { evidence: merged["x-evidence"] }),
    };
    return [field, ...(earlier === undefined ? children.flatMap(visit) : [])];
  }

  return visit({ path: "", schema });
}

function listChildren(document: OpenApiDocument, schema: MergedSchema, path: string, option?: string): Child[] {
  const inherited = option ? { option } : {};
  const children: Child[] = [];
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const required = schema.required?.includes(name) ?? false;
    children.push({ path: joinPath(path, name), schema: child, required, ...inherited });
  }
  const add = (suffix: string, child: Schema | boolean) => {
    // A plain entry says nothing that the type of its list does not.
    if (typeof child === "object" && tellsMore(document, child)) {
      children.push({ path: `${path}${suffix}`, schema: child, ...inherited });
    }
  };
  const dot = path ? "." : "";
  for (const [pattern, child] of Object.entries(schema.patternProperties ?? {})) add(`${dot}/${pattern}/`, child);
  if (typeof schema.additionalProperties === "object") {
    children.push({
      path: `${path}${dot}*`,
      schema: schema.additionalProperties,
      note: "Any other field.",
      ...inherited,
    });
  }
  for (const [index, child] of (schema.prefixItems ?? []).entries()) add(`[${index}]`, child);
  if (schema.items !== undefined) add("[]", schema.items);

  if (!schema.alternatives.some((child) => typeof child === "object" && tellsMore(document, child))) return children;
  const options = schema.alternatives.map((child, index): Child => {
    const name = nameAlternative(child) ?? `option ${index + 1}`;
    return { path, schema: child, option: option ? `${option}, ${name}` : name, ...noteOf(schema, child) };
  });
  return [...children, ...options];
}

function tellsMore(document: OpenApiDocument, schema: Schema): boolean {
  const merged = mergeSchema(document, schema);
  return (
    describe(merged) !== "" ||
    merged["x-evidence"] !== undefined ||
    merged.alternatives.length > 0 ||
    ["properties", "patternProperties", "additionalProperties", "items", "prefixItems"].some((key) => key in merged)
  );
}

function nameAlternative(schema: Schema | boolean): string | undefined {
  return typeof schema === "object" ? (schema.title ?? schema.$ref?.split("/").at(-1)) : undefined;
}

function noteOf({ discriminator }: MergedSchema, child: Schema | boolean): { note?: string } {
  const { $ref } = child as Schema;
  if (!discriminator || !$ref) return {};
  const name = $ref.split("/").at(-1);
  const [value] = Object.entries(discriminator.mapping ?? {}).find(([, to]) => to === $ref || to === name) ?? [name];
  return { note: `${inlineCode(discriminator.propertyName)} is ${inlineCode(JSON.stringify(value))}.` };
}

function joinPath(path: string, name: string): string {
  if (!/^[^\s.*[\]/]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path ? `${path}.${name}` : name;
}

function nameType(document: OpenApiDocument, schema: MergedSchema, depth = 0): string {
  const inner = (child: Schema | boolean) =>
    typeof child === "boolean" || depth > 3 ? "any" : nameType(document, mergeSchema(document, child), depth + 1);
  const names = [schema.type ?? guessTypes(schema)].flat().map((type) => {
    if (type === "array" && schema.items !== undefined) return `array of ${inner(schema.items)}`;
    return schema.format && type !== "null" ? `${type} (${schema.format})` : type;
  });
  if (names.length === 0) names.push(...schema.alternatives.map(inner));
  if (names.length === 0 && schema.$ref && !schema.$ref.startsWith("#/")) names.push(schema.$ref);
  if (schema.nullable && names.length > 0) names.push("null");
  return [...new Set(names)].join(" or ") || "any";
}

function guessTypes(schema: MergedSchema): string[] {
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  if (values.length > 0) return values.map((value) => (value === null ? "null" : typeof value));
  if (schema.properties ?? schema.additionalProperties ?? schema.patternProperties) return ["object"];
  return schema.items === undefined && schema.prefixItems === undefined ? [] : ["array"];
}

function describe(schema: MergedSchema): string {
  const code = (value: unknown) => inlineCode(JSON.stringify(value));
  const examples = (schema.examples ?? (schema.example === undefined ? [] : [schema.example])).map(code);
  const values = schema.enum?.map((value) => {
    const meaning = schema["x-enumDescriptions"]?.[String(value)]?.trim().replace(/\.$/, "");
    return meaning ? `${code(value)} (${meaning})` : code(value);
  });
  const lone = schema.required?.filter((name) => schema.properties?.[name] === undefined) ?? [];
  return [
    schema.description?.trim(),
    schema.deprecated === true && "Deprecated.",
    schema.readOnly === true && "Only in answers.",
    schema.writeOnly === true && "Only in requests.",
    schema.const !== undefined && `Always ${code(schema.const)}.`,
    values && `One of ${values.join(", ")}.`,
    ...limits.map(([key, words]) => {
      const value = schema[key];
      // In OpenAPI 3.0, exclusiveMinimum is a flag of minimum.
      if (value === undefined || (typeof value === "boolean" && key !== "default")) return "";
      return `${words}: ${key === "pattern" ? inlineCode(String(value)) : code(value)}.`;
    }),
    schema.uniqueItems === true && "No entry twice.",
    lone.length > 0 && `Requires ${lone.map(inlineCode).join(", ")}.`,
    (schema.additionalProperties === false || schema.unevaluatedProperties === false) && "No other fields.",
    examples.length > 0 && `${examples.length > 1 ? "Examples" : "Example"}: ${examples.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
