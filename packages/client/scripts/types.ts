import { type Api, type Content, fromPointer, type Operation, type Schema } from "@spherepay/openapi";
import { braces, comment, key, literal, union } from "./text.ts";

/**
 * Where a value goes. An answer has no `writeOnly` members and a request no `readOnly` ones; in a multipart form, binary
 * fields are Blobs.
 */
export type Use = "answer" | "request" | "form";

/** The type of a schema that has a name. */
export interface Declaration {
  name: string;
  /** Name of the schema in the document; none when the type has a made name. */
  schemaName: string | undefined;
  /** TypeScript source. */
  source: string;
}

/** Names that the generated files, or the package's entry, use for something else. */
export const reservedNames = new Set(
  `Array ArrayBuffer Blob Error FormData NonNullable Parameters Promise Record Response URLSearchParams Uint8Array
  components operations paths webhooks
  OperationDescription Servers SetCredential
  FieldErrors OperationId OperationTypes Outcome
  SphereAbortError SphereApiError SphereAttempt SphereCall SphereCallOptions SphereClient SphereClientOptions
  SphereConnectionError SphereCredentials SphereEnvironment SphereError SphereOperations SphereTimeoutError
  SphereVariables`.split(/\s+/),
);

/**
 * Stands before the name of each type until the source is complete: what is left of them has to be imported. No text has
 * it: Unicode keeps it for uses such as this.
 */
const mark = "\uFDD0";

/** Complete source, and the names of the types in it, in the order of the alphabet. */
export function finish(source: string): { source: string; names: string[] } {
  const names = new Set<string>();
  const finished = source.replaceAll(/\uFDD0([\p{ID_Continue}$]+)/gu, (_, name: string) => {
    names.add(name);
    return name;
  });
  return { source: finished, names: [...names].toSorted() };
}

/**
 * Writes the types of an API's schemas. A schema with a name has a type of that name; a second one, such as
 * `CustomerRequest`, where what is sent has other members than what is answered. One that contains itself gets a name.
 *
 * @example
 * const types = createTypes(api);
 * types.write(schema, "answer"); // "Customer"
 */
