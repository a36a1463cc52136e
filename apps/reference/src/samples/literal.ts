/** How a language writes what JSON can hold. Text is written as in JSON, which they all read alike. */
export interface Notation {
  indent: string;
  /** What stands between a brace and what it holds on the same line. */
  padding: string;
  key(name: string): string;
  words: Record<"true" | "false" | "null", string>;
}

/** Code within a value that is written out, such as one that reads a variable. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A reader sees samples in a narrow column. */
export const columns = 80;

/** JavaScript and TypeScript. */
export const javascript: Notation = {
  indent: "  ",
  padding: " ",
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)),
  words: { true: "true", false: "false", null: "null" },
};

/** Python. */
export const python: Notation = {
  indent: "    ",
  padding: "",
  key: (name) => JSON.stringify(name),
  words: { true: "True", false: "False", null: "None" },
};

/**
 * Writes a value as source: on one line where that fits, otherwise each entry on its own.
 *
 * @param value what JSON can hold, and Code within it
 * @param level how deep the line is indented on which it begins
 * @param taken how many columns of that line are taken by what stands before and behind it
 * @example
 * literal({ name: "Ann" }, javascript); // { name: "Ann" }
 */
export function literal(value: unknown, notation: Notation, level = 0, taken = 0): string {
  if (value instanceof Code) return value.text;
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return notation.words[String(value) as keyof Notation["words"]];

  const isList = Array.isArray(value);
  const [open, close, padding] = isList ? ["[", "]", ""] : ["{", "}", notation.padding];
  const entries = Object.entries(value).map(([name, child]) => [isList ? "" : `${notation.key(name)}: `, child]);
  if (entries.length === 0) return open + close;

  const line = entries.map(([key, child]) => key + literal(child, notation, 0, -Infinity)).join(", ");
  const whole = `${open}${padding}${line}${padding}${close}`;
  if (taken + whole.length <= columns) return whole;
  const indent = notation.indent.repeat(level + 1);
  const lines = entries.map(
    ([key, child]) =>
      `${indent}${key}${literal(child, notation, level + 1, indent.length + key.length + ",".length)},\n`,
  );
  return `${open}\n${lines.join("")}${notation.indent.repeat(level)}${close}`;
}

/** Writes how to get at a value within a value: `.error.messages`. */
export function access(names: string[]): string {
  return names.map((name) => (javascript.key(name) === name ? `.${name}` : `[${JSON.stringify(name)}]`)).join("");
}
