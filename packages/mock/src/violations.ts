import type { ErrorObject, ValidateFunction } from "ajv";

/** One thing that is wrong with a value. */
export interface Violation {
  /** The keys that lead to it, from the root of the body. For a parameter the first is its name. */
  keys: string[];
  /** What is wrong, in one sentence that holds nothing of what was sent but the type. */
  message: string;
  /** What was sent, to be said after the message, where it helps. */
  received?: string;
  /** The JSON Schema keyword that was broken. */
  keyword: string;
  /** What the keyword allows, where that is a list: types, or values. */
  expected?: unknown[];
}

/** Compiles a branch of `oneOf` or `anyOf` as the whole was compiled, in the same dialect, as the one branch of `anyOf`. */
export type CompileBranch = (branch: unknown, dialect: unknown) => ValidateFunction;

/**
 * Says what is wrong with a value that a schema has refused, in the order in which the schema declares the fields.
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

/** Says what is wrong, where, and what was sent. */
export function sentence({ keys, message, received }: Violation): string {
  return `${keys.length === 0 ? "" : `${keys.join(".")}: `}${message}${received === undefined ? "" : `, received ${received}`}`;
}

function pointer({ keys }: Violation): string {
  return JSON.stringify(keys);
}

type Sent = Parameters<typeof explain>[1];

/** Words the errors of Ajv. Those of the branches of `oneOf` and `anyOf` stand right before the one of the keyword. */
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
      found.push(fits("none", keys));
    } else if (error.keyword !== "if" && error.keyword !== "propertyNames") {
      // These two only repeat that what they apply was broken.
      found.push([word(error, keys, sent)]);
    }
  }
  return found.toReversed().flat();
}

/** What each branch of a union has against a value, and how many errors of Ajv that makes. */
function askBranches({ schemaPath }: ErrorObject, schema: unknown, sent: NonNullable<Sent>) {
  let count = 0;
  const refusals = (resolve(schema, schemaPath) as unknown[]).map((branch) => {
    const validate = sent.compileBranch(branch, at(schema, ["$schema"]));
    validate(sent.value);
    // The last is that of the `anyOf` around the branch.
    const errors = (validate.errors ?? []).slice(0, -1);
    count += errors.length;
    return collect(errors, validate.schema, sent);
  });
  return { refusals, count };
}

function fits(forms: "none" | "more than one", keys: string[] = []): Violation[] {
  return [{ keys, message: `Invalid input: fits ${forms} of the allowed forms`, keyword: "oneOf" }];
}

/** Of a value that fits no branch of a union, or too many of them, says what is wrong with it. */
function choose(refusals: Violation[][], matches: number, value: unknown): Violation[] {
  if (matches > 1) return fits("more than one");

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
    return shared.length > 0 ? shared : fits("none");
  }
  const [first] = marks;
  const alike = marks.every(
    (mark) => pointer(mark!) === pointer(first!) && isChoice(mark!.keyword) === isChoice(first!.keyword),
  );
  if (!first || !alike) return fits("none");
  const expected = [...new Set(marks.flatMap((mark) => mark!.expected!))];
  return [
    isChoice(first.keyword)
      ? { ...first, message: `Invalid discriminator value. Expected ${expected.map(quote).join(" | ")}` }
      : { ...first, message: wrongType(expected, typeName(value, expected)) },
  ];
}

function isChoice(keyword: string): boolean {
  return keyword === "const" || keyword === "enum";
}

/**
 * The wording of Zod 3, whose `Required` is the message on the seed page, for each keyword of JSON Schema. The
 * parameters are those of Ajv's errors.
 */