export function createTypes(api: Api) {
  const names = createNames();
  /** Schemas that have a type of their own, and its name. */
  const declared = new Map<Schema, string>();
  /** Names of the document that stand for a schema of another name. */
  const aliases: [string, string, Schema][] = [];
  /** Named schemas, those that their own type is made of, and how it is used. */
  const parts = new Map<Schema, Set<Schema>>();
  const uses = new Map<Schema, Set<Use>>();
  /** Named schemas whose types are not the same in both directions. */
  const directed = new Set<Schema>();

  // What can have its own name has it, whoever else would come to the same.
  for (const name of Object.keys(api.schemas)) if (typeNameOf(name) === name) names(name);
  for (const [name, schema] of Object.entries(api.schemas)) {
    const typeName = names(name);
    if (schema.name === name) declared.set(schema, typeName);
    else aliases.push([name, typeName, schema]);
  }
  for (const schema of declared.keys()) inspect(schema);
  for (const operation of api.operations) useAll(operation, "request", "answer");
  for (const operation of [...api.webhooks, ...callbacksOf(api)]) useAll(operation, "answer", "request");
  spreadDirections();

  /** The schema with a name that another one refers to, if that adds nothing but words and null. */
  function target(schema: Schema): Schema | undefined {
    if (declared.has(schema)) return schema;
    const named =
      schema.name !== undefined && Object.hasOwn(api.schemas, schema.name) ? api.schemas[schema.name]! : undefined;
    if (!named || !declared.has(named)) return undefined;
    return named.never === schema.never && shapeOf(named) === shapeOf(schema) ? named : undefined;
  }

  /** Finds what a schema is made of, and what of it contains itself. */
  function inspect(root: Schema): void {
    if (parts.has(root)) return;
    const found = new Set<Schema>();
    parts.set(root, found);
    const path = new Set<Schema>();
    const passed = new Set<Schema>();
    const visit = (schema: Schema) => {
      if (path.has(schema) && !target(schema)) {
        const word = fromPointer(schema.pointer).findLast(
          (one) => !/^(?:additionalProperties|items|schema|\d+)$/.test(one),
        );
        declared.set(schema, names(word ?? "", schema));
        inspect(schema);
      }
      const named = path.size > 0 && target(schema);
      if (named) found.add(named);
      if (named || passed.has(schema)) return;
      passed.add(schema);
      path.add(schema);
      if (Object.values(schema.properties).some(({ readOnly, writeOnly }) => readOnly || writeOnly)) directed.add(root);
      for (const child of childrenOf(schema)) visit(child);
      path.delete(schema);
    };
    visit(root);
  }

  /** Notes how each named schema is used that an operation leads to. */
  function useAll(operation: Operation, sent: Use, got: Use): void {
    for (const { schema, content } of operation.parameters) use(schema ?? content?.schema, sent);
    for (const content of operation.body?.contents ?? [])
      use(content.schema ?? content.itemSchema, useOf(content, sent));
    for (const { contents, headers } of operation.responses) {
      for (const { schema, itemSchema } of contents) for (const one of [schema, itemSchema]) use(one, got);
      for (const { schema, content } of headers) use(schema ?? content?.schema, got);
    }
  }

  function use(schema: Schema | undefined, how: Use): void {
    if (!schema) return;
    if (!target(schema)) inspect(schema);
    const pending: [Schema, Use][] = [[target(schema) ?? schema, how]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [one, own] = next;
      const known = uses.get(one) ?? new Set();
      if (known.has(own)) continue;
      uses.set(one, known.add(own));
      // Only the fields of a form itself are Blobs: what is inside of one is JSON.
      for (const part of parts.get(one)!) {
        const isForm = own === "form" && one.alternatives.some((alternative) => target(alternative) === part);
        pending.push([part, own === "form" && !isForm ? "request" : own]);
      }
    }
  }

  /** What is made of a directed type is directed too. */
  function spreadDirections(): void {
    const wholes = new Map<Schema, Schema[]>();
    for (const [whole, found] of parts)
      for (const part of found) wholes.set(part, [...(wholes.get(part) ?? []), whole]);
    const pending = [...directed];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const whole of wholes.get(next) ?? []) {
        if (!directed.has(whole)) pending.push(whole);
        directed.add(whole);
      }
    }
  }

  /** The uses of a named schema that need types of their own. */
  function variantsOf(schema: Schema): Use[] {
    const known = uses.get(schema) ?? new Set(["answer"]);
    const found = (["answer", "request", "form"] as const).filter((one) => known.has(one));
    return found.filter((one, index) => !found.slice(0, index).some((earlier) => areEqual(schema, earlier, one)));
  }

  function areEqual(schema: Schema, one: Use, other: Use): boolean {
    if ((one === "answer") !== (other === "answer") && directed.has(schema)) return false;
    return (one === "form") === (other === "form") || !hasBinaryFields(schema);
  }

  function nameOf(schema: Schema, how: Use): string {
    const variants = variantsOf(schema);
    const variant = variants.find((one) => areEqual(schema, one, how)) ?? variants[0]!;
    const name = declared.get(schema)!;
    return variant === variants[0]
      ? name
      : names(name + (variant === "form" ? "Form" : "Request"), `${name} ${variant}`);
  }

  /** The types that a schema is one of. */
  function members(schema: Schema, how: Use): string[] {
    const named = target(schema);
    if (!named) return structure(schema, how);
    const name = mark + nameOf(named, how);
    return schema.nullable && !named.nullable ? [name, "null"] : [name];
  }

  function structure(schema: Schema, how: Use): string[] {
    if (schema.never) return ["never"];
    const values = schema.const === undefined ? schema.enum : [schema.const];
    const nothing = schema.nullable ? ["null"] : [];
    if (values) return [...values.map(literal), ...nothing];

    const isObject = Boolean(
      schema.additionalProperties ||
      schema.required.length ||
      [schema.properties, schema.patternProperties].some((map) => Object.keys(map).length > 0),
    );
    const isList = Boolean(schema.items || schema.prefixItems.length);
    const chosen = alternatives(schema, how);
    const types = new Set(schema.types.length > 0 ? schema.types : [isObject && "object", isList && "array"]);
    const own = [...types].flatMap((type) => {
      if (type === "object") return objectType(schema, how);
      if (type === "array") return listType(schema, how);
      if (type === "integer") return "number";
      return type && type !== "null" ? type : [];
    });
    if (chosen.length === 0)
      return own.length > 0 ? [...own, ...nothing] : nothing.length > 0 && types.has("null") ? nothing : ["unknown"];
    if (own.length === 0 || !(isObject || isList)) return [...chosen, ...nothing];
    return [`(${parenthesised(own)} & ${parenthesised(chosen)})`, ...nothing];
  }

  /** The types of what a schema has to be one of; none where they do not say more than the schema itself. */
  function alternatives(schema: Schema, how: Use): string[] {
    if (schema.alternatives.length === 0 || leadsBack(schema)) return [];
    const { propertyName = "", mapping = [] } = schema.discriminator ?? {};
    const found = schema.alternatives.flatMap((alternative) => {
      const types = members(alternative, how);
      const same = (other: Schema) => (target(other) ?? other) === (target(alternative) ?? alternative);
      const values = mapping.filter((entry) => same(entry.schema)).map(({ value }) => literal(value));
      const property = Object.hasOwn(alternative.properties, propertyName)
        ? alternative.properties[propertyName]
        : undefined;
      if (values.length === 0 || !property || property.enum || property.const !== undefined) return types;
      return [`(${parenthesised(types)} & { ${key(propertyName)}: ${union(values)} })`];
    });
    return found.includes("unknown") ? [] : found;
  }

  /** Whether a schema is, through one of its alternatives, one of its own: then there is nothing to choose. */
  function leadsBack(schema: Schema): boolean {
    const self = target(schema) ?? schema;
    const passed = new Set<Schema>();
    const pending = [...schema.alternatives];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const one = target(next) ?? next;
      if (one === self) return true;
      if (passed.has(one)) continue;
      passed.add(one);
      pending.push(...one.alternatives);
    }
    return false;
  }

  function objectType(schema: Schema, how: Use): string {
    const properties = Object.entries(schema.properties);
    const hidden = how === "answer" ? "writeOnly" : "readOnly";
    const shown = properties.filter(([, property]) => !property[hidden]);
    const undeclared = schema.required.filter((name) => !Object.hasOwn(schema.properties, name));
    const types = shown.map(([name, property]) => {
      const type = union(how === "form" ? fieldTypes(property) : members(property, how));
      return { name, type, property, isOptional: !schema.required.includes(name) };
    });
    const lines = [
      ...types.map(
        ({ name, type, property, isOptional }) => `${wordsOf(property)}${key(name)}${isOptional ? "?" : ""}: ${type};`,
      ),
      ...undeclared.map((name) => `${key(name)}: unknown;`),
    ];
    const { additionalProperties: rest } = schema;
    const others = [...(rest && !rest.never ? [rest] : []), ...Object.values(schema.patternProperties)].map((one) =>
      write(one, how),
    );
    if (others.length > 0) {
      // To the compiler an index covers the declared members too.
      const all = [
        ...others,
        ...types.map(({ type }) => type),
        ...(types.some((one) => one.isOptional) ? ["undefined"] : []),
      ];
      lines.push(`[name: string]: ${undeclared.length > 0 ? "unknown" : union(all)};`);
    } else if (properties.length === 0 && undeclared.length === 0) {
      return rest?.never ? "Record<string, never>" : "{ [name: string]: unknown }";
    }
    return braces(lines);
  }

  /** The types that a field of a multipart form is one of. */
  function fieldTypes(schema: Schema): string[] {
    if (!holdsBytes(schema)) return members(schema, "request");
    const nothing = schema.nullable ? ["null"] : [];
    if (isBinary(schema)) return ["Blob", ...nothing];
    if (schema.items) return [`${parenthesised(fieldTypes(schema.items))}[]`, ...nothing];
    return [...schema.alternatives.flatMap(fieldTypes), ...nothing];
  }

  function listType(schema: Schema, how: Use): string {
    const { items, prefixItems } = schema;
    const rest = items ? parenthesised(members(items, how)) : "unknown";
    if (prefixItems.length === 0) return `${rest}[]`;
    const { minItems, maxItems } = schema.keywords;
    const least = typeof minItems === "number" ? minItems : 0;
    const first = prefixItems.map((item, index) => {
      const type = parenthesised(members(item, how));
      return index < least ? type : `${type}?`;
    });
    const isClosed = items?.never || (typeof maxItems === "number" && maxItems <= prefixItems.length);
    return `[${[...first, ...(isClosed ? [] : [`...${rest}[]`])].join(", ")}]`;
  }

  function write(schema: Schema, how: Use): string {
    return union(members(schema, how));
  }

  return {
    /** The type of a value, as source that is to be finished. */
    write,
    /** The types with names. */
    declarations(): Declaration[] {
      const own = [...declared].flatMap(([schema, name]) =>
        variantsOf(schema).map((variant): Declaration => {
          const { origin } = schema;
          const isOther = origin !== schema && declared.has(origin) && shapeOf(origin) === shapeOf(schema);
          const type = isOther ? members({ ...schema, name: origin.name! }, variant) : structure(schema, variant);
          const typeName = nameOf(schema, variant);
          return {
            name: typeName,
            schemaName: typeName === name ? schema.name : undefined,
            source: `${wordsOf(schema)}export type ${typeName} = ${union(type)};\n`,
          };
        }),
      );
      return [
        ...own,
        ...aliases.map(([schemaName, name, schema]): Declaration => {
          return { name, schemaName, source: `${wordsOf(schema)}export type ${name} = ${write(schema, "answer")};\n` };
        }),
      ];
    },
  };
}

