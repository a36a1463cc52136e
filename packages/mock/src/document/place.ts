import { isObject } from "./pointer.ts";

/** A file of a document, or the parsed document that was given in place of one. */
export interface SourceFile {
  readonly uri: string;
  readonly root: unknown;
}

/** Somewhere in a document: what stands there, and the way to it. */
export interface Place {
  readonly value: unknown;
  readonly source: SourceFile;
  readonly keys: readonly string[];
}

/** Goes down from a place. */
export function child(place: Place, ...keys: (string | number)[]): Place {
  let { value } = place;
  for (const key of keys) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return { value, source: place.source, keys: [...place.keys, ...keys.map(String)] };
}
