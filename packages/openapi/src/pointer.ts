/**
 * Writes a JSON pointer as a URI fragment (RFC 6901, section 6), as `$ref` has it.
 *
 * @param keys the keys that lead from the root of the document to the place
 * @example
 * toPointer(["paths", "/pets/{id}", "get"]); // "#/paths/~1pets~1{id}/get"
 */
export function toPointer(keys: readonly (string | number)[]): string {
  return ["#", ...keys.map(encode)].join("/");
}

/**
 * Reads a JSON pointer, as it stands in a `$ref`.
 *
 * @returns the keys that lead from the root of the document to the place
 * @example
 * fromPointer("#/paths/~1pets~1%7Bid%7D/get"); // ["paths", "/pets/{id}", "get"]
 */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => percentDecode(key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** For a person to read, only the sign that begins an encoding is encoded. */
function encode(key: string | number): string {
  return String(key).replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("%", "%25");
}

/**
 * Reads percent-encoded text (RFC 3986, section 2.1). A percent sign that encodes nothing stands for itself: some authors
 * write none of them encoded.
 *
 * @example
 * percentDecode("b%C3%BCcher"); // "bücher"
 */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
