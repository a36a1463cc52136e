import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import {
  createSphereClient,
  SphereAbortError,
  SphereApiError,
  SphereConnectionError,
  SphereError,
  SphereTimeoutError,
  type SphereClientOptions,
} from "../src/index.ts";
import { createSphereHttp } from "../src/http.ts";
import { calls, expected, isCertain, isEndless, isRefusal, waitOf, type Script } from "./fault-scripts.ts";
import { contents, customer, startFaultServer, type Phase } from "./fault-server.ts";

export const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const reason = new Error("the user left");
/** What a call may take beyond what its script asks for; much, since the machine may be busy. */
const slack = 8000;
const stuck = Symbol("stuck");

export type Run = Awaited<ReturnType<typeof run>>;

/** Makes the call of a script, and tells what became of it and what the server saw. */
export async function run(script: Script) {
  const { method, steps, maxRetries, timeout, abort } = script;
  const controller = new AbortController();
  const { signal } = controller;
  let abortedAt: number | undefined;
  const abortNow = () => {
    abortedAt ??= performance.now();
    controller.abort(reason);
  };
  const onPhase = (phase: Phase, attempt: number) => {
    if (abort?.phase !== phase || attempt < abort.attempt) return;
    if (abort.delay > 0) setTimeout(abortNow, abort.delay);
    else abortNow();
  };
  const server = await startFaultServer(steps, onPhase);
  const { fetch, url: baseUrl, attempts, seen, busy } = server;
  try {
    const options = { apiKey: "secret_key", baseUrl, fetch, maxRetries, timeout };
    if (abort?.phase === "before the call") abortNow();
    const startedAt = performance.now();
    const call = send[method](options, signal);
    if (abort?.phase === "at once") abortNow();

    const limit = new AbortController();
    const result = await Promise.race([
      call.then(
        (data: unknown) => ({ data, error: undefined }),
        (error: unknown) => ({ data: undefined, error: error as SphereApiError }),
      ),
      sleep(deadlineOf(script), stuck, { signal: limit.signal }),
    ]);
    limit.abort();
    const elapsed = performance.now() - startedAt;
    if (result === stuck) throw new Error(`the call is still not settled after ${Math.round(elapsed)} ms`);
    const listeners = getEventListeners(signal, "abort").length;
    // A connection whose answer nobody waits for any more takes a moment to go.
    for (let tries = 0; busy.size > 0 && tries < 100; tries++) await sleep(10);
    const { bytes, connections, commits, requests, played } = seen;
    return {
      ...result,
      elapsed,
      attempts: [...attempts],
      aborted: abortedAt !== undefined,
      listeners,
      bytes,
      connections,
      commits,
      requests: [...requests],
      played: [...played],
      unfinished: busy.size,
    };
  } finally {
    await server.close();
  }
}

const send: Record<Script["method"], (options: SphereClientOptions, signal: AbortSignal) => Promise<unknown>> = {
  POST: (options, signal) => createSphereClient(options).createCustomer({ body }, { signal }),
  GET: (options, signal) =>
    createSphereClient(options).getCustomer({ params: { path: { customer_id: customer.id } } }, { signal }),
  // The API has no PUT; the functions of openapi-fetch take any path.
  async PUT(options, signal) {
    type Request = (method: string, path: string, init: object) => Promise<{ response: Response }>;
    const { request } = createSphereHttp(options) as object as { request: Request };
    return (await request("put", calls.PUT.path, { body, parseAs: "text", signal })).response.status;
  },
};

/** Milliseconds in which a call must be settled: the waits and the timeouts of its attempts. */
function deadlineOf({ steps, maxRetries, timeout }: Script): number {
  const attempts = Array.from({ length: maxRetries + 1 }, (_, index) => steps[Math.min(index, steps.length - 1)]!);
  return attempts.reduce((sum, step) => sum + waitOf(step) + (isEndless(step) ? timeout : 0), slack);
}

