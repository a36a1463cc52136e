import type { IHttpRequest } from "@stoplight/prism-http";
import type { Endpoint, Place } from "./endpoint.ts";
import { type Diagnostic, type Operation, prism } from "./prism.ts";
import { explain } from "./violations.ts";
import type { Violation } from "./wording.ts";

/** One thing that is wrong with a request. */
export interface RequestViolation extends Violation {
  place: Place;
}

/** What is wrong with a request. */
export interface Checked {
  /** What Prism reports about the credentials. */
  readonly unauthorized: readonly (Diagnostic & { tags?: string[] })[];
  /** What Prism reports about the rest, warnings included. */
  readonly reported: readonly Diagnostic[];
  /** The errors among these, in our words. */
  readonly violations: readonly RequestViolation[];
}

const { validateInput, validateSecurity } = prism.validator;

/** Checks a request as Prism does. */
export function check(endpoint: Endpoint, input: IHttpRequest): Checked {
  const { operation, validators } = endpoint;
  // Each validator keeps the errors of its last call.
  for (const { validate } of validators) validate.errors = null;
  const reported = reportOf(validateInput({ resource: operation, element: input }));
  const words = validators.flatMap(({ place, validate }) =>
    validate.errors ? explainIn(place, endpoint, input, validate) : [],
  );
  // What Prism finds before it comes to a schema.
  const others = reported.filter(({ severity, path }) => severity === 0 && path !== undefined);
  return {
    unauthorized: checkSecurity(operation, input),
    reported,
    violations:
      words.length > 0
        ? words
        : others.map(({ path = [], code, message }) => ({
            place: path[0] as Place,
            keys: path.slice(1).map(String),
            message,
            keyword: String(code),
          })),
  };
}

/**
 * Checks a request as `check` does, where Prism would only call the validator of a JSON body: it comes to the same, but
 * the way through Prism takes a thousand times as long as the call.
 *
 * @returns `undefined` where Prism would do more
 */
export function checkPlainBody(endpoint: Endpoint, input: IHttpRequest): Checked | undefined {
  const { plainBody, operation } = endpoint;
  const { body, headers } = input;
  if (!plainBody || typeof body !== "object" || body === null) return undefined;
  if (headers!["content-type"] !== "application/json") return undefined;
  const isValid = plainBody(body);
  const violations = isValid ? [] : explainIn("body", endpoint, input, plainBody);
  return {
    unauthorized: checkKnownSecurity(operation, input),
    reported: violations.map(({ message }) => ({ message, severity: 0 })),
    violations,
  };
}

function checkSecurity(operation: Operation, input: IHttpRequest): Checked["unauthorized"] {
  return reportOf(validateSecurity({ resource: operation, element: input }));
}

/** The last `Authorization` that was good for an operation, where Prism looks at nothing else. */
const lastGood = new WeakMap<Operation, string>();

/** Checks the credentials as Prism does, but does not look again at what was good for the last request. */
function checkKnownSecurity(operation: Operation, input: IHttpRequest): Checked["unauthorized"] {
  const authorization = input.headers!["authorization"];
  if (authorization !== undefined && lastGood.get(operation) === authorization) return [];
  const unauthorized = checkSecurity(operation, input);
  const isHeaderAlone = operation.security?.flat().every(({ type }) => type === "http");
  if (authorization !== undefined && unauthorized.length === 0 && isHeaderAlone) lastGood.set(operation, authorization);
  return unauthorized;
}

function reportOf(result: { left: Diagnostic[] } | { right: unknown }): Diagnostic[] {
  return "left" in result ? result.left : [];
}

function explainIn(place: Place, endpoint: Endpoint, input: IHttpRequest, validate: Endpoint["plainBody"] & {}) {
  const { operation, compileBranch } = endpoint;
  // Prism reads parameters and forms itself, and keeps their values to itself.
  const isJson = place === "body" && typeof input.body !== "string";
  return explain(validate, isJson ? { value: input.body, compileBranch } : undefined).map(
    (violation): RequestViolation => {
      const [key, ...keys] = violation.keys;
      if (place === "body" || key === undefined) return Object.assign(violation, { place });
      // Prism lower-cases the names of parameters.
      const declared = operation.request?.[place === "header" ? "headers" : place]?.find(
        ({ name }) => name.toLowerCase() === key.toLowerCase(),
      );
      return Object.assign(violation, { place, keys: [declared?.name ?? key, ...keys] });
    },
  );
}
