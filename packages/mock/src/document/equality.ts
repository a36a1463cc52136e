import { isObject } from "./pointer.ts";

/** What is the same for JSON values that are equal (JSON Schema 2020-12 Core, section 4.2.2), and for no others. */
export function keyOf(value: unknown): unknown {
  return isObject(value) || typeof value === "string" ? canonical(value) : value;
}

/** The first two elements that are equal as JSON values, in time that grows with the size of the list alone. */
export function findEqual(list: readonly unknown[]): [first: number, second: number] | undefined {
  const seen = new Map<unknown, number>();
  for (const [index, element] of list.entries()) {
    const key = keyOf(element);
    const first = seen.get(key);
    if (first !== undefined) return [first, index];
    seen.set(key, index);
  }
  return undefined;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return ["bigint", String(part)];
    if (!isObject(part) || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
