import type { IHttpOperationConfig } from "@stoplight/prism-http";
import type { Checked, RequestViolation } from "../document/check.ts";
import type { Diagnostic } from "../document/diagnostics.ts";
import { type ErrorBody, generalError, violationsError } from "../document/error-body.ts";
import type { Document } from "../document/load.ts";
import type { Operation } from "../document/operations.ts";
import type { NoRoute, Route } from "../document/router.ts";
import { isJson } from "../document/media-type.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { type Callback, callbacksOf } from "./callbacks.ts";
import { Problem, problem, problemOfPrism, toProblem } from "./problem.ts";
import {
  type RawRequest,
  readParts,
  readPreferences,
  type ReadRequest,
  readRequest,
  readTarget,
  type Target,
} from "./request.ts";
import { type Answer, type Reported, withReport } from "./response.ts";

/** A request that has been read. */
export interface Received {
  readonly raw: RawRequest;
  /** `undefined` when it cannot be read. */
  readonly request: ReadRequest | undefined;
  readonly preferences: IHttpOperationConfig;
  /** The operation that it is for. */
  readonly route: Route | undefined;
  /** Why it cannot be read, or is for no operation. */
  readonly refusal: unknown;
}

/** An answer, and what is wrong with the request that it answers. */
export interface Reply {
  readonly answer: Answer;
  readonly violations: readonly RequestViolation[];
}

/** Answers the requests of one document. */
export interface Engine {
  /** Reads a request and finds its operation. */
  receive(request: RawRequest): Received;
  /** Answers a request as the document describes. */
  reply(request: Received): Promise<Reply>;
  /** Answers with a status, whatever the request says: with the document's answer of that status, if it has one. */
  replyWith(status: number, request: Received): Reply;
  /** The callbacks that follow on a request that is right, and on its answer. */
  callbacks(request: Received, reply: Reply): Callback[];
  /** Answers with a status and a sentence. */
  refuse(status: number, message: string): Answer;
}

/** What is kept of an operation, so that it is made once. */
interface Known {
  readonly answers: Answers;
  /** By what requests accept and prefer. */
  readonly kept: Map<string, Answer>;
}

/** How many answers are kept for each operation: one for each `Accept` and `Prefer` that its clients send. */
const KEPT_ANSWERS = 100;

/**
 * Makes the engine of a document. What concerns an operation alone is made when that is first called.
 *
 * @param defaults what requests prefer that do not say otherwise
 * @param errors whether an answer that breaks its schema is a 500
 */
