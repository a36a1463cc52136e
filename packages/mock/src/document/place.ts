import { at } from "./pointer.ts";

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
export function child({ value, source, keys }: Place, ...more: (string | number)[]): Place {
  const names = more.map(String);
  return { value: at(value, names), source, keys: [...keys, ...names] };
}
