import type { Operation } from "./operations.ts";

/** How a document words its errors: the value of `x-error-body` on the schema of the error. */
export interface ErrorBody {
  /** Template of the body that names fields. `$fields` stands for the messages of each field, `$now` for the time. */
  fields: unknown;
  /** Template of the body that blames no field. `$message` stands for one sentence, `$now` for the time. */
  general: unknown;
}

/** What Prism reports when a request or an answer breaks the document. */
export interface Violation {
  /** Where: `body`, `query`, `path` or `header`, then the keys that lead to the value. */
  path?: readonly string[] | undefined;
  /** The JSON Schema keyword, or the status that Prism would answer with. */
  code?: string | number | undefined;
  message: string;
  /** 0 is an error; 1 to 3 are warnings and hints. */
  severity: number;
}

/** Finds the `x-error-body` that any part of a document declares, or `undefined`. */
export function findErrorBody(node: unknown, seen = new Set<unknown>()): ErrorBody | undefined {
  if (typeof node !== "object" || node === null || seen.has(node)) return undefined;
  seen.add(node);
  if ("x-error-body" in node) return node["x-error-body"] as ErrorBody;
  for (const child of Object.values(node)) {
    const found = findErrorBody(child, seen);
    if (found) return found;
  }
  return undefined;
}

/** Fills the template that blames no field. */
export function generalError({ general }: ErrorBody, message: string): unknown {
  return fill(general, { $now: new Date().toISOString(), $message: message });
}

/**
 * Words all violations of one request. Those of nested values go under their top-level field, which is how the seed
 * page shows them, and name the child that they are about.
 *
 * @param body What the request sent, parsed.
 */
export function violationsError(
  errorBody: ErrorBody,
  violations: readonly Violation[],
  operation: Operation,
  body: unknown,
): unknown {
  const parameters = (["path", "query", "headers"] as const).flatMap((place) =>
    (operation.request?.[place] ?? []).map(({ name }) => name),
  );
  const order = [
    ...parameters,
    ...(operation.request?.body?.contents ?? []).flatMap(({ schema }) => propertyNames(schema)),
  ];

  // A value of the wrong type breaks most other rules too; only the type helps.
  const wrongTypes = new Set(violations.filter(({ code }) => code === "type").map(({ path }) => path?.join("/")));
  const fields = new Map<string, Set<string>>();
  for (const violation of violations) {
    if (violation.code !== "type" && violation.code !== "required" && wrongTypes.has(violation.path?.join("/"))) {
      continue;
    }
    const [place, ...keys] = location(violation);
    const [key, ...child] = keys;
    if (key === undefined) continue;
    // Prism lower-cases the names of parameters.
    const field = place === "body" ? key : (parameters.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key);
    const message = word(violation, place === "body" && typeof body === "object" ? { value: at(body, keys) } : {});
    const messages = fields.get(field) ?? new Set();
    fields.set(field, messages.add(child.length === 0 ? message : `${child.join(".")}: ${message}`));
  }
  if (fields.size === 0) {
    const missing = violations.some(({ path, code }) => path === undefined && code === "required");
    return generalError(errorBody, missing ? "The request body is missing or empty" : violations[0]!.message);
  }

  const rank = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  const messages = [...fields]
    .toSorted(([one], [other]) => rank(one) - rank(other))
    .map(([field, texts]) => [field, [...texts]]);
  return fill(errorBody.fields, { $now: new Date().toISOString(), $fields: Object.fromEntries(messages) });
}

function fill(template: unknown, values: Record<string, unknown>): unknown {
  if (typeof template === "string") return Object.hasOwn(values, template) ? values[template] : template;
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
}

function propertyNames(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, allOf, anyOf, oneOf } = schema as Record<string, unknown>;
  const branches = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [...Object.keys(properties ?? {}), ...branches.flatMap(propertyNames)];
}

/** The keys that lead to what is wrong. A property that is missing or not allowed is named in the message alone. */
function location({ path = [], message }: Violation): string[] {
  const named = /(?:required property |found |unevaluated properties: )'(.*)'$/s.exec(message)?.[1];
  // Prism's keys are those of a JSON Pointer (RFC 6901, section 4).
  const keys = path.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return named === undefined ? keys : [...keys, named];
}

function at(body: unknown, keys: readonly string[]): unknown {
  let value = body;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined;
  }
  return value;
}

/** The wording of Zod 3, whose `Required` is the message on the seed page; for other keywords that of Ajv. */
function word({ code, message, path = [] }: Violation, received: { value?: unknown }): string {
  const [place, ...keys] = path;
  const subject = `Request ${place} ${keys.length === 0 ? "" : `${place === "body" ? "property" : "parameter"} ${keys.join(".")} `}`;
  const rule = message.startsWith(subject) ? message.slice(subject.length) : message;
  if (code === "required") return "Required";
  if (code === "additionalProperties" || code === "unevaluatedProperties") return "Unrecognized key";
  if ("value" in received) {
    const { value } = received;
    const types = /^must be (.+)$/.exec(rule)?.[1];
    if (code === "type" && types) return `Expected ${types.replaceAll(",", " | ")}, received ${typeName(value)}`;
    const options = /allowed values: (.+)$/s.exec(rule)?.[1];
    if (code === "enum" && options) {
      const quoted = options.split(", ").map((option) => `'${option}'`);
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return `Invalid enum value. Expected ${quoted.join(" | ")}, received '${text}'`;
    }
  }
  return rule.charAt(0).toUpperCase() + rule.slice(1);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
