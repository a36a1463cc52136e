/**
 * Reads JSON. An integer that a number cannot hold exactly becomes a `bigint`, so that its digits are kept.
 *
 * @throws {SyntaxError} that of `JSON.parse`
 * @example
 * readJson('{ "id": 9007199254740993 }'); // { id: 9007199254740993n }
 */
export function readJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const mark = markFor(text);
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
  const digits: bigint[] = [];
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "bigint") return part;
    digits.push(part);
    return 0;
  });
  if (digits.length === 0) return text;
  const mark = markFor(text);
  const marked = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${mark}${part}` : part));
  return marked.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/** A string, or a number that may be a large integer. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

function isLarge(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
}

/** Text that does not occur in another. */
function markFor(text: string): string {
  let mark = "bigint:";
  while (text.includes(mark)) mark = `_${mark}`;
  return mark;
}
