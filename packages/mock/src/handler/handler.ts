import { loadDocument } from "../document/load.ts";
import type { Operation } from "../document/operations.ts";
import type { Fault, MockControls, MockOptions, MockRequest } from "../types.ts";
import { type Callback, sendCallback } from "./callbacks.ts";
import { createEngine, type Reply } from "./engine.ts";
import { createFaults } from "./faults.ts";
import type { RawRequest } from "./request.ts";
import { createRequestLog } from "./request-log.ts";
import type { Answer } from "./response.ts";

/** What becomes of a request: an answer, unless the connection is lost before its end. */
export interface Delivery {
  answer: Answer;
  /** Milliseconds before anything is sent. */
  delay: number;
  lost?: "before the answer" | "in the answer" | undefined;
}

/** A mock without a way in. */
export interface Handler extends Pick<MockControls, "fail" | "warnings"> {
  handle(request: RawRequest): Promise<Delivery>;
  /** Answers what is no HTTP request. */
  refuse(status: number, message: string): Answer;
  /** Forgets the faults, and starts the random numbers anew. */
  clearFaults(): void;
  /** Compiles every schema of the document, so that the warnings are all there are. */
  checkAll(): void;
  readonly operations: readonly Operation[];
}

/** What is made of a request that is lost on its way. */
const NOTHING: Reply = { answer: { status: 0, headers: {}, body: undefined }, violations: [] };

/**
 * Loads a document and handles the requests for it.
 *
 * @param onRequest is called for each request when it has been handled, with the answer and the size of its body
 */
export async function createHandler(
  options: MockOptions,
  onRequest: (request: MockRequest, answer: Answer, bytes: number) => void,
): Promise<Handler> {
  verify(options);
  const { spec, strict = false, callbacks = false, errors = false, cors = true, seed } = options;
  const { dynamic = false, ignoreExamples = false } = options;
  const document = await loadDocument(spec, strict);
  const preferences = {
    dynamic,
    ...(ignoreExamples && { ignoreExamples }),
    ...(seed !== undefined && { seed: String(seed) }),
  };
  const engine = createEngine(document, preferences, errors);
  const { operations, warnings } = document;
  const faults = createFaults(
    operations.map(({ name }) => name),
    typeof seed === "string" ? numberOf(seed) : (seed ?? 0),
  );

  async function handle(raw: RawRequest): Promise<Delivery> {
    if (cors && isPreflight(raw))
      return { answer: { status: 204, headers: corsHeaders(raw, {}), body: undefined }, delay: 0 };
    const received = engine.receive(raw);
    const name = received.route?.operation.name;
    const fault = faults.next(name);
    const isHandled = fault?.drop !== "before";
    let reply = NOTHING;
    if (fault?.status !== undefined) reply = engine.replyWith(fault.status, received);
    else if (isHandled) reply = await engine.reply(received);
    const isShared = cors && "origin" in raw.headers;
    const answer = fault || isShared ? changed(reply.answer, fault, isShared ? raw : undefined) : reply.answer;
    const request: MockRequest = {
      method: raw.method,
      path: raw.target,
      operation: name,
      headers: raw.headers,
      body: received.request?.input.body,
      status: isHandled ? answer.status : undefined,
      violations: reply.violations.map(({ place, keys, message }) => ({ in: place, path: keys.join("."), message })),
      fault,
    };
    onRequest(request, answer, raw.body?.length ?? 0);
    if (callbacks && isHandled) for (const callback of engine.callbacks(received, reply)) void call(callback);
    const lost = fault?.drop ? "before the answer" : fault?.truncate ? "in the answer" : undefined;
    return { answer, delay: fault?.delay ?? 0, lost };
  }

  async function call(callback: Callback): Promise<void> {
    const status = await sendCallback(callback);
    const { operation, method, url: path, headers, body } = callback;
    const request: MockRequest = { method, path, operation, headers, body, status, violations: [], fault: undefined };
    onRequest(request, { status: status ?? 0, headers: {}, body: undefined }, body?.length ?? 0);
  }

  return {
    handle,
    refuse: engine.refuse,
    fail: faults.add,
    clearFaults: faults.clear,
    warnings,
    checkAll: document.checkAll,
    operations,
  };
}

/**
 * Makes a handler that logs its requests, and what tests do with it.
 *
 * @throws {Error} When the document cannot be loaded.
 */
export async function createTestHandler(options: MockOptions): Promise<{ handler: Handler; controls: MockControls }> {
  const log = createRequestLog();
  const handler = await createHandler(options, (request, _, bytes) => log.add(request, bytes));
  const { fail, clearFaults, warnings } = handler;
  const reset = () => {
    clearFaults();
    log.clear();
  };
  return { handler, controls: { fail, requests: log.requests, reset, warnings } };
}

const OPTIONS: Record<keyof MockOptions, true> = {
  spec: true,
  strict: true,
  callbacks: true,
  dynamic: true,
  ignoreExamples: true,
  errors: true,
  cors: true,
  seed: true,
};

function verify(options: MockOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown === undefined) return;
  throw new TypeError(`The mock has no option ${unknown}; it has ${Object.keys(OPTIONS).join(", ")}`);
}

/** A number for a text (https://en.wikipedia.org/wiki/Fowler–Noll–Vo_hash_function). */
function numberOf(text: string): number {
  return Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

/**
 * What is sent in place of an answer.
 *
 * @param shared the request, when a page of another origin may read the answer
 */
function changed(answer: Answer, fault: Fault | undefined, shared: RawRequest | undefined): Answer {
  const headers = { ...answer.headers, ...fault?.headers };
  return {
    status: answer.status,
    headers: { ...headers, ...(shared && corsHeaders(shared, headers)) },
    body: fault?.body ?? answer.body,
  };
}

/** Whether a browser asks whether it may send a request (https://fetch.spec.whatwg.org/#cors-preflight-request). */
function isPreflight({ method, headers }: RawRequest): boolean {
  return method === "OPTIONS" && "origin" in headers && "access-control-request-method" in headers;
}

/** Lets a page of any origin send anything and read everything: there is nothing to protect in a mock. */
function corsHeaders({ headers }: RawRequest, answered: Readonly<Record<string, string>>): Record<string, string> {
  const { origin, "access-control-request-method": method, "access-control-request-headers": names } = headers;
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": Object.keys(answered).join(", "),
    vary: "origin",
    ...(method !== undefined && { "access-control-allow-methods": method }),
    ...(names !== undefined && { "access-control-allow-headers": names }),
  };
}
