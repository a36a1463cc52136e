import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isObject, keysOf } from "./pointer.ts";
import { readJson } from "./json.ts";

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

/** An OpenAPI document as written: references are not followed, and nothing is changed but for integers. */
export interface Source {
  /** What the entry file holds. An integer that a number cannot hold exactly is a `bigint`, here and in all places. */
  readonly root: Record<string, unknown>;
  /** Of its version: 0 for OpenAPI 3.0, and so on. */
  readonly minor: 0 | 1 | 2;
  /** The root as a place. */
  readonly start: Place;
  /** The paths of all its files. */
  readonly files: readonly string[];
  /** Goes where a `$ref` leads; `undefined` when that is nowhere, of which a warning is up to the caller. */
  resolve(reference: string, from: Place): Place | undefined;
}

/** Goes down from a place. */
export function child(place: Place, ...keys: (string | number)[]): Place {
  let { value } = place;
  for (const key of keys) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return { value, source: place.source, keys: [...place.keys, ...keys.map(String)] };
}

/** Follows the `$ref` of a place that is no schema, and that of the place it leads to; `undefined` where one leads nowhere. */
export function dereference(source: Source, place: Place): Place | undefined {
  const seen = new Set<unknown>();
  let here: Place | undefined = place;
  while (here && isObject(here.value) && typeof here.value["$ref"] === "string") {
    if (seen.has(here.value)) return undefined;
    seen.add(here.value);
    here = source.resolve(here.value["$ref"], here);
  }
  return here;
}

/** Reads a document: its path, its URL, or its parsed form, which is copied. */
export async function readSource(spec: string | URL | object): Promise<Source> {
  const isParsed = typeof spec === "object" && !(spec instanceof URL);
  const uri = isParsed ? "mock:/document" : urlOf(spec);
  const root = isParsed ? structuredClone(spec) : readJson(await readFile(fileURLToPath(uri), "utf8"));
  const [, minor] = /^3\.([012])\./.exec((root as { openapi?: string }).openapi ?? "") ?? [];
  if (!minor) throw new Error("it is not an OpenAPI 3.x document");
  const file: SourceFile = { uri, root };
  const start: Place = { value: root, source: file, keys: [] };
  return {
    root: root as Record<string, unknown>,
    minor: Number(minor) as 0 | 1 | 2,
    start,
    files: isParsed ? [] : [fileURLToPath(uri)],
    resolve: (reference) => {
      const place = child(start, ...keysOf(decodeURIComponent(reference.slice(1))));
      return reference.startsWith("#") && place.value !== undefined ? place : undefined;
    },
  };
}

function urlOf(spec: string | URL): string {
  return spec instanceof URL || /^(?:https?|file):/.test(spec) ? String(spec) : pathToFileURL(spec).href;
}
