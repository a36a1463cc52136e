import type { JSONSchemaDraft2020_12, OpenAPIV3_1 } from "@hey-api/spec-types";
import { defined, inner, isReference, member, members, type Part, pointerOf, resolve, text } from "./part.ts";
import type { Discriminator, Schema, SchemaType } from "./types.ts";

/** A schema as written. OpenAPI 3.0 has `nullable` instead of the type `null`. */
type RawSchema = OpenAPIV3_1.SchemaObject &
  JSONSchemaDraft2020_12.Document & {
    nullable?: boolean;
    $dynamicRef?: string;
  };
type SchemaPart = Part<RawSchema | boolean>;
type ObjectPart = Part<RawSchema>;

/** Keywords that make a schema more than words about another one. */
const structure = ["properties", "patternProperties", "additionalProperties", "items", "prefixItems"] as const;

/**
 * Makes a reader of schemas, which gives the same object for the same place.
 *
 * @param ignoresSiblings whether what stands beside a `$ref` means nothing, as in OpenAPI 3.0
 */
export function createSchemaReader(ignoresSiblings: boolean): (part: Part) => Schema {
  /** Schemas by the raw schemas that they are made of. */
  const known = new Map<string, Schema>();
  const numbers = new WeakMap<object, number>();
  let count = 0;
  const numberOf = (raw: object) => {
    if (!numbers.has(raw)) numbers.set(raw, count++);
    return numbers.get(raw)!;
  };
  /** What is left to fill in. A list and no recursion, because documents nest deeper than a call stack. */
  const unfinished: (() => void)[] = [];

  function read(parts: SchemaPart[]): Schema {
    const layers = parts.flatMap((part) => flatten(part, new Set()));
    const distinct = [...new Map(layers.map((layer) => [layer.value, layer])).values()];
    if (distinct.length === 0) return emptySchema(pointerOf(parts[0]!));
    const key = distinct.map(({ value }) => (value === false ? "false" : numberOf(value as object))).join(" ");
    const earlier = known.get(key);
    if (earlier) return earlier;
    const schema = emptySchema(pointerOf(distinct[0]!));
    known.set(key, schema);
    unfinished.push(() => fill(schema, distinct));
    return schema;
  }

  /** A schema and all that applies together with it, the nearest first. */
  function flatten(part: SchemaPart, passed: Set<unknown>): SchemaPart[] {
    const { value } = part;
    if (value === false) return [part];
    if (typeof value !== "object" || value === null || passed.has(value)) return [];
    passed.add(value);
    const schema = part as ObjectPart;
    const referred = referredFrom(schema);
    if (referred && (ignoresSiblings || Object.keys(value).length === 1)) return flatten(referred, passed);
    const alternatives = alternativesOf(schema);
    const applied = [
      ...(referred ? [referred] : []),
      ...listOf(schema, "allOf"),
      // One alternative besides null is no choice.
      ...(alternatives.length === 1 ? alternatives : []),
    ];
    return [part, ...applied.flatMap((one) => flatten(one, passed))];
  }

  function fill(schema: Schema, layers: SchemaPart[]): void {
    const objects = layers.filter((layer): layer is ObjectPart => typeof layer.value === "object");
    const keywords: Record<string, unknown> = Object.assign({}, ...objects.map(({ value }) => value).toReversed());
    const { type, enum: values, const: constant, default: fallback, examples, example } = keywords as RawSchema;
    const types = [type ?? []].flat() as SchemaType[];
    const chosen = objects.map(alternativesOf).find(({ length }) => length > 1) ?? [];
    // Two schemas of one field are nobody's own.
    const isOne = flatten(layers[0]!, new Set()).length === layers.length;
    const { names, origin } = isOne ? chainOf(layers[0]!) : { names: [], origin: undefined };
    const ownExamples = Array.isArray(examples) ? examples : example === undefined ? [] : [example];
    Object.assign(
      schema,
      defined({
        name: names[0],
        origin: origin && read([origin]),
        types,
        nullable: types.includes("null") || objects.some(hasNull),
        never: layers.some(({ value }) => value === false),
        title: text(keywords["title"]),
        description: text(keywords["description"]),
        deprecated: keywords["deprecated"] === true,
        readOnly: keywords["readOnly"] === true,
        writeOnly: keywords["writeOnly"] === true,
        evidence: text(keywords["x-evidence"]),
        format: text(keywords["format"]),
        enum: Array.isArray(values) ? values : undefined,
        const: constant,
        default: fallback,
        examples: ownExamples as unknown[],
        required: [...new Set(objects.toReversed().flatMap(({ value }) => requiredOf(value)))],
        properties: readEach(objects, "properties"),
        patternProperties: readEach(objects, "patternProperties"),
        ...readEvery(objects, "additionalProperties"),
        ...readEvery(objects, "items"),
        prefixItems: listOf(objects.find(({ value }) => value.prefixItems) ?? objects[0], "prefixItems").map((part) =>
          read([part]),
        ),
        alternatives: chosen.map((part) => read([part])),
        keywords,
      }),
    );
    const discriminator = objects.map((part) => member(part, "discriminator")).find((part) => part !== undefined);
    if (discriminator) schema.discriminator = readDiscriminator(discriminator, chosen);
  }

  /** The schemas under one keyword by name: those of one name apply together. The farthest come first. */
  function readEach(layers: ObjectPart[], keyword: "properties" | "patternProperties"): Record<string, Schema> {
    const named = new Map<string, SchemaPart[]>();
    for (const layer of layers.toReversed()) {
      for (const [name, part] of propertiesOf(layer, keyword)) named.set(name, [part, ...(named.get(name) ?? [])]);
    }
    return Object.fromEntries([...named].map(([name, parts]) => [name, read(parts)]));
  }

  /** The schema under one keyword: all layers' together. */
  function readEvery<Keyword extends "additionalProperties" | "items">(layers: ObjectPart[], keyword: Keyword) {
    const parts = layers.flatMap((layer) => {
      const part = member(layer, keyword) as SchemaPart | undefined;
      // A list of schemas is what became `prefixItems`.
      return part && !Array.isArray(part.value) ? [part] : [];
    });
    return parts.length === 0 ? {} : ({ [keyword]: read(parts) } as Record<Keyword, Schema>);
  }

  function referredFrom(part: ObjectPart): SchemaPart | undefined {
    if (isReference(part)) return resolve(part, part.value.$ref) as SchemaPart;
    const { $dynamicRef } = part.value;
    return typeof $dynamicRef === "string" ? (resolve(part, $dynamicRef) as SchemaPart) : undefined;
  }

  /** The names that lead to a schema's structure, the nearest first, and the schema that has it, if that is another. */
  function chainOf(part: SchemaPart): { names: string[]; origin: SchemaPart | undefined } {
    const names: string[] = [];
    const passed = new Set<unknown>();
    let current = part;
    for (;;) {
      const [components, kind, name, ...rest] = current.keys;
      const isNamed = components === "components" && kind === "schemas" && rest.length === 0;
      if (isNamed && name !== undefined) names.push(name);
      const only = onlyInner(current);
      if (!only || passed.has(current.value)) break;
      passed.add(current.value);
      current = only;
    }
    return { names, origin: current === part ? undefined : current };
  }

  /** The one schema that another stands for, when it adds no fields to it. */
  function onlyInner(part: SchemaPart): SchemaPart | undefined {
    const { value } = part;
    if (typeof value !== "object" || value === null) return undefined;
    const schema = part as ObjectPart;
    const referred = referredFrom(schema);
    if (referred && ignoresSiblings) return referred;
    if (structure.some((keyword) => value[keyword] !== undefined)) return undefined;
    const applied = [...(referred ? [referred] : []), ...listOf(schema, "allOf"), ...alternativesOf(schema)];
    return applied.length === 1 && typeof applied[0]!.value === "object" ? applied[0] : undefined;
  }

  function readDiscriminator(part: Part<OpenAPIV3_1.DiscriminatorObject>, alternatives: SchemaPart[]): Discriminator {
    const { propertyName = "" } = part.value;
    const mapping = members(member(part, "mapping")).flatMap(([value, target]) => {
      const reference = String(target.value);
      const isPointer = reference.startsWith("#");
      const components = (part.root as OpenAPIV3_1.Document).components?.schemas ?? {};
      // Any other text is a name, or an address that is left to the author.
      if (!isPointer && !Object.hasOwn(components, reference)) return [];
      const pointer = isPointer ? reference : `#/components/schemas/${reference}`;
      return [{ value, schema: read([resolve(target, pointer) as SchemaPart]) }];
    });
    // Without an entry, the value is the schema's name.
    const implied = alternatives.flatMap((alternative) => {
      const [name] = chainOf(alternative).names;
      const schema = read([alternative]);
      return name === undefined || mapping.some((entry) => entry.schema === schema) ? [] : [{ value: name, schema }];
    });
    return { propertyName, mapping: [...mapping, ...implied] };
  }

  return (part) => {
    const schema = read([part as SchemaPart]);
    for (let next = unfinished.pop(); next; next = unfinished.pop()) next();
    return schema;
  };
}

