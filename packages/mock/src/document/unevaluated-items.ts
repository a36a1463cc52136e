import type { Target } from "./fields.ts";
import { isObject } from "./pointer.ts";

/** Whether a value fits a schema. */
type Fits = (value: unknown, schema: unknown) => boolean;

/** Whether `contains` applies where a schema applies. Ajv does not know what it has evaluated. */
export function hasContains(schema: unknown, target: Target): boolean {
  const found = new Set([schema]);
  for (const one of found) {
    if (!isObject(one)) continue;
    if (one["contains"] !== undefined) return true;
    for (const next of inPlace(one, target)) found.add(next);
  }
  return false;
}

function inPlace(schema: Record<string, unknown>, target: Target): unknown[] {
  const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise } = schema as Record<string, unknown[]>;
  return [
    $ref && target(String($ref)),
    condition,
    then,
    otherwise,
    ...[allOf, anyOf, oneOf].flatMap((list) => list ?? []),
  ];
}

/** The indexes of the elements that nothing beside `unevaluatedItems` has evaluated (JSON Schema 2020-12 Core, section 11.2). */
export function unevaluated(list: readonly unknown[], schema: unknown, target: Target, fits: Fits): number[] {
  const { unevaluatedItems: _, ...beside } = schema as Record<string, unknown>;
  const evaluated = new Set<number>();
  const visit = (one: unknown): void => {
    if (!isObject(one)) return;
    const { $ref, prefixItems, items, contains, unevaluatedItems, allOf, anyOf, oneOf } = one as Record<
      string,
      unknown[]
    >;
    for (const [index, element] of list.entries()) {
      const isPrefix = index < (prefixItems?.length ?? 0);
      const isRest = items !== undefined || unevaluatedItems !== undefined;
      if (isPrefix || isRest || (contains !== undefined && fits(element, contains))) evaluated.add(index);
    }
    if ($ref) visit(target(String($ref)));
    for (const part of allOf ?? []) visit(part);
    for (const branch of [...(anyOf ?? []), ...(oneOf ?? [])]) if (fits(list, branch)) visit(branch);
    if (one["if"] === undefined) return;
    const holds = fits(list, one["if"]);
    if (holds) visit(one["if"]);
    visit(one[holds ? "then" : "else"]);
  };
  visit(beside);
  return [...list.keys()].filter((index) => !evaluated.has(index));
}