/** What must hold for every run of every script. */
export function check(script: Script, result: Run): void {
  const { method } = script;
  const { path, isOperation } = calls[method];
  const { error, data, attempts, commits, requests, played } = result;
  const last = played.at(-1);

  expect(result.unfinished, "connections left with a request under way").toBe(0);
  // openapi-fetch makes a Request of what goes through `http`, and that listens until it is collected.
  if (isOperation) expect(result.listeners, "listeners left on the caller's signal").toBe(0);
  expect(new Set(requests).size, "only what was called is requested").toBeLessThanOrEqual(1);
  expect(requests[0] ?? `${method} ${path}`).toBe(`${method} ${path}`);
  if (method === "POST") expect(commits, "customers created").toBeLessThanOrEqual(1);
  checkWaits(script, result);

  if (error === undefined) {
    expect(last?.fault, "only a whole answer is a success").toBe("none");
    expect(data).toEqual(isOperation ? customer : (last?.status ?? 200));
    if (method === "POST") expect(commits, "customers created by a call that resolved").toBe(1);
  } else {
    checkError(script, result, error);
  }
  if (isCertain(script)) {
    const { attempts: count, error: name, outcome } = expected(script);
    const told = (...parts: unknown[]) => parts.join(" ");
    expect(told(attempts.length, "attempts", error?.name, error?.outcome)).toBe(told(count, "attempts", name, outcome));
  }
}

function checkError(script: Script, result: Run, error: SphereError): void {
  const { method, timeout } = script;
  const { attempts, aborted, bytes, connections, commits, played } = result;
  const last = played.at(-1);
  const { operation } = calls[method];

  expect(error).toBeInstanceOf(SphereError);
  expect(error.operation).toBe(operation);
  expect(error.message.split(`${operation}: `)).toEqual(["", expect.stringMatching(/^\w.{9,}/)]);
  expect(error.attempts, "attempts").toBe(attempts.length);
  expect(played.length, "attempts that the server saw").toBeLessThanOrEqual(error.attempts);

  if (commits > 0) expect(error.outcome, "a customer was created").toBe("unknown");
  if (error.outcome === "not_sent") expect(bytes, "bytes that the server read").toBe(0);
  if (error.outcome === "rejected") {
    const answered = played.findLast(({ fault }) => fault === "none");
    expect(answered && isRefusal(answered), "the server refused").toBe(true);
  }
  if (connections === 0 && !aborted && !(error instanceof SphereTimeoutError)) {
    expect(error.outcome, "there was no connection").toBe("not_sent");
  }

  if (error instanceof SphereApiError) {
    expect(last).toMatchObject({ fault: "none" });
    expect(error.status).toBe(last?.status ?? 200);
    expect(error.body).toEqual(parsed(contents[last?.content ?? "customer"][1]));
    if (method === "POST") expect(error.outcome).toBe(isRefusal(last!) ? "rejected" : "unknown");
    checkRetryAfter(error, last?.retryAfter);
  } else if (error instanceof SphereAbortError) {
    expect(aborted, "the caller aborted").toBe(true);
    expect(error.cause).toBe(reason);
  } else if (error instanceof SphereTimeoutError) {
    expect(error.message).toContain(`${timeout} ms`);
    expect(result.elapsed).toBeGreaterThan(timeout - 5);
  } else {
    expect(error).toBeInstanceOf(SphereConnectionError);
    expect((error as Error).cause).toBeInstanceOf(Error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An attempt never starts before the API allows it. */
function checkWaits({ steps }: Script, { attempts }: Run): void {
  for (let index = 1; index < attempts.length; index++) {
    const { fault, status, retryAfter } = steps[Math.min(index, steps.length) - 1]!;
    if (fault !== "none" || status === 200 || retryAfter !== "1") continue;
    expect(attempts[index]! - attempts[index - 1]!, "wait that Retry-After asked for").toBeGreaterThan(995);
  }
}

function checkRetryAfter({ retryAfter }: SphereApiError, asked: Script["steps"][number]["retryAfter"]): void {
  if (!asked || asked.startsWith("garbage") || asked === "negative") expect(retryAfter).toBeUndefined();
  else if (asked === "past date") expect(retryAfter).toBe(0);
  else if (asked === "soon date") expect(retryAfter).toBeLessThanOrEqual(1000);
  else if (asked === "far date" || asked === "huge") expect(retryAfter).toBeGreaterThan(3_000_000);
  else expect(retryAfter).toBe(Number(asked) * 1000);
}
