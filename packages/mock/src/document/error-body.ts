import { itemsOf, memberOf, membersOf, type Operation } from "./operations.ts";
import { isObject } from "./pointer.ts";
import { dereference, type Place, type Source } from "./source.ts";
import { sentence, type Violation } from "./wording.ts";

/** How a document words its errors: the value of `x-error-body` on the schema of the error. */
export interface ErrorBody {
  /** Template of the body that names fields. `$fields` stands for the messages of each field, `$now` for the time. */
  fields: unknown;
  /** Template of the body that blames no field. `$message` stands for one sentence, `$now` for the time. */
  general: unknown;
}

const ERROR_STATUS = /^(?:[45](?:\d\d|XX)|default)$/i;

/**
 * Finds how a document words its errors: the `x-error-body` of the first schema that an error answer of an operation
 * has. Operations, answers and media types come in the order of the document; within a schema, the schema itself is first.
 *
 * @returns `undefined` when no error answer has one
 * @example
 * findErrorBody(listOperations(source, () => {})); // { fields: …, general: … }
 */
export function findErrorBody(operations: readonly Operation[]): ErrorBody | undefined {
  // Many answers share a schema.
  const passed = new Set<unknown>();
  for (const { place, source } of operations) {
    // Not `operation.responses`, which would keep what it reads of all of them.
    const answers = membersOf(memberOf(place, "responses")).filter(([status]) => ERROR_STATUS.test(status));
    for (const [, given] of answers) {
      const answer = dereference(source, given);
      for (const [, content] of membersOf(answer && memberOf(answer, "content"))) {
        const found = findInSchema(source, memberOf(content, "schema"), passed);
        if (found) return found;
      }
    }
  }
  return undefined;
}

function findInSchema(source: Source, schema: Place | undefined, passed: Set<unknown>): ErrorBody | undefined {
  if (!schema || !isObject(schema.value) || passed.has(schema.value)) return undefined;
  passed.add(schema.value);
  const { "x-error-body": errorBody, $ref } = schema.value;
  if (isObject(errorBody)) return errorBody as unknown as ErrorBody;
  const target = typeof $ref === "string" ? source.resolve($ref, schema) : undefined;
  const lists = ["allOf", "oneOf", "anyOf"].flatMap((key) => itemsOf(memberOf(schema, key)));
  const properties = membersOf(memberOf(schema, "properties")).map(([, property]) => property);
  for (const part of [target, ...lists, ...properties, memberOf(schema, "items")]) {
    const found = findInSchema(source, part, passed);
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
 * under its top-level field, which is how the vendor's page shows it, and names the child that it is about. What is wrong
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