/** A schema that anything fits, for places that have none. */
export const anything: Schema = emptySchema("#");

function emptySchema(pointer: string): Schema {
  const schema: Omit<Schema, "origin"> = {
    pointer,
    types: [],
    nullable: false,
    never: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    examples: [],
    required: [],
    properties: {},
    patternProperties: {},
    prefixItems: [],
    alternatives: [],
    keywords: {},
  };
  return Object.assign(schema, { origin: schema as Schema });
}

/** What a schema has to be one of, null excepted. */
function alternativesOf(part: ObjectPart): SchemaPart[] {
  return choicesOf(part).filter(({ value }) => !isNull(value));
}

function choicesOf(part: ObjectPart): SchemaPart[] {
  return part.value.oneOf ? listOf(part, "oneOf") : listOf(part, "anyOf");
}

function hasNull(part: ObjectPart): boolean {
  return part.value.nullable === true || choicesOf(part).some(({ value }) => isNull(value));
}

function isNull(value: RawSchema | boolean): boolean {
  return typeof value === "object" && value !== null && (value.type === "null" || value.const === null);
}

function requiredOf({ required }: RawSchema): string[] {
  return Array.isArray(required) ? required : [];
}

function listOf(part: ObjectPart | undefined, keyword: "allOf" | "anyOf" | "oneOf" | "prefixItems"): SchemaPart[] {
  const list = part && (member(part, keyword) as Part<(RawSchema | boolean)[]> | undefined);
  if (!list || !Array.isArray(list.value)) return [];
  return list.value.map((value, index) => inner(list, String(index), value));
}

/** Unlike those of other objects, the names of fields may begin with `x-`. */
function propertiesOf(part: ObjectPart, keyword: "properties" | "patternProperties"): [string, SchemaPart][] {
  const map = member(part, keyword) as Part<Record<string, RawSchema | boolean>> | undefined;
  return Object.entries(map?.value ?? {}).map(([name, value]) => [name, inner(map!, name, value)]);
}
