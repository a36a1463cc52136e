import { memberOf, membersOf, itemsOf } from "./operations.ts";
import { isObject } from "./pointer.ts";
import type { Schemas, SchemaType } from "./schemas.ts";
import { dereference, type Place, type Source } from "./source.ts";

/** What a request says before a schema gives it types: text, a list, or fields. */
export type Untyped = string | readonly Untyped[] | ReadonlyMap<string, Untyped>;

/** What schemas say of a value that is written as text. */
export interface Shape {
  /** The types that they allow; empty where they name none. */
  readonly types: ReadonlySet<SchemaType>;
  /** The fields that they name. */
  readonly names: ReadonlySet<string>;
  /** Whether they have something to say of fields that they do not name. */
  readonly isOpen: boolean;
  /** Whether a list or an object may be written as JSON. */
  readonly readsJson: boolean;
  field(name: string): Shape;
  item(index: number): Shape;
  fits(value: unknown): boolean;
}

// JSON's, and with a plus sign and zeros before it, as Prism takes it too.
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Makes the shape of what schemas describe together.
 *
 * @param readsJson whether a list or an object may be written as JSON, as in forms
 */
export function createShape(source: Source, schemas: Schemas, places: readonly Place[], readsJson: boolean): Shape {
  const forms = formsOf(source, places);
  const parts = new Map<string, Shape>();
  const part = (key: string, find: (form: Place) => Place[]): Shape => {
    const known = parts.get(key) ?? createShape(source, schemas, forms.flatMap(find), readsJson);
    parts.set(key, known);
    return known;
  };
  const names = new Set(forms.flatMap((form) => membersOf(memberOf(form, "properties")).map(([name]) => name)));
  return {
    types: typesOf(schemas, places),
    names,
    isOpen: names.size === 0 || forms.some(isOpen),
    readsJson,
    field: (name) => (names.has(name) ? part(`.${name}`, propertyOf(name)) : part("*", otherProperties)),
    item: (index) => part(forms.some((form) => memberOf(form, "prefixItems")) ? String(index) : "0", itemOf(index)),
    fits: (value) => places.some((place) => schemas.validator(place, "request")(value).length === 0),
  };
}

/** The types that one of several schemas allows. Those that name none say nothing. */
function typesOf(schemas: Schemas, places: readonly Place[]): Set<SchemaType> {
  const found = new Set<SchemaType>();
  for (const types of places.map((place) => schemas.typesOf(place))) {
    if (types.size < 7) types.forEach((type) => found.add(type));
  }
  return found;
}

/** The schemas that a value has to do with when it has to do with these. */
function formsOf(source: Source, places: readonly Place[]): Place[] {
  const forms: Place[] = [];
  const passed = new Set<unknown>();
  const pending = [...places];
  for (const place of pending) {
    if (!isObject(place.value) || passed.has(place.value)) continue;
    passed.add(place.value);
    forms.push(place);
    const { $ref } = place.value;
    const target = typeof $ref === "string" ? dereference(source, place) : undefined;
    const branches = ["allOf", "anyOf", "oneOf"].flatMap((key) => itemsOf(memberOf(place, key)));
    const others = ["then", "else"].flatMap((key) => memberOf(place, key) ?? []);
    pending.push(...(target ? [target] : []), ...branches, ...others);
  }
  return forms;
}

function isOpen(form: Place): boolean {
  const others = memberOf(form, "additionalProperties")?.value;
  return memberOf(form, "patternProperties") !== undefined || (others !== undefined && others !== false);
}

function propertyOf(name: string): (form: Place) => Place[] {
  return (form) => {
    const properties = memberOf(form, "properties");
    return (properties && [memberOf(properties, name) ?? []].flat()) ?? [];
  };
}

function otherProperties(form: Place): Place[] {
  const patterns = membersOf(memberOf(form, "patternProperties")).map(([, place]) => place);
  return [...patterns, ...[memberOf(form, "additionalProperties") ?? []].flat()];
}

function itemOf(index: number): (form: Place) => Place[] {
  return (form) => {
    const place = itemsOf(memberOf(form, "prefixItems"))[index] ?? memberOf(form, "items");
    return place ? [place] : [];
  };
}

/**
 * Gives what a request says the types of a schema: the first reading that fits it, or else the first of all.
 *
 * @example
 * typed("5", shape); // 5 where the schema allows numbers, "5" where it does not
 */
export function typed(sent: Untyped, shape: Shape): unknown {
  const [first, ...others] = readings(sent, shape);
  return others.length === 0 || shape.fits(first) ? first : (others.find((other) => shape.fits(other)) ?? first);
}

/** All that something can mean, at least one. */
export function readings(sent: Untyped, shape: Shape): unknown[] {
  if (typeof sent === "string") return readText(sent, shape);
  if (Array.isArray(sent)) return [sent.map((item: Untyped, index) => typed(item, shape.item(index)))];
  const fields = [...(sent as ReadonlyMap<string, Untyped>)];
  const isList = shape.types.has("array") && fields.every(([name]) => /^\d*$/.test(name));
  if (isList)
    return readings(
      fields.flatMap(([, value]) => value),
      shape,
    );
  return [Object.fromEntries(fields.map(([name, value]) => [name, typed(value, shape.field(name))]))];
}

function readText(text: string, shape: Shape): unknown[] {
  const { types, readsJson } = shape;
  const found: unknown[] = [];
  if (types.has("number")) found.push(...readNumber(text));
  // What is not whole stays the text that it is, as in Prism: it breaks no rule for numbers.
  else if (types.has("integer")) found.push(...readNumber(text).filter((number) => Number.isInteger(Number(number))));
  if (types.has("boolean") && (text === "true" || text === "false")) found.push(text === "true");
  if (types.has("null") && (text === "" || text === "null")) found.push(null);
  if (readsJson && (types.has("object") || types.has("array"))) found.push(...readComposed(text));
  if (types.has("string")) found.push(text);
  // A list of one looks like its item.
  if (types.has("array") && !found.some(Array.isArray)) found.push([typed(text, shape.item(0))]);
  return found.length > 0 ? found : [text];
}

function readNumber(text: string): (number | bigint)[] {
  if (!NUMBER.test(text)) return [];
  const number = Number(text);
  if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) return [BigInt(text.replace("+", ""))];
  return Number.isFinite(number) ? [number] : [];
}

function readComposed(text: string): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
