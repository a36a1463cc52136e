import type { ErrorObject, ValidateFunction } from "ajv";
import { at, follow, isObject, keysOf } from "./pointer.ts";
import { type Violation, word, wrongFit, wrongMark, wrongType } from "./wording.ts";

/** Compiles a branch of `oneOf` or `anyOf` as the whole was compiled, in the same dialect, as the one branch of `anyOf`. */
export type CompileBranch = (branch: unknown, dialect: unknown) => ValidateFunction;

/**
 * Finds what is wrong with a value that a schema has refused, in the order in which the schema declares the fields.
 *
 * @param validate the function that has just refused it
 * @param sent what it was called with, where that is known; else no sentence can say what was sent
 */
export function explain(
  { schema, errors }: ValidateFunction,
  sent?: { value: unknown; compileBranch: CompileBranch },
): Violation[] {
  const violations = collect(errors ?? [], schema, sent);
  if (violations.length === 1) return violations;
  // A value of the wrong type breaks other rules too; only the type helps.
  const wrongTypes = new Set(violations.filter(({ keyword }) => keyword === "type").map(pointer));
  return violations
    .filter((violation) => violation.keyword === "type" || !wrongTypes.has(pointer(violation)))
    .map((violation) => ({ violation, position: positionOf(violation.keys, schema) }))
    .toSorted((one, other) => comparePositions(one.position, other.position))
    .map(({ violation }) => violation);
}

function pointer({ keys }: Violation): string {
  return JSON.stringify(keys);
}

type Sent = Parameters<typeof explain>[1];

/**
 * Turns the errors of Ajv into violations. Those of the branches of `oneOf` and `anyOf` stand right before the one of
 * the keyword.
 */
function collect(errors: readonly ErrorObject[], schema: unknown, sent: Sent): Violation[] {
  const found: Violation[][] = [];
  const rest = [...errors];
  for (let error = rest.pop(); error; error = rest.pop()) {
    const keys = keysOf(error.instancePath);
    const isUnion = error.keyword === "oneOf" || error.keyword === "anyOf";
    // Of what no element fits, what is wrong with each element says nothing.
    if (error.keyword === "contains" || (isUnion && !sent)) {
      const within = `${error.schemaPath}/`;
      rest.length = 1 + rest.findLastIndex(({ schemaPath }) => !schemaPath.startsWith(within));
    }
    if (isUnion && sent) {
      const { refusals, count } = askBranches(error, schema, { ...sent, value: at(sent.value, keys) });
      rest.length -= count;
      const matches = (error.params["passingSchemas"] ?? []) as unknown[];
      const chosen = choose(refusals, matches.length, at(sent.value, keys));
      found.push(chosen.map((one) => Object.assign({}, one, { keys: [...keys, ...one.keys] })));
    } else if (isUnion) {
      found.push([unfit("none", keys)]);
    } else if (error.keyword !== "if" && error.keyword !== "propertyNames") {
      // These two only repeat that what they apply was broken.
      found.push([violationOf(error, keys, sent)]);
    }
  }
  return found.toReversed().flat();
}

/** What each branch of a union has against a value, and how many errors of Ajv that makes. */
function askBranches({ schemaPath }: ErrorObject, schema: unknown, sent: NonNullable<Sent>) {
  let count = 0;
  const refusals = (follow(schema, schemaPath) as unknown[]).map((branch) => {
    const validate = sent.compileBranch(branch, at(schema, ["$schema"]));
    validate(sent.value);
    // The last is that of the `anyOf` around the branch.
    const errors = (validate.errors ?? []).slice(0, -1);
    count += errors.length;
    return collect(errors, validate.schema, sent);
  });
  return { refusals, count };
}

function unfit(forms: "none" | "more than one", keys: string[] = []): Violation {
  return { keys, message: wrongFit(forms), keyword: "oneOf" };
}

/** Of a value that fits no branch of a union, or too many of them, says what is wrong with it. */
function choose(refusals: Violation[][], matches: number, value: unknown): Violation[] {
  if (matches > 1) return [unfit("more than one")];

  // A branch is not meant when the value is of another type, or a field of it has the value that marks another branch.
  const marks = refusals.map((refusal) =>
    refusal.find(({ keys, keyword }) =>
      keyword === "type" ? keys.length === 0 : isChoice(keyword) && keys.length <= 1,
    ),
  );
  const meant = refusals.filter((_, branch) => marks[branch] === undefined);
  if (meant.length === 1) return meant[0]!;
  if (meant.length > 1) {
    const texts = meant.map((refusal) => new Set(refusal.map((violation) => JSON.stringify(violation))));
    const shared = meant[0]!.filter((violation) => texts.every((text) => text.has(JSON.stringify(violation))));
    return shared.length > 0 ? shared : [unfit("none")];
  }
  const [first] = marks;
  const alike = marks.every(
    (mark) => pointer(mark!) === pointer(first!) && isChoice(mark!.keyword) === isChoice(first!.keyword),
  );
  if (!first || !alike) return [unfit("none")];
  const expected = [...new Set(marks.flatMap((mark) => mark!.expected!))];
  return [{ ...first, message: isChoice(first.keyword) ? wrongMark(expected) : wrongType(expected, { value }) }];
}

function isChoice(keyword: string): boolean {
  return keyword === "const" || keyword === "enum";
}

function violationOf(error: ErrorObject, path: string[], sent: Sent): Violation {
  const { keyword, params, propertyName } = error;
  // Ajv names these fields in its parameters alone.
  const named: unknown =
    params["missingProperty"] ?? params["additionalProperty"] ?? params["unevaluatedProperty"] ?? propertyName;
  const keys = named === undefined ? path : [...path, String(named)];
  return { keys, keyword, ...word(error, sent && { value: at(sent.value, path) }) };
}

/** Where a schema declares each of the keys that lead to a value. */
function positionOf(keys: readonly string[], root: unknown): number[] {
  let schemas = [root];
  return keys.map((key) => {
    const forms = formsOf(schemas, root);
    const names = forms.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
    const isList = !names.includes(key) && /^\d+$/.test(key);
    schemas = forms.flatMap((form) =>
      isList ? [at(form, ["prefixItems", key]), form["items"]] : at(form, ["properties", key]),
    );
    if (isList) return Number(key);
    return names.includes(key) ? names.indexOf(key) : Infinity;
  });
}

/** The schemas that a value has to do with when it has to do with these. */
function formsOf(schemas: readonly unknown[], root: unknown): Record<string, unknown>[] {
  const forms = new Set<Record<string, unknown>>();
  const pending = [...schemas];
  for (const schema of pending) {
    if (!isObject(schema) || forms.has(schema)) continue;
    forms.add(schema);
    const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema;
    if (typeof $ref === "string") pending.push(follow(root, $ref));
    pending.push(...[allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : [])), then, otherwise);
  }
  return [...forms];
}

function comparePositions(one: readonly number[], other: readonly number[]): number {
  for (let level = 0; level < Math.max(one.length, other.length); level++) {
    const [left, right] = [one[level] ?? -1, other[level] ?? -1];
    if (left !== right) return left - right;
  }
  return 0;
}
