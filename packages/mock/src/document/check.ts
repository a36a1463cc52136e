import type { ErrorObject } from "ajv";
import { type BodyCheck, checkBody, contentFor, type SentBody } from "./bodies.ts";
import { type Diagnostic, diagnosticsOf } from "./diagnostics.ts";
import type { Location, Operation } from "./operations.ts";
import { checkParameters, type Sent, type WrongParameter } from "./parameters.ts";
import type { Schemas } from "./schemas.ts";
import type { Violation } from "./wording.ts";

/** Where in a request something is wrong. */
export type Part = "path" | "query" | "header" | "cookie" | "body";

/** One thing that is wrong with a request. */
export interface RequestViolation extends Violation {
  /** For a parameter, the first of the keys is its name. */
  readonly place: Part;
}

/** What is wrong with a request, its credentials apart. */
export interface Checked {
  /** What is wrong with parameters and with the value of the body, in this order. */
  readonly violations: readonly RequestViolation[];
  /** Why the body was not looked into: it is missing, or of another media type (then the code is 415). */
  readonly refused: Diagnostic | undefined;
  /** All of it as Prism reports it, and what is deprecated. */
  report(): Diagnostic[];
}

/** A request, as far as it is checked. */
export interface SentRequest extends Sent {
  /** `undefined` where it has none. */
  readonly body: SentBody | undefined;
}

const RIGHT: Checked = { violations: [], refused: undefined, report: () => [] };
/** A range takes any number of them. */
const MAX_MEDIA_TYPES = 50;
const ORDER: Readonly<Record<Part, number>> = { path: 0, query: 1, header: 2, cookie: 3, body: 4 };
/** The order in which Prism reports. */
const REPORTED: readonly Part[] = ["header", "query", "path", "cookie"];

/**
 * Makes the check of an operation's requests. Its parameters are compiled now, its bodies when they are first sent.
 */
export function createCheck(operation: Operation, schemas: Schemas): (request: SentRequest) => Checked {
  const wrongParameters = operation.parameters.length > 0 ? checkParameters(operation, schemas) : () => [];
  const deprecated = operation.parameters.filter((parameter) => parameter.deprecated);
  const bodies = new Map<string | undefined, BodyCheck | undefined>();
  const { body: described } = operation;

  function bodyCheck(mediaType: string | undefined): BodyCheck | undefined {
    if (bodies.has(mediaType)) return bodies.get(mediaType);
    const content = mediaType === undefined ? described?.contents[0] : described && contentFor(described, mediaType);
    const check = content && checkBody(operation, content, mediaType, schemas);
    if (content && bodies.size < MAX_MEDIA_TYPES) bodies.set(mediaType, check);
    return check;
  }

  return (request) => {
    const wrong = wrongParameters(request);
    const { body } = request;
    let refused: Diagnostic | undefined;
    let violations: readonly Violation[] = [];
    let errors = (): readonly ErrorObject[] => [];
    if (!body) {
      if (described?.required) refused = { code: "required", message: "Body parameter is required", severity: 0 };
    } else {
      const check = bodyCheck(body.mediaType);
      if (check?.validate) {
        const { validate } = check;
        const [first, ...others] = check.read(body);
        violations = validate(first);
        if (violations.length > 0 && others.some((other) => validate(other).length === 0)) violations = [];
        errors = () => (violations.length > 0 ? validate.errors(first) : []);
      } else if (!check && !(body.mediaType === undefined && described)) {
        refused = { code: 415, message: unsupported(operation), severity: 0 };
      }
    }
    const isRight = wrong.length === 0 && violations.length === 0;
    if (isRight && !refused && deprecated.length === 0) return RIGHT;
    return {
      violations: isRight ? [] : violationsOf(wrong, violations),
      refused,
      report: () => [
        ...(refused ? [refused] : errors().flatMap((error) => diagnosticsOf(error, "Request", ["body"]))),
        ...reportParameters(wrong),
        ...deprecated
          .filter((parameter) => isSent(parameter.in, parameter.name, request))
          .map(({ in: location, name }) => deprecation(partOf(location), name)),
      ],
    };
  };
}

function unsupported({ body }: Operation): string {
  const types = body?.contents.map(({ mediaType }) => mediaType) ?? [];
  if (types.length === 0) return "No supported content types, but request included a non-empty body";
  return `Supported content types: ${types.join(",")}`;
}

function partOf(location: Location): Exclude<Part, "body"> {
  return location === "querystring" ? "query" : location;
}

function violationsOf(wrong: readonly WrongParameter[], inBody: readonly Violation[]): RequestViolation[] {
  const found = wrong.flatMap(({ parameter, violations }) =>
    violations.map((violation) => ({
      ...violation,
      place: partOf(parameter.in) as Part,
      keys: [parameter.name, ...violation.keys],
    })),
  );
  found.sort((one, other) => ORDER[one.place] - ORDER[other.place]);
  return [...found, ...inBody.map((violation) => ({ ...violation, place: "body" as const }))];
}

function reportParameters(wrong: readonly WrongParameter[]): Diagnostic[] {
  return REPORTED.flatMap((part) => {
    const here = wrong.filter(({ parameter }) => partOf(parameter.in) === part);
    const missing = here.filter(isMissing);
    const others = here.filter((one) => !isMissing(one));
    return [...missing, ...others].flatMap((one) => reportParameter(part, one));
  });
}

function isMissing({ violations: [first] }: WrongParameter): boolean {
  return first?.keyword === "required" && first.keys.length === 0;
}

function reportParameter(part: Part, wrong: WrongParameter): Diagnostic[] {
  const { parameter, violations } = wrong;
  // Prism lower-cases the names of parameters.
  const name = parameter.name.toLowerCase();
  if (isMissing(wrong)) {
    const message = `Request ${part} must have required property '${name}'`;
    return [{ path: [part], code: "required", message, severity: 0 }];
  }
  const found = wrong.errors();
  if (found.length > 0) return found.flatMap((error) => diagnosticsOf(error, "Request", [part, name]));
  return violations.map(({ keyword, message }) => ({
    path: [part, name],
    code: keyword,
    message: `Request ${part} parameter ${name}: ${message}`,
    severity: 0,
  }));
}

function isSent(location: Location, name: string, { query, headers }: SentRequest): boolean {
  if (location === "header") return Boolean(headers[name.toLowerCase()]);
  return location === "query" && Boolean(new URLSearchParams(query).get(name));
}

function deprecation(part: Part, name: string): Diagnostic {
  const title = part.charAt(0).toUpperCase() + part.slice(1);
  return { path: [part, name], code: "deprecated", message: `${title} param ${name} is deprecated`, severity: 1 };
}
