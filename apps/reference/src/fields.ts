import type { Schema } from "@spherepay/openapi";
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

/** Something with a name, and what it may be: a parameter or a header. */
export interface NamedSchema {
  name: string;
  schema: Schema;
  required: boolean;
}

type Child = { path: string; schema: Schema; required?: boolean; option?: string; note?: string };

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
 * @example
 * const [body, ...fields] = listFields(api.schemas.Pet);
 */
export function listFields(schema: Schema): Field[] {
  return list([{ path: "", schema }]);
}

/**
 * Lists what has names of its own, and all fields in it.
 *
 * @example
 * const rows = listNamedFields([{ name: "limit", schema, required: false }]);
 */
export function listNamedFields(named: NamedSchema[]): Field[] {
  return list(named.map(({ name, schema, required }) => ({ path: joinPath("", name), schema, required })));
}

function list(children: Child[]): Field[] {
  const shown = new Map<Schema, string>();

  function visit({ path, schema, required, option, note }: Child): Field[] {
    const inner = listChildren(schema, path, option);
    const place = [path ? inlineCode(path) : "the whole", option && `(${option})`].filter(Boolean).join(" ");
    const earlier = inner.length > 0 ? shown.get(schema.origin) : undefined;
    if (inner.length > 0 && earlier === undefined) shown.set(schema.origin, place);
    const words = [
      option && `*${option}:*`,
      note,
      describe(schema),
      earlier !== undefined && `It has the fields of ${earlier}.`,
    ];
    const field: Field = {
      path,
      type: schema.never ? "never" : nameType(schema),
      description: words.filter(Boolean).join(" "),
      ...(required !== undefined && { required }),
      ...(schema.evidence !== undefined && { evidence: schema.evidence }),
    };
    return [field, ...(earlier === undefined ? inner.flatMap(visit) : [])];
  }

  return children.flatMap(visit);
}

function listChildren(schema: Schema, path: string, option?: string): Child[] {
  const inherited = option ? { option } : {};
  const children: Child[] = [];
  for (const [name, child] of Object.entries(schema.properties)) {
    children.push({
      path: joinPath(path, name),
      schema: child,
      required: schema.required.includes(name),
      ...inherited,
    });
  }
  const add = (suffix: string, child: Schema) => {
    // A plain entry says nothing that the type of its list does not.
    if (tellsMore(child)) children.push({ path: `${path}${suffix}`, schema: child, ...inherited });
  };
  const dot = path ? "." : "";
  for (const [pattern, child] of Object.entries(schema.patternProperties)) add(`${dot}/${pattern}/`, child);
  const { additionalProperties: others } = schema;
  if (others && !others.never && Object.keys(others.keywords).length > 0) {
    children.push({ path: `${path}${dot}*`, schema: others, note: "Any other field.", ...inherited });
  }
  for (const [index, child] of schema.prefixItems.entries()) add(`[${index}]`, child);
  if (schema.items) add("[]", schema.items);

  if (!schema.alternatives.some(tellsMore)) return children;
  const options = schema.alternatives.map((child, index): Child => {
    const name = child.name ?? child.title ?? `option ${index + 1}`;
    return { path, schema: child, option: option ? `${option}, ${name}` : name, ...noteOf(schema, child) };
  });
  return [...children, ...options];
}

function tellsMore(schema: Schema): boolean {
  return (
    describe(schema) !== "" ||
    schema.evidence !== undefined ||
    schema.alternatives.length > 0 ||
    ["properties", "patternProperties", "additionalProperties", "items", "prefixItems"].some(
      (keyword) => keyword in schema.keywords,
    )
  );
}

function noteOf({ discriminator }: Schema, child: Schema): { note?: string } {
  const entry = discriminator?.mapping.find(({ schema }) => schema === child);
  if (!discriminator || !entry) return {};
  return { note: `${inlineCode(discriminator.propertyName)} is ${inlineCode(JSON.stringify(entry.value))}.` };
}

function joinPath(path: string, name: string): string {
  if (!/^[^\s.*[\]/]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path ? `${path}.${name}` : name;
}

function nameType(schema: Schema, depth = 0): string {
  const inner = (child: Schema) => (depth > 3 ? "any" : nameType(child, depth + 1));
  const stated = schema.types.length > 0 ? schema.types : guessTypes(schema);
  const names: string[] = stated.map((type) => {
    if (type === "array" && schema.items) return `array of ${inner(schema.items)}`;
    return schema.format && type !== "null" ? `${type} (${schema.format})` : type;
  });
  if (names.length === 0) names.push(...schema.alternatives.map(inner));
  if (schema.nullable && names.length > 0) names.push("null");
  return [...new Set(names)].join(" or ") || "any";
}

function guessTypes(schema: Schema): string[] {
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  if (values.length > 0) return values.map((value) => (value === null ? "null" : typeof value));
  const { keywords } = schema;
  if (["properties", "additionalProperties", "patternProperties"].some((keyword) => keyword in keywords)) {
    return ["object"];
  }
  return "items" in keywords || "prefixItems" in keywords ? ["array"] : [];
}

function describe(schema: Schema): string {
  const { keywords } = schema;
  const code = (value: unknown) => inlineCode(JSON.stringify(value));
  const examples = schema.examples.map(code);
  const meanings = (keywords["x-enumDescriptions"] ?? {}) as Record<string, string>;
  const values = schema.enum?.map((value) => {
    const meaning = meanings[String(value)]?.trim().replace(/\.$/, "");
    return meaning ? `${code(value)} (${meaning})` : code(value);
  });
  const lone = schema.required.filter((name) => !Object.hasOwn(schema.properties, name));
  return [
    schema.description?.trim(),
    schema.deprecated && "Deprecated.",
    schema.readOnly && "Only in answers.",
    schema.writeOnly && "Only in requests.",
    schema.const !== undefined && `Always ${code(schema.const)}.`,
    values && `One of ${values.join(", ")}.`,
    ...limits.map(([key, words]) => {
      const value = keywords[key];
      // In OpenAPI 3.0, exclusiveMinimum is a flag of minimum.
      if (value === undefined || (typeof value === "boolean" && key !== "default")) return "";
      return `${words}: ${key === "pattern" ? inlineCode(String(value)) : code(value)}.`;
    }),
    keywords["uniqueItems"] === true && "No entry twice.",
    lone.length > 0 && `Requires ${lone.map(inlineCode).join(", ")}.`,
    (schema.additionalProperties?.never || keywords["unevaluatedProperties"] === false) && "No other fields.",
    examples.length > 0 && `${examples.length > 1 ? "Examples" : "Example"}: ${examples.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