export function createEngine(document: Document, defaults: IHttpOperationConfig, errors: boolean): Engine {
  const { router, schemas } = document;
  const operations = new Map<Operation, Known>();

  function know(operation: Operation): Known {
    const known = operations.get(operation) ?? { answers: createAnswers(operation, schemas), kept: new Map() };
    operations.set(operation, known);
    return known;
  }

  function receive(raw: RawRequest): Received {
    let request: ReadRequest | undefined;
    let route: Route | undefined;
    let preferences = defaults;
    let refusal: unknown;
    try {
      const target = readTarget(raw.target);
      const found = router.find(raw.method, target.path, target.server);
      // What cannot be read is for an operation nevertheless.
      if ("operation" in found) route = found;
      request = readRequest(raw, target);
      if ("missing" in found) throw noRoute(raw.method, target, found);
      preferences = readPreferences(request.input, defaults);
    } catch (error) {
      refusal = error;
    }
    return { raw, request, preferences, route, refusal };
  }

  async function reply(received: Received): Promise<Reply> {
    let violations: readonly RequestViolation[] = [];
    try {
      if (received.refusal) throw received.refusal;
      const request = received.request!;
      const { operation, values } = received.route!;
      const unauthorized = know(operation).answers.unauthorized(request.input);
      const isMultipart = request.body?.mediaType === "multipart/form-data";
      const body = isMultipart ? { ...request.body!, parts: await readParts(received.raw) } : request.body;
      const sent = { path: values, query: request.target.query, headers: received.raw.headers, body };
      const checked = document.check(operation, sent);
      violations = checked.violations;
      const isRight = !unauthorized && !checked.refused && violations.length === 0;
      const answer = isRight ? accept(received, checked) : reject(received, unauthorized, checked);
      // A client would wait for the answer after it (RFC 9110, section 15.2).
      if (answer.status < 200) throw problem(422, "A status of 1xx cannot be the last answer");
      if (errors) refuseWrong(answer);
      return { answer, violations };
    } catch (error) {
      return { answer: refuse(error), violations };
    }
  }

  /** Answers a request that is right. */
  function accept({ request, route, preferences }: Received, checked: Checked): Answer {
    const { answers, kept } = know(route!.operation);
    const accepted = request!.input.headers!["accept"];
    // What is not made up is the same for all requests that want the same.
    const wanted = preferences === defaults ? "" : JSON.stringify(preferences);
    const key = `${accepted} ${wanted}`;
    const known = preferences.dynamic ? undefined : kept.get(key);
    const answer = known ?? answers.answer(preferences, accepted);
    if (!known && !preferences.dynamic && kept.size < KEPT_ANSWERS) kept.set(key, answer);
    return withReport(answer, ofRequest(checked.report()));
  }

  /** Refuses a request that breaks the document: as that says, or else as Prism does. */
  function reject(received: Received, unauthorized: Unauthorized, checked: Checked): Answer {
    const { route, preferences } = received;
    const worded = document.errorBody && wordedRejection(received, document.errorBody, unauthorized, checked);
    // `Prefer: code=400` asks for the document's own 400, even of a request that is rejected with it.
    if (worded && worded.status !== preferences.code) return worded;
    const statuses = statusesOf(unauthorized, checked);
    const report = [...(unauthorized ? [UNAUTHORIZED] : []), ...checked.report()];
    const { code, exampleKey } = preferences;
    const named = code !== undefined && statuses.includes(code) ? exampleKey : undefined;
    const { answers } = know(route!.operation);
    const answer = answers.answerInvalid(statuses, {
      dynamic: false,
      ...(named !== undefined && { exampleKey: named }),
    });
    if (answer) return withReport(answer, ofRequest(report));
    throw rejectionOfPrism(unauthorized, report);
  }

  function wordedRejection(
    { request, route }: Received,
    errorBody: ErrorBody,
    unauthorized: Unauthorized,
    { refused, violations }: Checked,
  ): Answer {
    if (unauthorized) {
      const sentence = "Unauthorized: the credentials are missing or malformed";
      return refuse(problem(401, sentence, challengeOf(unauthorized)));
    }
    if (request!.body && request!.body.mediaType === undefined) {
      return refuse(problem(415, "The Content-Type header is missing"));
    }
    if (refused?.code === 415) return refuse(problem(415, `Unsupported content type. ${refused.message}`));
    // Prism's own choice: the first of these that the operation describes, else 422.
    const statuses = new Set(route!.operation.responses.map(({ status }) => status));
    const status = Number(["422", "400"].find((code) => statuses.has(code)) ?? 422);
    if (violations.length > 0) return json(status, violationsError(errorBody, violations));
    return json(status, generalError(errorBody, "The request body is missing or empty"));
  }

  function replyWith(status: number, { request, route }: Received): Reply {
    const isDescribed = route?.operation.responses.some((response) => response.status === String(status));
    if (!request || !isDescribed) return { answer: refuse(problem(status)), violations: [] };
    const { answers } = know(route!.operation);
    return { answer: answers.answer({ dynamic: false, code: status }, undefined), violations: [] };
  }

  function callbacks({ raw, request, route }: Received, { answer, violations }: Reply): Callback[] {
    if (!request || !route || violations.length > 0 || answer.status >= 400) return [];
    const { headers, body: text } = answer;
    const isText = text === undefined || !isJson(headers["content-type"]);
    return callbacksOf(route.operation, schemas, {
      method: raw.method,
      url: raw.target,
      path: Object.fromEntries([...route.values].map(([name, value]) => [name, decodeURIComponent(value)])),
      query: request.target.parameters,
      request: { headers: raw.headers, body: request.input.body },
      status: answer.status,
      response: { headers, body: isText ? text : JSON.parse(text) },
    });
  }

  function refuse(error: unknown): Answer {
    const { errorBody } = document;
    const { type, title, status, message, headers, more } = toProblem(error);
    if (errorBody) return json(status, generalError(errorBody, message || title), headers);
    const body = { type, title, status, detail: message, ...more };
    return json(status, body, { ...headers, "content-type": "application/problem+json" });
  }

  return { receive, reply, replyWith, callbacks, refuse: (status, message) => refuse(problem(status, message)) };
}