const SENTENCES: Record<string, (params: ErrorObject["params"]) => string> = {
  required: () => "Required",
  dependentRequired: ({ property }) => `Required when ${property} is given`,
  dependencies: ({ property }) => `Required when ${property} is given`,
  enum: ({ allowedValues }) => `Invalid enum value. Expected ${allowedValues.map(quote).join(" | ")}`,
  const: ({ allowedValue }) => `Invalid literal value, expected ${JSON.stringify(allowedValue)}`,
  minLength: ({ limit }) => `String must contain at least ${limit} character(s)`,
  maxLength: ({ limit }) => `String must contain at most ${limit} character(s)`,
  pattern: ({ pattern }) => `Invalid input: must match the pattern ${pattern}`,
  format: ({ format }) => `Invalid ${FORMATS[format] ?? format}`,
  minimum: ({ limit }) => `Number must be greater than or equal to ${limit}`,
  maximum: ({ limit }) => `Number must be less than or equal to ${limit}`,
  exclusiveMinimum: ({ limit }) => `Number must be greater than ${limit}`,
  exclusiveMaximum: ({ limit }) => `Number must be less than ${limit}`,
  multipleOf: ({ multipleOf }) => `Number must be a multiple of ${multipleOf}`,
  minItems: ({ limit }) => `Array must contain at least ${limit} element(s)`,
  maxItems: ({ limit }) => `Array must contain at most ${limit} element(s)`,
  items: ({ limit }) => `Array must contain at most ${limit} element(s)`,
  additionalItems: ({ limit }) => `Array must contain at most ${limit} element(s)`,
  unevaluatedItems: ({ limit }) => `Array must contain at most ${limit} element(s)`,
  uniqueItems: ({ i, j }) => `Array elements must be unique, but ${Math.min(i, j)} and ${Math.max(i, j)} are equal`,
  contains: ({ minContains, maxContains }) =>
    `Array must contain at least ${minContains}${maxContains === undefined ? "" : ` and at most ${maxContains}`} matching element(s)`,
  minProperties: ({ limit }) => `Object must contain at least ${limit} key(s)`,
  maxProperties: ({ limit }) => `Object must contain at most ${limit} key(s)`,
  additionalProperties: () => "Unrecognized key",
  unevaluatedProperties: () => "Unrecognized key",
  "false schema": () => "Not allowed",
  not: () => "Invalid input: fits a form that is not allowed",
};

const FORMATS: Record<string, string> = { "date-time": "datetime", uri: "url" };

function word(
  { keyword, params, message = "", propertyName }: ErrorObject,
  path: string[],
  sent: { value: unknown } | undefined,
): Violation {
  // Ajv names these fields in its parameters alone.
  const named: unknown =
    params["missingProperty"] ?? params["additionalProperty"] ?? params["unevaluatedProperty"] ?? propertyName;
  const keys = named === undefined ? path : [...path, String(named)];
  const words = SENTENCES[keyword]?.(params) ?? message.charAt(0).toUpperCase() + message.slice(1);
  if (propertyName !== undefined) return { keys, message: `Invalid key: ${words}`, keyword };
  const value = sent && at(sent.value, path);
  switch (keyword) {
    case "type": {
      const expected = [params["type"]].flat();
      return { keys, message: wrongType(expected, sent && typeName(value, expected)), keyword, expected };
    }
    case "const":
      return { keys, message: words, keyword, expected: [params["allowedValue"]] };
    case "enum":
      return {
        keys,
        message: words,
        keyword,
        expected: params["allowedValues"],
        ...(sent && { received: quote(value) }),
      };
    default:
      return { keys, message: words, keyword };
  }
}

function wrongType(expected: readonly unknown[], received: string | undefined): string {
  return `Expected ${expected.join(" | ")}${received === undefined ? "" : `, received ${received}`}`;
}

function typeName(value: unknown, expected: readonly unknown[]): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && expected.includes("integer") ? "float" : typeof value;
}

function quote(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}

/** The keys of a JSON Pointer (RFC 6901). */
function keysOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined),
    value,
  );
}

/** What a JSON Pointer in a URI fragment leads to, such as the `schemaPath` of an error of Ajv. */
function resolve(schema: unknown, fragment: string): unknown {
  return at(schema, keysOf(fragment).map(decodeURIComponent));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
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
    if (typeof $ref === "string") pending.push(resolve(root, $ref));
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
