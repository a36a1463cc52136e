import { KEYWORDS } from "./keywords.ts";
import { isObject } from "./pointer.ts";
import { child, type Place } from "./place.ts";
import type { Source } from "./source.ts";

/** Which way a value goes: readOnly members do not count in requests, writeOnly ones not in responses. */
export type Direction = "request" | "response";

/** A schema that is no boolean. */
export interface SchemaPlace extends Place {
  readonly value: Record<string, unknown>;
}

const FLAGS = { request: "readOnly", response: "writeOnly" } as const;
const APPLICATORS = Object.entries(KEYWORDS).flatMap(([name, { kind }]) => (kind === "value" ? [] : [name]));
const IN_PLACE = Object.entries(KEYWORDS).flatMap(([name, { isInPlace }]) => (isInPlace ? [name] : []));

/** Finds the schemas that apply to the same value: through `$ref`, `allOf`, `oneOf`, `if` and their like. */
export class InPlace {
  readonly #source: Source;
  readonly #known = new WeakMap<object, readonly SchemaPlace[]>();
  readonly #flagged = { request: new WeakMap<object, Set<string>>(), response: new WeakMap<object, Set<string>>() };

  constructor(source: Source) {
    this.#source = source;
  }

  /** A schema, and all that apply where it applies. */
  from(place: Place): readonly SchemaPlace[] {
    if (!isSchemaPlace(place)) return [];
    const known = this.#known.get(place.value);
    if (known) return known;
    const found = new Map<unknown, SchemaPlace>([[place.value, place]]);
    for (const schema of found.values()) {
      for (const next of this.next(schema))
        if (isSchemaPlace(next) && !found.has(next.value)) found.set(next.value, next);
    }
    const schemas = [...found.values()].filter((schema) => !this.isAlias(schema));
    this.#known.set(place.value, schemas);
    return schemas;
  }

  /** Whether a schema is its `$ref` and nothing else: in OpenAPI 3.0 what stands beside it does not count. */
  isAlias({ value }: SchemaPlace): boolean {
    return this.#source.minor === 0 && typeof value["$ref"] === "string";
  }

  /** What a schema refers to, and what its keywords apply to the same value. */
  next(schema: SchemaPlace, keywords: readonly string[] = IN_PLACE): Place[] {
    return [...this.targets(schema), ...(this.isAlias(schema) ? [] : this.parts(schema, keywords))];
  }

  /** What a schema refers to. */
  targets(schema: SchemaPlace): Place[] {
    return [schema.value["$ref"], schema.value["$dynamicRef"]].flatMap((reference) =>
      typeof reference === "string" ? (this.#source.resolve(reference, schema) ?? []) : [],
    );
  }

  /** The schemas that keywords of a schema hold. */
  parts(schema: SchemaPlace, keywords: readonly string[]): Place[] {
    return keywords.flatMap((name) => {
      const held = schema.value[name];
      if (!isObject(held)) return [];
      return KEYWORDS[name]!.kind === "schema"
        ? child(schema, name)
        : Object.keys(held).map((key) => child(schema, name, key));
    });
  }

  /** The members that are readOnly, for a request, or writeOnly, for a response, in any of the schemas that apply. */
  flagged(place: Place, direction: Direction): ReadonlySet<string> {
    if (!isSchemaPlace(place)) return new Set();
    const known = this.#flagged[direction].get(place.value);
    if (known) return known;
    const names = new Set<string>();
    for (const schema of this.from(place)) {
      const { properties } = schema.value;
      if (!isObject(properties)) continue;
      for (const name of Object.keys(properties)) {
        if (!names.has(name) && this.isFlagged(child(schema, "properties", name), direction)) names.add(name);
      }
    }
    this.#flagged[direction].set(place.value, names);
    return names;
  }

  /** Whether a schema is readOnly, for requests, or writeOnly, for responses, by itself or by what it consists of. */
  isFlagged(place: Place, direction: Direction): boolean {
    const found = new Map<unknown, SchemaPlace>();
    if (isSchemaPlace(place)) found.set(place.value, place);
    for (const schema of found.values()) {
      if (!this.isAlias(schema) && schema.value[FLAGS[direction]] === true) return true;
      for (const next of this.next(schema, ["allOf"])) if (isSchemaPlace(next)) found.set(next.value, next);
    }
    return false;
  }

  /** Whether `flagged` finds a member here or anywhere below. */
  hasFlagged(place: Place, direction: Direction): boolean {
    const found = new Set<unknown>();
    const pending = [place];
    for (const schema of pending) {
      if (!isSchemaPlace(schema) || found.has(schema.value)) continue;
      if (this.flagged(schema, direction).size > 0) return true;
      found.add(schema.value);
      pending.push(...this.next(schema, APPLICATORS));
    }
    return false;
  }
}

export function isSchemaPlace(place: Place): place is SchemaPlace {
  return isObject(place.value) && !Array.isArray(place.value);
}
