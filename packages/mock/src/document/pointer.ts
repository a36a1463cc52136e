/** The keys of a JSON Pointer (RFC 6901), such as the `instancePath` of an error of Ajv. */
export function keysOf(pointer: string): string[] {
  if (pointer === "") return [];
  const keys = pointer.slice(1).split("/");
  return pointer.includes("~") ? keys.map(unescape) : keys;
}

/**
 * What a JSON Pointer in a URI fragment leads to (RFC 6901, section 6), such as a `$ref` or the `schemaPath` of an error
 * of Ajv.
 *
 * @returns `undefined` where it leads nowhere
 * @example
 * follow(schema, "#/properties/a~1b"); // schema.properties["a/b"]
 */
export function follow(root: unknown, fragment: string): unknown {
  return at(root, fragmentKeys(fragment));
}

/** The keys of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
export function fragmentKeys(fragment: string): string[] {
  return fragment
    .split("/")
    .slice(1)
    .map((key) => unescape(decode(key)));
}

function unescape(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Decodes what stands in a URI. */
export function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    // A percent sign that encodes nothing stands for itself: some authors write none of them encoded.
    return key;
  }
}

/** What keys lead to, from the root of a value. */
export function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    // The length of a list is its own, but nobody wrote it.
    (node, key) => (isObject(node) && Object.prototype.propertyIsEnumerable.call(node, key) ? node[key] : undefined),
    value,
  );
}

/** Whether a value has keys: a JSON object or array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The JSON Pointer (RFC 6901) of keys. */
export function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
