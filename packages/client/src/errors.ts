import { errorBody, type OperationTypes } from "./generated/operations.ts";
import type { Outcome } from "./outcome.ts";
import { parseRetryAfter } from "./retry.ts";

/** Name of an operation: a method of the client. */
export type OperationId = keyof OperationTypes;

/**
 * Messages by top-level field of the request body. Fields that the spec does not name are kept too.
 *
 * @example
 * error.fieldErrors.address; // ["Required"]
 */
export type FieldErrors<Id extends OperationId = OperationId> = {
  readonly [Field in keyof BodyOf<Id>]?: readonly string[];
} & { readonly [field: string]: readonly string[] | undefined };

type BodyOf<Id extends OperationId> = OperationTypes[Id]["arguments"] extends { body?: infer Body }
  ? Exclude<Body, Blob | FormData | URLSearchParams>
  : unknown;
type Answers<Id extends OperationId> = OperationTypes[Id]["errors"];

/** The body of the most specific answer: of the status, then of its class such as `4XX`, then of `default`. */
type ErrorBody<Id extends OperationId, Status extends number> = Status extends keyof Answers<Id>
  ? Answers<Id>[Status]
  : `${Status}` extends `${infer Class}${number}`
    ? `${Class}XX` extends keyof Answers<Id>
      ? Answers<Id>[`${Class}XX`]
      : DefaultBody<Id>
    : DefaultBody<Id>;
type DefaultBody<Id extends OperationId> = "default" extends keyof Answers<Id> ? Answers<Id>["default"] : unknown;

/** The statuses that the spec gives one by one; any where it gives classes or a default besides. */
type Documented<Id extends OperationId> = [keyof Answers<Id> & string] extends [never]
  ? keyof Answers<Id> & number
  : number;

/** What every error of the client tells. */
export interface SphereErrorDetails {
  /** The operation that was called: its name, or method and path when it was called through `http`. */
  operation: string;
  /** How many times the request was tried; 0 when it was given up before the first. */
  attempts: number;
  /** What became of the request. */
  outcome: Outcome;
  /** The runtime's own error, or the reason of the signal. */
  cause?: unknown;
}

/**
 * What the errors of the client have in common. By itself it says that the request could not be made: there was no
 * usable credential, or the body, a parameter or a header cannot be sent.
 */
export class SphereError extends Error {
  static {
    this.prototype.name = "SphereError";
  }
  /** The operation that was called: its name, or method and path when it was called through `createSphereHttp`. */
  readonly operation: string;
  /** How many times the request was tried; 0 when it was given up before the first. */
  readonly attempts: number;
  /** What became of the request. */
  readonly outcome: Outcome;

  constructor(message: string, details: SphereErrorDetails) {
    super(`${details.operation}: ${message}`, details);
    this.operation = details.operation;
    this.attempts = details.attempts;
    this.outcome = details.outcome;
  }
}

/**
 * The API answered, but not with success: it refused the request, failed, or answered what the spec does not allow.
 *
 * The body and the headers are behind getters, so that logging the error prints neither.
 *
 * @example
 * try {
 *   await sphere.createCustomer({ body });
 * } catch (error) {
 *   if (isSphereApiError(error, "createCustomer", 400)) showBesideFields(error.fieldErrors);
 *   else throw error;
 * }
 */
export class SphereApiError<Id extends OperationId = OperationId, Status extends number = number> extends SphereError {
  static {
    this.prototype.name = "SphereApiError";
  }
  /** HTTP status of the answer. */
  readonly status: Status;
  readonly #response: Response;
  readonly #body: any;

  constructor(message: string, response: Response, body: unknown, details: SphereErrorDetails) {
    super(message, details);
    this.status = response.status as Status;
    this.#response = response;
    this.#body = body;
  }

  /** The headers of the answer. */
  get headers(): Headers {
    return this.#response.headers;
  }

  /** The body as the spec describes it for the most specific status, or the text of a body that is not JSON. */
  get body(): ErrorBody<Id, Status> {
    return this.#body;
  }

  /** The messages of each rejected field; empty when no single field is to blame. */
  get fieldErrors(): FieldErrors<Id> {
    const entries = Object.entries(at(this.#body, errorBody.fields) ?? {});
    return Object.fromEntries(entries.filter(([, messages]) => Array.isArray(messages))) as FieldErrors<Id>;
  }

  /** What is wrong, when no single field is to blame. */
  get generalError(): string | undefined {
    const message = at(this.#body, errorBody.general);
    return typeof message === "string" ? message : undefined;
  }

  /** What to quote to the API's support, when the answer carried it. */
  get requestId(): string | undefined {
    return requestIdOf(this.headers);
  }

  /** Milliseconds that the API asked to wait before another attempt (RFC 9110 §10.2.3). */
  get retryAfter(): number | undefined {
    return parseRetryAfter(this.headers);
  }
}

/** An attempt took longer than `timeout`. */
export class SphereTimeoutError extends SphereError {
  static {
    this.prototype.name = "SphereTimeoutError";
  }
}

/** No connection, or one that broke before the whole answer was there. `cause` is the runtime's own error. */
export class SphereConnectionError extends SphereError {
  static {
    this.prototype.name = "SphereConnectionError";
  }
}

/** The caller's signal ended the call. `cause` is the signal's reason. */
export class SphereAbortError extends SphereError {
  static {
    this.prototype.name = "SphereAbortError";
  }
}

/**
 * Whether an error is the API's answer to an operation, with a status. It narrows `body` and `fieldErrors`, by what the
 * spec says of `404`, then of `4XX`, then of `default`; of a status that it does not describe the body is unknown.
 *
 * @param error anything that was caught
 * @param operation the method that was called; any when left out
 * @param status the HTTP status; any when left out
 * @example
 * if (isSphereApiError(error, "createCustomer", 400)) console.log(error.fieldErrors.address);
 */
export function isSphereApiError<Id extends OperationId = OperationId, Status extends number = Documented<Id>>(
  error: unknown,
  operation?: Id,
  status?: Status,
): error is SphereApiError<Id, Status> {
  return (
    error instanceof SphereApiError &&
    (operation === undefined || error.operation === operation) &&
    (status === undefined || error.status === status)
  );
}

/** What to quote to the API's support, when the answer carried it. */
export function requestIdOf(headers: Headers): string | undefined {
  return headers.get("x-request-id") ?? undefined;
}

function at(body: any, path: readonly string[]): any {
  return path.reduce((node, name) => node?.[name], body);
}
