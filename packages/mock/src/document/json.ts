import { randomUUID } from "node:crypto";

/**
 * Reads JSON. An integer that a number cannot hold exactly becomes a `bigint`, so that its digits are kept.
 *
 * @throws {SyntaxError} that of `JSON.parse`
 * @example
 * readJson('{ "id": 9007199254740993 }'); // { id: 9007199254740993n }
 */
export function readJson(text: string): unknown {
  // Most texts have none, and are read at once.
  if (!LARGE.test(text)) return JSON.parse(text);
  const mark = randomUUID();
  const marked = text.replaceAll(TOKENS, (token) => (isLarge(token) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/**
 * Writes JSON, as `JSON.stringify` does, and a `bigint` as the integer that it is.
 *
 * @example
 * writeJson({ id: 9007199254740993n }); // '{"id":9007199254740993}'
 */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // A bigint, or what is thrown again.
  }
  const mark = randomUUID();
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${mark}${part}` : part));
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/** What may be a large integer. */
const LARGE = /(?:^|[[:,\s])-?\d{16,}(?:$|[\]},\s])/;
/** A string, or a number that may be a large integer. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

function isLarge(token: string): boolean {
  const number = Number(token);
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(number) && Number.isFinite(number);
}
