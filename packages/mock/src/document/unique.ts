import { isObject } from "./pointer.ts";

/** The first two elements that are equal as JSON values, in time that grows with the size of the list alone. */
export function findEqual(list: readonly unknown[]): [first: number, second: number] | undefined {
  const seen = new Map<unknown, number>();
  for (const [index, element] of list.entries()) {
    const key = isObject(element) || typeof element === "string" ? canonical(element) : element;
    const first = seen.get(key);
    if (first !== undefined) return [first, index];
    seen.set(key, index);
  }
  return undefined;
}

/** The same text for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
