import { KEYWORDS } from "./keywords.ts";
import { isObject } from "./pointer.ts";
import { child, type Place } from "./place.ts";

/** What schemas call themselves: `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12 Core, section 8.2). */
export class Identifiers {
  /** What an `$id` or a `$self` names, by its URI without a fragment. */
  readonly resources = new Map<string, Place>();
  readonly #anchors = new Map<string, Place>();
  readonly #dynamic = new Map<string, Map<string, Place>>();
  readonly #uris = new Map<object, string>();
  readonly #visited = new Set<object>();

  /** Takes in a file, by its root: an OpenAPI document, a schema, or a part of one. */
  add(root: Place): void {
    const { value, source } = root;
    if (!isObject(value)) return;
    const self = typeof value["$self"] === "string" ? absolute(value["$self"], source.uri) : undefined;
    if (self !== undefined) this.resources.set(self, root);
    if (value["openapi"] === undefined) this.#visitSchema(root, source.uri);
    this.#visited.delete(value);
    this.#visit(root, source.uri);
  }

  /** The URI that references are relative to where something stands. */
  baseOf({ source, keys }: Place): string {
    if (this.#uris.size === 0) return source.uri;
    let uri = source.uri;
    let value: unknown = source.root;
    for (const key of [undefined, ...keys]) {
      if (key !== undefined) value = isObject(value) ? value[key] : undefined;
      if (isObject(value)) uri = this.#uris.get(value) ?? uri;
    }
    return uri;
  }

  /** What a URI with a name for its fragment leads to. */
  anchor(uri: string, name: string): Place | undefined {
    return this.#anchors.get(`${uri}#${name}`);
  }

  /** The `$dynamicAnchor`s of a resource. */
  dynamicAnchors(uri: string): ReadonlyMap<string, Place> {
    return this.#dynamic.get(uri) ?? new Map();
  }

  /** Looks for schemas in what is none. */
  #visit(place: Place, uri: string): void {
    const { value } = place;
    if (!isObject(value) || this.#visited.has(value)) return;
    this.#visited.add(value);
    for (const [key, part] of Object.entries(value)) {
      if (VALUES.has(key) || !isObject(part)) continue;
      const inner = child(place, key);
      if (key === "schema" || key === "itemSchema") this.#visitSchema(inner, uri);
      else if (key === "schemas") for (const name of Object.keys(part)) this.#visitSchema(child(inner, name), uri);
      else this.#visit(inner, uri);
    }
  }

  #visitSchema(place: Place, outer: string): void {
    const { value } = place;
    if (!isObject(value) || this.#visited.has(value)) return;
    this.#visited.add(value);
    const { $id, $anchor, $dynamicAnchor } = value;
    const uri = typeof $id === "string" ? (absolute($id, outer) ?? outer) : outer;
    if (uri !== outer) {
      this.#uris.set(value, uri);
      if (!this.resources.has(uri)) this.resources.set(uri, place);
    }
    for (const name of [$anchor, $dynamicAnchor]) {
      if (typeof name === "string") this.#anchors.set(`${uri}#${name}`, place);
    }
    if (typeof $dynamicAnchor === "string") {
      this.#dynamic.set(uri, (this.#dynamic.get(uri) ?? new Map<string, Place>()).set($dynamicAnchor, place));
    }
    for (const [key, part] of Object.entries(value)) {
      if (!isObject(part) || key === "$ref") continue;
      const kind = MAPS.has(key) ? "map" : Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key]!.kind : "value";
      const inner = child(place, key);
      if (kind === "schema" && !Array.isArray(part)) this.#visitSchema(inner, uri);
      else if (kind !== "value") for (const name of Object.keys(part)) this.#visitSchema(child(inner, name), uri);
    }
  }
}

/** Maps of schemas that are only there to be referred to, or that are old. */
const MAPS = new Set(["$defs", "definitions", "dependencies"]);
/** What holds values of an API, and no parts of a document. */
const VALUES = new Set(["example", "examples"]);

/** A reference made absolute, without its fragment; `undefined` when it is no URI reference. */
export function absolute(reference: string, base: string): string | undefined {
  if (!URL.canParse(reference, base)) return undefined;
  const url = new URL(reference, base);
  url.hash = "";
  return url.href;
}
