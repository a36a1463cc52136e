/** Parts of a raw document, each with its place, so that whatever is wrong can say where. */
import { OpenApiError } from "./openapi-error.ts";
import { fromPointer, toPointer } from "./pointer.ts";

/** A part of a document. */
export interface Part<Value = unknown> {
  value: Value;
  /** The keys that lead to it from the root. */
  keys: readonly string[];
  root: object;
}

/** A place that says where else its contents stand. In OpenAPI 3.1 it may have words of its own. */
export interface Reference {
  $ref: string;
  summary?: string;
  description?: string;
}

/** What may stand in its place, or elsewhere. */
export type Referable<Value> = Value | Reference;

/** Says what is wrong with a part, and how to mend it. */
export function refuse(part: Part, reason: string): never {
  throw new OpenApiError(pointerOf(part), reason);
}

/** JSON pointer of a part. */
export function pointerOf({ keys }: Part): string {
  return toPointer(keys);
}

/** What stands under a key of a part. */
export function inner<Value>({ keys, root }: Part, key: string, value: Value): Part<Value> {
  return { value, keys: [...keys, key], root };
}

/** A member of an object, when it has one of that name. */
export function member<Value extends object, Key extends keyof Value & string>(
  part: Part<Value>,
  key: Key,
): Part<NonNullable<Value[Key]>> | undefined {
  const value = part.value[key];
  return value === undefined || value === null ? undefined : inner(part, key, value);
}

/** The members of an object whose names are the author's; none where there is no object. */
export function members<Value>(part: Part<Record<string, Value>> | undefined): [name: string, Part<Value>][] {
  if (!part) return [];
  expectObject(part);
  return Object.entries(part.value).map(([name, value]) => [name, inner(part, name, value)]);
}

/** The members of an object that may also have extensions, which are left out: `paths`, `responses` and callbacks. */
export function patternedMembers<Value>(part: Part<Record<string, Value>> | undefined): [name: string, Part<Value>][] {
  return members(part).filter(([name]) => !name.startsWith("x-"));
}

/** The items of a list; none where there is no list. */
export function items<Value>(part: Part<readonly Value[]> | undefined): Part<Value>[] {
  if (!part) return [];
  if (!Array.isArray(part.value)) refuse(part, "this must be a list.");
  return part.value.map((value, index) => inner(part, String(index), value));
}

/** Refuses what is no object. */
export function expectObject(part: Part): void {
  const { value } = part;
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(part, "this must be an object.");
}

/** Text, also where YAML made a number or a truth value of it, such as `version: 1.0`. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** What a part says in `x-evidence`. */
export function evidenceOf({ value }: Part<object>): string | undefined {
  return text((value as Record<string, unknown>)["x-evidence"]);
}

/**
 * Goes where a part says that its contents stand, as often as it does. Words beside a `$ref` replace those of its target.
 *
 * @throws OpenApiError when nothing is there, or the way leads in a circle
 */
export function follow<Value>(part: Part<Value>): Part<Exclude<Value, Reference>> {
  let current: Part = part;
  const words: Partial<Reference> = {};
  for (const passed = new Set(); isReference(current); current = resolve(current, current.value.$ref)) {
    if (passed.has(current.value)) refuse(part, "the reference leads back to itself. Write its contents in one place.");
    passed.add(current.value);
    const { summary, description } = current.value;
    if (summary !== undefined) words.summary ??= summary;
    if (description !== undefined) words.description ??= description;
  }
  expectObject(current);
  const value = Object.keys(words).length > 0 ? { ...(current.value as object), ...words } : current.value;
  return { ...current, value } as Part<Exclude<Value, Reference>>;
}

/** Whether a part only says where its contents stand. */
export function isReference(part: Part): part is Part<Reference> {
  return typeof (part.value as Reference | null | undefined)?.$ref === "string";
}

/**
 * Finds what a reference names.
 *
 * @param part the part that refers
 * @throws OpenApiError when nothing is there
 */
export function resolve(part: Part, reference: string): Part {
  const { root } = part;
  if (reference === "#" || reference.startsWith("#/")) {
    const keys = fromPointer(reference);
    const value = keys.reduce<unknown>((node, key) => stepInto(node, key), root);
    if (value !== undefined) return { value, keys, root };
    return refuse(part, `the reference ${reference} points to nothing. Define it there, or mend the reference.`);
  }
  const named = namedParts(root).get(reference);
  if (named) return named;
  return refuse(
    part,
    reference.startsWith("#")
      ? `the reference ${reference} names an anchor that no schema has. Add \`$anchor: ${reference.slice(1)}\` to one.`
      : `the reference ${reference} leads out of the document. Bundle it first: \`redocly bundle\` puts all into one file.`,
  );
}

function stepInto(node: unknown, key: string): unknown {
  return typeof node === "object" && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;
}

const namesOf = new WeakMap<object, Map<string, Part>>();

/** What has a name of its own: `$id`, or `#` with `$anchor` or `$dynamicAnchor`. Looked up once for each document. */
function namedParts(root: object): Map<string, Part> {
  const known = namesOf.get(root);
  if (known) return known;
  const named = new Map<string, Part>();
  const passed = new Set<unknown>();
  const pending: Part[] = [{ value: root, keys: [], root }];
  for (const part of pending) {
    const { value } = part;
    if (typeof value !== "object" || value === null || passed.has(value)) continue;
    passed.add(value);
    const { $id, $anchor, $dynamicAnchor } = value as Record<string, unknown>;
    for (const name of [$id, $anchor && `#${$anchor}`, $dynamicAnchor && `#${$dynamicAnchor}`]) {
      if (typeof name === "string" && !named.has(name)) named.set(name, part);
    }
    for (const [key, child] of Object.entries(value)) pending.push(inner(part, key, child));
  }
  namesOf.set(root, named);
  return named;
}

/** An object without those members that have no value. */
export function defined<Members extends object>(given: Members): Defined<Members> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<Members>;
}

type Defined<Members> = {
  [Key in keyof Members as undefined extends Members[Key] ? never : Key]: Members[Key];
} & {
  [Key in keyof Members as undefined extends Members[Key] ? Key : never]?: Exclude<Members[Key], undefined>;
};
