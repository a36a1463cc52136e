/**
 * Writes a JSON pointer as a URI fragment (RFC 6901, section 6), as `$ref` has it.
 *
 * @param keys the keys that lead from the root of the document to the place
 * @example
 * toPointer(["paths", "/pets/{id}", "get"]); // "#/paths/~1pets~1{id}/get"
 */
export function toPointer(keys: readonly (string | number)[]): string {
  return ["#", ...keys.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

/**
 * Reads a JSON pointer, as it stands in a `$ref`.
 *
 * @returns the keys that lead from the root of the document to the place
 * @example
 * fromPointer("#/paths/~1pets~1%7Bid%7D/get"); // ["paths", "/pets/{id}", "get"]
 */
export function fromPointer(pointer: string): string[] {
  return pointer.split("/").slice(1).map(decode);
}

function decode(key: string): string {
  let decoded = key;
  try {
    decoded = decodeURIComponent(key);
  } catch {
    // A percent sign that encodes nothing stands for itself: some authors write none of them encoded.
  }
  return decoded.replaceAll("~1", "/").replaceAll("~0", "~");
}