/** Where a body goes that is sent in a media type. */
export function useOf({ kind }: Content, sent: Use): Use {
  return kind === "multipart" && sent === "request" ? "form" : sent;
}

/** What is said of a value, as a doc comment: first by its place, as far as that says anything, then by its schema. */
export function wordsOf(schema: Schema, place: { description?: string; deprecated?: boolean } = {}) {
  const { title, description, deprecated, format, default: fallback, examples } = schema;
  const tags = [
    ...(deprecated || place.deprecated ? ["@deprecated"] : []),
    ...(format === undefined ? [] : [`@format ${format}`]),
    ...(fallback === undefined ? [] : [`@default ${literal(fallback)}`]),
    ...examples.map((example) => `@example ${typeof example === "string" ? example : literal(example)}`),
  ];
  return comment(place.description ?? description ?? title, tags.join("\n"));
}

function* callbacksOf(api: Api): Generator<Operation> {
  const passed = new Set<Operation>();
  const pending = [...api.operations, ...api.webhooks];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const operation of next.callbacks.flatMap(({ operations }) => operations)) {
      if (passed.has(operation)) continue;
      passed.add(operation);
      pending.push(operation);
      yield operation;
    }
  }
}

function parenthesised(types: string[]): string {
  return types.length > 1 ? `(${union(types)})` : types[0]!;
}

