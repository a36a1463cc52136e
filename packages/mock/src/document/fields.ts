import { at, isObject } from "./pointer.ts";

/** What a `$ref` of a schema leads to. */
export type Target = (reference: string) => unknown;

/** The order in which schemas declare the fields of a value, and those of its fields. */
export class Fields {
  readonly #target: Target;
  readonly #forms: readonly Record<string, unknown>[];
  readonly #names = new Map<string, number>();
  readonly #inner = new Map<string, Fields>();

  /** @param schemas what applies to the value */
  constructor(schemas: readonly unknown[], target: Target) {
    this.#target = target;
    this.#forms = formsOf(schemas, target);
    for (const { properties } of this.#forms) {
      if (!isObject(properties)) continue;
      for (const name of Object.keys(properties)) if (!this.#names.has(name)) this.#names.set(name, this.#names.size);
    }
  }

  /** Where each of the keys is declared that lead to a part of the value. */
  positionOf(keys: readonly string[], position: number[] = []): number[] {
    const key = keys[position.length];
    if (key === undefined) return position;
    const declared = this.#names.get(key);
    const isIndex = declared === undefined && /^\d+$/.test(key);
    position.push(isIndex ? Number(key) : (declared ?? Infinity));
    return (isIndex ? this.#item(key) : this.#field(key)).positionOf(keys, position);
  }

  #field(name: string): Fields {
    return this.#innerAt(name, (form) => at(form, ["properties", name]) ?? form["additionalProperties"]);
  }

  #item(index: string): Fields {
    const isListed = this.#forms.some((form) => at(form, ["prefixItems", index]) !== undefined);
    return isListed
      ? this.#innerAt(index, (form) => at(form, ["prefixItems", index]))
      : this.#innerAt("items", (form) => form["items"]);
  }

  /** Declared fields of the same value. */
  #innerAt(key: string, schemaOf: (form: Record<string, unknown>) => unknown): Fields {
    const known = this.#inner.get(key);
    if (known) return known;
    const fields = new Fields(this.#forms.map(schemaOf), this.#target);
    this.#inner.set(key, fields);
    return fields;
  }
}

/** The schemas that a value has to do with when it has to do with these. */
function formsOf(schemas: readonly unknown[], target: Target): Record<string, unknown>[] {
  const forms = new Set<Record<string, unknown>>();
  const pending = [...schemas];
  for (const schema of pending) {
    if (!isObject(schema) || forms.has(schema)) continue;
    forms.add(schema);
    const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema;
    if (typeof $ref === "string") pending.push(target($ref));
    pending.push(...[allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : [])), then, otherwise);
  }
  return [...forms];
}

/** Compares two positions, for a sort. */
export function comparePositions(one: readonly number[], other: readonly number[]): number {
  for (let level = 0; level < Math.max(one.length, other.length); level++) {
    const [left, right] = [one[level] ?? -1, other[level] ?? -1];
    if (left !== right) return left - right;
  }
  return 0;
}