type Unauthorized = ReturnType<Answers["unauthorized"]>;

const UNAUTHORIZED: Diagnostic = { code: 401, message: "Invalid security scheme used", severity: 0 };

/** Throws what Prism's server answers with `--errors` when an answer breaks the document. */
function refuseWrong({ headers: { "sl-violations": report = "[]" } }: Answer): void {
  const found: { location: string[]; severity: string }[] = JSON.parse(report);
  const validation = found.filter(({ severity }) => severity === "Error");
  if (!validation.some(({ location: [side] }) => side === "response")) return;
  throw problemOfPrism(
    "VIOLATIONS",
    500,
    "Request/Response not valid",
    "Your request/response is not valid and the --errors flag is set, so Prism is generating this error for you.",
    { "sl-violations": report },
    { validation },
  );
}

function ofRequest(diagnostics: readonly Diagnostic[]): Reported[] {
  return diagnostics.map((diagnostic) => ({ ...diagnostic, side: "request" }));
}

/** Those that Prism looks for among the answers of the document. */
function statusesOf(unauthorized: Unauthorized, { refused }: Checked): [number, ...number[]] {
  if (unauthorized) return [401];
  return refused?.code === 415 ? [415, 422, 400] : [422, 400];
}

function challengeOf({ challenge }: NonNullable<Unauthorized>): Record<string, string> {
  return challenge === "" ? {} : { "www-authenticate": challenge };
}

/** The problem with which Prism's server refuses what the document has no answer for. */
function rejectionOfPrism(unauthorized: Unauthorized, report: readonly Diagnostic[]): Problem {
  if (unauthorized) {
    return problemOfPrism(
      "UNAUTHORIZED",
      401,
      "Invalid security scheme used",
      "Your request does not fullfil the security requirements and no HTTP unauthorized response was found in the spec, so Prism is generating this error for you.",
      challengeOf(unauthorized),
      unauthorized.challenge === "" ? {} : { headers: { "WWW-Authenticate": unauthorized.challenge } },
    );
  }
  const unsupported = report.find(({ code }) => code === 415);
  if (unsupported) return problemOfPrism("INVALID_CONTENT_TYPE", 415, "Invalid content type", unsupported.message);
  const validation = report.map(({ path, severity, code, message }) => ({
    location: path,
    severity: severity === 0 ? "Error" : "Warning",
    code,
    message,
  }));
  return problemOfPrism(
    "UNPROCESSABLE_ENTITY",
    422,
    "Invalid request",
    "Your request is not valid and no HTTP validation response was found in the spec, so Prism is generating this error for you.",
    {},
    { validation },
  );
}

function noRoute(method: string, { path, server }: Target, { missing, allowed }: NoRoute): Problem {
  switch (missing) {
    case "path":
      return problemOfPrism(
        "NO_PATH_MATCHED_ERROR",
        404,
        "Route not resolved, no path matched",
        `The route ${path} hasn't been found in the specification file`,
      );
    case "method":
      return problemOfPrism(
        "NO_METHOD_MATCHED_ERROR",
        405,
        "Route resolved, but no method matched",
        `The route ${path} has been matched, but it does not have "${method.toLowerCase()}" method defined`,
        { allow: allowed.join(", ") },
      );
    case "server":
      return problemOfPrism(
        "NO_SERVER_MATCHED_ERROR",
        404,
        "Route not resolved, no server matched",
        `The server url ${server} hasn't been matched with any of the provided servers`,
      );
    case "servers":
      return problemOfPrism(
        "NO_SERVER_CONFIGURATION_PROVIDED_ERROR",
        404,
        "Route not resolved, no server configuration provided",
        `No server configuration has been provided, although ${server} is set as server url`,
      );
  }
}

function json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
