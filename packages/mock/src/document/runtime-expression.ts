import { follow } from "./pointer.ts";

/** A request and its answer, as runtime expressions see them. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** The values of the parameters in the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly request: Message;
  readonly status: number;
  readonly response: Message;
}

/** One side of an exchange. */
export interface Message {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The value of its JSON or form, or its text. */
  readonly body: unknown;
}

/**
 * Fills in what runtime expressions stand for: text in braces, or the whole of a text that is one (OpenAPI, section
 * "Runtime Expressions").
 *
 * @returns `undefined` where one stands for nothing
 * @example
 * fillIn("https://example.com?id={$response.body#/id}", exchange); // "https://example.com?id=7"
 */
export function fillIn(text: string, exchange: Exchange): string | undefined {
  const expressions = text.startsWith("$") ? [text] : [...text.matchAll(/\{(\$[^}]*)\}/g)].map(([, inner]) => inner!);
  const values = expressions.map((expression) => evaluate(expression, exchange));
  if (values.includes(undefined)) return undefined;
  if (text.startsWith("$")) return values[0];
  return text.replaceAll(/\{\$[^}]*\}/g, () => values.shift()!);
}

function evaluate(expression: string, exchange: Exchange): string | undefined {
  const [, name, source = "", key = ""] = /^\$(\w+)(?:\.(\w+)(?:[.#](.*))?)?$/s.exec(expression) ?? [];
  if (name === "url" || name === "method") return exchange[name];
  if (name === "statusCode") return String(exchange.status);
  if (name !== "request" && name !== "response") return undefined;
  if (source === "header") return exchange[name].headers[key.toLowerCase()];
  if (source === "body") return textOf(key === "" ? exchange[name].body : follow(exchange[name].body, `#${key}`));
  if (name === "request" && (source === "query" || source === "path")) return textOf([exchange[source][key]].flat()[0]);
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean | bigint);
}
