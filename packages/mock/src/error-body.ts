import { sentence, type Violation } from "./violations.ts";

/** How a document words its errors: the value of `x-error-body` on the schema of the error. */
export interface ErrorBody {
  /** Template of the body that names fields. `$fields` stands for the messages of each field, `$now` for the time. */
  fields: unknown;
  /** Template of the body that blames no field. `$message` stands for one sentence, `$now` for the time. */
  general: unknown;
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
 * Fills the template that names fields with all that is wrong with one request. What is wrong with a nested value goes
 * under its top-level field, which is how the seed page shows it, and names the child that it is about. What is wrong
 * with the body as a whole is said when no field is to blame.
 *
 * @param violations at least one
 */
export function violationsError(errorBody: ErrorBody, violations: readonly Violation[]): unknown {
  const fields = new Map<string, Set<string>>();
  for (const violation of violations) {
    const [field, ...child] = violation.keys;
    if (field === undefined) continue;
    const messages = fields.get(field) ?? new Set();
    fields.set(field, messages.add(sentence({ ...violation, keys: child })));
  }
  if (fields.size === 0) return generalError(errorBody, sentence(violations[0]!));
  const entries = [...fields].map(([field, messages]) => [field, [...messages]]);
  return fill(errorBody.fields, { $now: new Date().toISOString(), $fields: Object.fromEntries(entries) });
}

function fill(template: unknown, values: Record<string, unknown>): unknown {
  if (typeof template === "string") return Object.hasOwn(values, template) ? values[template] : template;
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
}