/** Of what a schema says, that which words do not. */
function shapeOf({ types, enum: values, const: constant, required }: Schema): string {
  return JSON.stringify([types.filter((type) => type !== "null"), values, constant, required]);
}

function childrenOf(schema: Schema): Schema[] {
  const { properties, patternProperties, additionalProperties, items, prefixItems, alternatives } = schema;
  return [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...[additionalProperties ?? [], items ?? []].flat(),
    ...prefixItems,
    ...alternatives,
  ];
}

/** Whether a field of a form holds bytes as they are. */
function isBinary({ types, format, keywords }: Schema): boolean {
  if (types.some((type) => type !== "string" && type !== "null")) return false;
  return (
    format === "binary" || (keywords["contentMediaType"] !== undefined && keywords["contentEncoding"] === undefined)
  );
}

/** Whether a field of a form is, or is a list of, or may be, bytes as they are. */
function holdsBytes(schema: Schema, passed = new Set<Schema>()): boolean {
  if (passed.has(schema)) return false;
  passed.add(schema);
  const inner = schema.items ? [schema.items, ...schema.alternatives] : schema.alternatives;
  return isBinary(schema) || inner.some((one) => holdsBytes(one, passed));
}

function hasBinaryFields({ properties, alternatives }: Schema, passed = new Set<Schema>()): boolean {
  return (
    Object.values(properties).some((property) => holdsBytes(property)) ||
    alternatives.some((one) => !passed.has(one) && hasBinaryFields(one, passed.add(one)))
  );
}

/** The identifier that a name comes to, which is none of ours. */
function typeNameOf(name: string): string {
  const words = name.match(/[\p{ID_Continue}$]+/gu) ?? [];
  const plain = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return /^[\p{ID_Start}$_]/u.test(plain) && !reservedNames.has(plain) ? plain : `Schema${plain}`;
}

/** Gives each name that is asked for one that is an identifier, and nobody else's. */
function createNames() {
  const given = new Map<unknown, string>();
  const used = new Set(reservedNames);
  return (wanted: string, id: unknown = `schema ${wanted}`): string => {
    const known = given.get(id);
    if (known !== undefined) return known;
    const start = typeNameOf(wanted);
    let name = start;
    for (let count = 2; used.has(name); count += 1) name = `${start}${count}`;
    used.add(name);
    given.set(id, name);
    return name;
  };
}
