import type { ErrorBody, ErrorTemplate, Operation, Schema } from "./types.ts";

/**
 * Finds how errors are worded: the `x-error-body` of the first schema that an error answer has. An error answer is one
 * with a status from 400 on, or for all statuses that have none of their own. What no operation answers says nothing.
 */
export function readErrorBody(operations: readonly Operation[]): ErrorBody | undefined {
  const passed = new Set<Schema>();
  for (const { responses } of operations) {
    for (const { status, contents } of responses) {
      if (!/^(?:[45]|default)/.test(status)) continue;
      for (const { schema } of contents) {
        const found = schema && findStatement(schema, passed);
        if (!found) continue;
        const { fields, general } = found as { fields?: unknown; general?: unknown };
        return { fields: readTemplate(fields, "$fields"), general: readTemplate(general, "$message") };
      }
    }
  }
  return undefined;
}

/** Looks in the schema itself first, then in what it consists of. */
function findStatement(schema: Schema, passed: Set<Schema>): unknown {
  if (passed.has(schema)) return undefined;
  passed.add(schema);
  const own = schema.keywords["x-error-body"];
  if (typeof own === "object" && own !== null) return own;
  const inner = [...schema.alternatives, ...Object.values(schema.properties), schema.items ?? []].flat();
  for (const child of inner) {
    const found = findStatement(child, passed);
    if (found) return found;
  }
  return undefined;
}

function readTemplate(template: unknown, sign: string): ErrorTemplate {
  return { template, path: findSign(template, sign) ?? [] };
}

/** The keys that lead to a sign in a template. */
function findSign(template: unknown, sign: string): string[] | undefined {
  if (template === sign) return [];
  if (typeof template !== "object" || template === null) return undefined;
  for (const [key, child] of Object.entries(template)) {
    const rest = findSign(child, sign);
    if (rest) return [key, ...rest];
  }
  return undefined;
}
