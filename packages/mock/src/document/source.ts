import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { absolute, Identifiers } from "./identifiers.ts";
import { readJson } from "./json.ts";
import { child, type Place, type SourceFile } from "./place.ts";
import { decode, fragmentKeys, isObject } from "./pointer.ts";

export { child, type Place, type SourceFile } from "./place.ts";

/** An OpenAPI document as written: references are not followed, and nothing is changed but for integers. */
export interface Source {
  /** What the entry file holds. An integer that a number cannot hold exactly is a `bigint`, here and in all places. */
  readonly root: Record<string, unknown>;
  /** Of its version: 0 for OpenAPI 3.0, and so on. */
  readonly minor: 0 | 1 | 2;
  /** The root as a place. */
  readonly start: Place;
  /** The paths of its files. */
  readonly files: readonly string[];
  /** Which files could not be read: a sentence each. */
  readonly warnings: readonly string[];
  /** Goes where a `$ref` leads; `undefined` when that is nowhere, of which a warning is up to the caller. */
  resolve(reference: string, from: Place): Place | undefined;
  /** The schemas with a `$dynamicAnchor`, by its name, in the resource that a schema is part of. */
  dynamicAnchors(schema: Place): ReadonlyMap<string, Place>;
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

/** How long a file may take to come from the network, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Reads a document, and the files that its references lead to.
 *
 * @param spec its path, its URL (`file:` or `http:`), or its parsed form, which is copied
 * @throws {Error} when it cannot be read, or is not OpenAPI 3.x; the message is the reason alone
 * @example
 * const source = await readSource("openapi.yaml");
 * source.resolve("#/components/schemas/Pet", source.start)?.value; // { type: "object", … }
 */
export async function readSource(spec: string | URL | object): Promise<Source> {
  const isParsed = typeof spec === "object" && !(spec instanceof URL);
  // References of a parsed document are relative to the working directory.
  const uri = isParsed ? pathToFileURL("openapi.json").href : uriOf(spec);
  const root: unknown = isParsed ? structuredClone(spec) : await readFrom(uri);
  const version = isObject(root) ? /^3\.([012])(?:\.|$)/.exec(String(root["openapi"])) : null;
  if (!isObject(root) || !version) throw new Error("it is not an OpenAPI 3.x document");

  const { files, identifiers, warnings } = await readOthers({ uri, root });
  const start = rootOf(files.get(uri)!);
  const resources = new Map([...files].map(([name, file]) => [name, rootOf(file)]));
  for (const [name, place] of identifiers.resources) resources.set(name, place);

  const resolved = new Map<string, Place>();
  return {
    root,
    minor: Number(version[1]) as 0 | 1 | 2,
    start,
    files: [...files.keys()].filter((name) => name.startsWith("file:") && !(isParsed && name === uri)).map(pathOf),
    warnings,
    resolve(reference, from) {
      const [address = "", fragment = ""] = reference.split(/#(.*)/s);
      const base = identifiers.baseOf(from);
      const target = address === "" ? base : absolute(address, base);
      const name = `${target}#${fragment}`;
      const known = resolved.get(name);
      if (known || target === undefined) return known;
      const place = locate(resources.get(target), fragment) ?? identifiers.anchor(target, decode(fragment));
      if (place) resolved.set(name, place);
      return place;
    },
    dynamicAnchors: (schema) => identifiers.dynamicAnchors(identifiers.baseOf(schema)),
  };
}

function locate(resource: Place | undefined, fragment: string): Place | undefined {
  if (!resource || !/^(?:\/|$)/.test(fragment)) return undefined;
  const place = child(resource, ...fragmentKeys(fragment));
  return place.value === undefined ? undefined : place;
}

function rootOf(source: SourceFile): Place {
  return { value: source.root, source, keys: [] };
}

/** Reads all files that a file refers to. One that cannot be read is a warning. */
async function readOthers(entry: SourceFile) {
  const files = new Map([[entry.uri, entry]]);
  const identifiers = new Identifiers();
  const warnings: string[] = [];
  for (const file of files.values()) {
    const { references, hasIdentifiers } = survey(file.root);
    if (hasIdentifiers) identifiers.add(rootOf(file));
    for (const reference of references) {
      const uri = absolute(reference, file.uri);
      if (uri === undefined || files.has(uri) || identifiers.resources.has(uri)) continue;
      try {
        files.set(uri, { uri, root: await readFrom(uri) });
      } catch (error) {
        // It may be relative to an `$id`.
        if (!hasIdentifiers) warnings.push(`${reference} cannot be read: ${(error as Error).message}`);
      }
    }
  }
  return { files, identifiers, warnings };
}

/** Finds what a file refers to outside of itself, and whether it names parts of itself otherwise than by their place. */
function survey(root: unknown): { references: Set<string>; hasIdentifiers: boolean } {
  const references = new Set<string>();
  let hasIdentifiers = false;
  const visited = new Set<unknown>();
  const visit = (value: unknown, holdsNames: boolean): void => {
    if (!isObject(value) || visited.has(value)) return;
    visited.add(value);
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === "string") {
        if (key === "$ref" && !part.startsWith("#")) references.add(part);
        hasIdentifiers ||= IDENTIFIERS.has(key);
      } else if (holdsNames || !holdsExamples(key, part)) {
        visit(part, NAMES.has(key));
      }
    }
  };
  visit(root, false);
  return { references, hasIdentifiers };
}

const IDENTIFIERS = new Set(["$id", "$anchor", "$dynamicAnchor", "$self"]);
/** What holds schemas by names, which may look like keywords. */
const NAMES = new Set(["properties", "patternProperties", "schemas", "$defs", "definitions"]);

/** Whether a keyword holds values of an API, in which a `$ref` leads nowhere. */
function holdsExamples(key: string, part: unknown): boolean {
  return key === "example" || key === "const" || (Array.isArray(part) && (key === "examples" || key === "enum"));
}

async function readFrom(uri: string): Promise<unknown> {
  const text = uri.startsWith("file:") ? await readFile(fileURLToPath(uri), "utf8") : await download(uri);
  return parseText(text.replace(/^\uFEFF/, ""));
}

async function download(uri: string): Promise<string> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${uri} answered ${response.status}`);
  return response.text();
}

/** Reads JSON or YAML. */
async function parseText(text: string): Promise<unknown> {
  if (/^\s*\{/.test(text)) {
    try {
      return readJson(text);
    } catch {
      // YAML has braces too, and says what is wrong with lines and columns.
    }
  }
  // Nobody who writes JSON waits for it.
  const { readYaml } = await import("./yaml.ts");
  return readYaml(text);
}

function uriOf(spec: string | URL): string {
  return spec instanceof URL || /^(?:https?|file):/.test(spec) ? new URL(spec).href : pathToFileURL(spec).href;
}

function pathOf(uri: string): string {
  return fileURLToPath(uri);
}
