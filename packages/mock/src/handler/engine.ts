import { STATUS_CODES } from "node:http";
import type { IHttpOperationConfig, IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";
import { answerWithExample, askPrism } from "./answers.ts";
import { check, checkPlainBody, type Checked, type RequestViolation } from "../document/check.ts";
import type { Document } from "../document/load.ts";
import type { Endpoint } from "../document/endpoint.ts";
import { generalError, violationsError } from "../document/error-body.ts";
import { prism } from "../document/prism.ts";
import { NO_PREFERENCES, problem, type RawRequest, readPreferences, readRequest } from "./request.ts";
import type { Answer } from "./response.ts";

/** A request that has been read. */
export interface Received {
  /** In the form that Prism takes; `undefined` when it cannot be read. */
  readonly input: IHttpRequest | undefined;
  readonly preferences: IHttpOperationConfig;
  /** The operation that it is for. */
  readonly endpoint: Endpoint | undefined;
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
  replyWith(status: number, request: Received): Promise<Reply>;
  /** Answers with a status and a sentence. */
  refuse(status: number, message: string): Answer;
}

/** How many answers are kept for each operation: one for each `Accept` and `Prefer` that its clients send. */
const KEPT_ANSWERS = 100;

/**
 * Makes the engine of a document.
 *
 * @param shortcuts whether plain requests may be answered on a shorter way than through all of Prism. It leaves out what
 * cannot change the answer: to look through all operations for a path without parameters, to wrap the call of a JSON
 * body's validator, and to make anew what is the same each time.
 */
export function createEngine({ endpoints, errorBody }: Document, shortcuts: boolean): Engine {
  const operations = endpoints.map(({ operation }) => operation);
  const byOperation = new Map(endpoints.map((endpoint) => [endpoint.operation, endpoint]));
  const byTarget = new Map(
    endpoints.filter(({ operation: { path } }) => isPlain(path)).map((endpoint) => [targetOf(endpoint), endpoint]),
  );
  const kept = new Map(endpoints.map((endpoint) => [endpoint, new Map<string, Answer>()]));

  function receive(request: RawRequest): Received {
    let endpoint = shortcuts ? byTarget.get(`${request.method} ${request.target}`) : undefined;
    let input: IHttpRequest | undefined;
    let preferences = NO_PREFERENCES;
    let refusal: unknown;
    try {
      input = readRequest(request);
      endpoint ??= route(input);
      preferences = readPreferences(input);
    } catch (error) {
      refusal = error;
    }
    return { input, preferences, endpoint, refusal };
  }

  function route(input: IHttpRequest): Endpoint {
    const result = prism.route({ resources: operations, input });
    if ("right" in result) return byOperation.get(result.right)!;
    const { name, message, status, detail } = result.left as ProblemJsonError;
    if (status !== 405) throw result.left;
    throw new prism.ProblemJsonError(name, message, status, detail, { headers: { allow: allowedMethods(input) } });
  }

  function allowedMethods(input: IHttpRequest): string {
    return operations
      .filter((operation) => {
        const method = operation.method as IHttpRequest["method"];
        return "right" in prism.route({ resources: [operation], input: { ...input, method } });
      })
      .map(({ method }) => method.toUpperCase())
      .join(", ");
  }

  async function reply({ input, preferences, endpoint, refusal }: Received): Promise<Reply> {
    let violations: readonly RequestViolation[] = [];
    try {
      if (refusal) throw refusal;
      const checked = (shortcuts && checkPlainBody(endpoint!, input!)) || check(endpoint!, input!);
      violations = checked.violations;
      const rejection = reject(endpoint!, input!, checked);
      // `Prefer: code=400` asks for the document's own 400, even of a request that is rejected with it.
      if (rejection && rejection.status !== preferences.code) return { answer: rejection, violations };
      const isSpotless = checked.unauthorized.length === 0 && checked.reported.length === 0;
      const answer =
        (shortcuts && isSpotless && keptAnswer(endpoint!, input!, preferences)) ||
        (await askPrism(endpoint!.operation, input!, preferences));
      // A client would wait for the answer after it (RFC 9110, section 15.2).
      if (answer.status < 200) throw problem(422, "Unprocessable Content", "A status of 1xx cannot be the last answer");
      return { answer, violations };
    } catch (error) {
      return { answer: refuse(error), violations };
    }
  }

  /** The answer to a valid request, made once for all requests that want the same. */
  function keptAnswer(endpoint: Endpoint, input: IHttpRequest, preferences: IHttpOperationConfig): Answer | undefined {
    const { operation } = endpoint;
    // A callback is a request that Prism makes by itself each time.
    if (preferences.dynamic || operation.callbacks?.length) return undefined;
    const wanted = preferences === NO_PREFERENCES ? "" : JSON.stringify(preferences);
    const key = `${input.headers!["accept"]} ${wanted}`;
    const answers = kept.get(endpoint)!;
    const known = answers.get(key);
    if (known) return known;
    const answer = answerWithExample(operation, input, preferences);
    if (answer && answers.size < KEPT_ANSWERS) answers.set(key, answer);
    return answer;
  }

  /** Refuses a request that breaks the document, where the document says how. */
  function reject(endpoint: Endpoint, input: IHttpRequest, checked: Checked): Answer | undefined {
    if (!errorBody) return undefined;
    const { unauthorized, violations } = checked;
    if (unauthorized.length > 0) {
      const challenge = unauthorized.flatMap(({ tags = [] }) => tags).join(", ");
      const sentence = "Unauthorized: the credentials are missing or malformed";
      return refuse(problem(401, "Unauthorized", sentence, challenge ? { "www-authenticate": challenge } : {}));
    }
    const error = checked.reported.find(({ severity }) => severity === 0);
    if (!error) return undefined;
    if (input.body !== undefined && input.headers!["content-type"] === undefined) {
      return refuse(problem(415, "Unsupported Media Type", "The Content-Type header is missing"));
    }
    if (error.code === 415) {
      return refuse(problem(415, "Unsupported Media Type", `Unsupported content type. ${error.message}`));
    }
    // Prism's own choice: the first of these that the operation describes, else 422.
    const codes = new Set(endpoint.operation.responses.map(({ code }) => code));
    const status = Number(["422", "400"].find((code) => codes.has(code)) ?? 422);
    if (violations.length > 0) return json(status, violationsError(errorBody, violations));
    const missing = error.code === "required";
    return json(status, generalError(errorBody, missing ? "The request body is missing or empty" : error.message));
  }

  async function replyWith(status: number, { input, endpoint }: Received): Promise<Reply> {
    if (input && endpoint?.operation.responses.some(({ code }) => code === String(status))) {
      // Without anything that could break the document.
      const operation = { ...endpoint.operation, request: {}, security: [] };
      const bare = { method: input.method, url: input.url, headers: {} };
      return { answer: await askPrism(operation, bare, { dynamic: false, code: status }), violations: [] };
    }
    const reason = STATUS_CODES[status] ?? `Status ${status}`;
    return { answer: refuse(problem(status, reason, reason)), violations: [] };
  }

  function refuse(error: unknown): Answer {
    let refusal = error;
    if (!(error instanceof prism.ProblemJsonError)) {
      console.error("The mock failed to answer a request:", error);
      refusal = problem(500, "Internal Server Error", "The mock failed to answer this request");
    }
    const { name: type, message: title, status, detail, additional = {} } = refusal as ProblemJsonError;
    const { headers, ...more } = additional as { headers?: Record<string, string> };
    if (errorBody) return json(status, generalError(errorBody, detail || title), headers);
    const body = { type, title, status, detail, ...more };
    return json(status, body, { ...headers, "content-type": "application/problem+json" });
  }

  return {
    receive,
    reply,
    replyWith,
    refuse: (status, message) => refuse(problem(status, STATUS_CODES[status]!, message)),
  };
}

/** Whether a path of the document stands in the requests for it as it is. */
function isPlain(path: string): boolean {
  return !path.includes("{") && URL.parse(`http://mock${path}`)?.pathname === path;
}

function targetOf({ operation: { method, path } }: Endpoint): string {
  return `${method.toUpperCase()} ${path}`;
}

function json(status: number, body: unknown, headers?: Record<string, string>): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
