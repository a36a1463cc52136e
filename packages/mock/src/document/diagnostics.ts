import type { ErrorObject } from "ajv";
import { keysOf } from "./pointer.ts";

/** What is wrong, in the form in which Prism reports it. A `severity` of 0 is an error, 1 a warning. */
export interface Diagnostic {
  /** Where: `body`, `query` or the like, and the way from there. */
  readonly path?: readonly string[];
  readonly code: string | number;
  readonly message: string;
  readonly severity: 0 | 1;
}

/**
 * An error of Ajv in Prism's words, that of a union after those of its branches.
 *
 * @param side of the exchange
 * @param lead where the value stands: `["body"]`, `["query", "limit"]`
 */
export function diagnosticsOf(
  error: ErrorObject,
  side: "Request" | "Response",
  lead: readonly [part: string, ...keys: string[]],
): Diagnostic[] {
  const { keyword, params, instancePath } = error;
  // A branch that the value fits has none.
  const branches = (params["branches"] ?? []) as (ErrorObject[] | undefined)[];
  const [part, ...keys] = [...lead, ...keysOf(instancePath)];
  const kind = part === "body" ? "property" : "parameter";
  const place = keys.length > 0 ? ` ${kind} ${keys.join(".")}` : "";
  const allowed = "allowedValues" in params ? `: ${params["allowedValues"].join(", ")}` : "";
  const additional = "additionalProperty" in params ? `; found '${params["additionalProperty"]}'` : "";
  const unevaluated = "unevaluatedProperty" in params ? `: '${params["unevaluatedProperty"]}'` : "";
  return [
    ...branches.flatMap((branch = []) => branch).flatMap((inner) => diagnosticsOf(inner, side, lead)),
    {
      path: [part!, ...keys],
      code: keyword,
      message: `${side} ${part}${place} ${messageOf(error)}${allowed}${additional}${unevaluated}`,
      severity: 0,
    },
  ];
}

/** What Ajv itself says, which is made here because most errors are never read. */
function messageOf({ keyword, params }: ErrorObject): string {
  const amount = (unit: string, count: unknown = params["limit"]) =>
    `must NOT have ${keyword.startsWith("min") ? "fewer" : "more"} than ${count} ${unit}`;
  switch (keyword) {
    case "type":
      return `must be ${[params["type"]].flat().join(",")}`;
    case "required":
      return `must have required property '${params["missingProperty"]}'`;
    case "dependentRequired": {
      const names = params["depsCount"] === 1 ? "property" : "properties";
      return `must have ${names} ${params["deps"]} when property ${params["property"]} is present`;
    }
    case "additionalProperties":
      return "must NOT have additional properties";
    case "unevaluatedProperties":
      return "must NOT have unevaluated properties";
    case "items":
    case "unevaluatedItems":
      return amount("items", params["len"]);
    case "minItems":
    case "maxItems":
      return amount("items");
    case "minLength":
    case "maxLength":
      return amount("characters");
    case "minProperties":
    case "maxProperties":
      return amount("properties");
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return `must be ${params["comparison"]} ${params["limit"]}`;
    case "multipleOf":
      return `must be multiple of ${params["multipleOf"]}`;
    case "enum":
      return "must be equal to one of the allowed values";
    case "const":
      return "must be equal to constant";
    case "pattern":
      return `must match pattern "${params["pattern"]}"`;
    case "format":
      return `must match format "${params["format"]}"`;
    case "uniqueItems":
      return `must NOT have duplicate items (items ## ${params["j"]} and ${params["i"]} are identical)`;
    case "contains": {
      const { minContains: least, maxContains: most } = params;
      return `must contain at least ${least}${most === undefined ? "" : ` and no more than ${most}`} valid item(s)`;
    }
    case "oneOf":
      return "must match exactly one schema in oneOf";
    case "anyOf":
      return "must match a schema in anyOf";
    case "not":
      return "must NOT be valid";
    case "if":
      return `must match "${params["failingKeyword"]}" schema`;
    case "propertyNames":
      return "property name must be valid";
    case "false schema":
      return "boolean schema is false";
    default:
      return `breaks ${keyword}`;
  }
}
