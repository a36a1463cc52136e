import type { ErrorObject } from "ajv";

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

/** Says what is wrong, where, and what was sent. */
export function sentence({ keys, message, received }: Violation): string {
  return `${keys.length === 0 ? "" : `${keys.join(".")}: `}${message}${received === undefined ? "" : `, received ${received}`}`;
}

/**
 * The wording of Zod 3, whose `Required` is the message on the vendor's page, for each keyword of JSON Schema. The
 * parameters are those of Ajv's errors.
 */
const SENTENCES: Record<string, (params: ErrorObject["params"]) => string> = {
  required: () => "Required",
  dependentRequired: ({ property }) => `Required when ${property} is given`,
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

/**
 * Puts an error of Ajv into words.
 *
 * @param sent what broke the keyword, where that is known; else no sentence can say what was sent
 */
export function word(
  { keyword, params, message = "", propertyName }: ErrorObject,
  sent: { value: unknown } | undefined,
): Pick<Violation, "message" | "received" | "expected"> {
  const words = SENTENCES[keyword]?.(params) ?? message.charAt(0).toUpperCase() + message.slice(1);
  if (propertyName !== undefined) return { message: `Invalid key: ${words}` };
  switch (keyword) {
    case "type": {
      const expected = [params["type"]].flat();
      return { message: wrongType(expected, sent), expected };
    }
    case "const":
      return { message: words, expected: [params["allowedValue"]] };
    case "enum":
      return { message: words, expected: params["allowedValues"], ...(sent && { received: quote(sent.value) }) };
    default:
      return { message: words };
  }
}

/** Says that a value is of none of the expected types. */
export function wrongType(expected: readonly unknown[], sent: { value: unknown } | undefined): string {
  return `Expected ${expected.join(" | ")}${sent ? `, received ${typeName(sent.value, expected)}` : ""}`;
}

/** Says that a field has none of the values that mark the branches of a union. */
export function wrongMark(expected: readonly unknown[]): string {
  return `Invalid discriminator value. Expected ${expected.map(quote).join(" | ")}`;
}

/** Says how many branches of a union a value fits. */
export function wrongFit(forms: "none" | "more than one"): string {
  return `Invalid input: fits ${forms} of the allowed forms`;
}

function typeName(value: unknown, expected: readonly unknown[]): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && expected.includes("integer") ? "float" : typeof value;
}

function quote(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}
