import {
  requestIdOf,
  SphereAbortError,
  SphereConnectionError,
  SphereError,
  SphereTimeoutError,
  type SphereErrorDetails,
} from "./errors.ts";
import type { Credentialed } from "./operation.ts";
import { outcomeOf, provesNotSent, type Outcome } from "./outcome.ts";
import { backoff, isRetried, isSafeToRepeat, parseRetryAfter } from "./retry.ts";

/** What came of one attempt. It holds nothing that was sent or answered. */
export interface SphereAttempt {
  /** The operation that was called: its name, or method and path where the spec has none. */
  operation: string;
  /** 1 for the first attempt of the call. */
  attempt: number;
  /** HTTP status, if an answer began. */
  status: number | undefined;
  /** Name of the error, such as `SphereTimeoutError`, where there was no usable answer. */
  error: string | undefined;
  /** What became of the request, as far as is known by then; `undefined` where the answer is no error. */
  outcome: Outcome | undefined;
  /** Milliseconds from its start, the body of the answer included. */
  ms: number;
  /** Milliseconds until the next attempt; `undefined` when there is none. */
  wait: number | undefined;
  /** What to quote to the API's support, when the answer carried it. */
  requestId: string | undefined;
}

/** A request before its credentials. */
export interface Sendable extends Credentialed {
  method: string;
  body?: NonNullable<RequestInit["body"]> | undefined;
  /** Puts the credentials on the request of an attempt. */
  authorize: (request: Credentialed) => Promise<void>;
}

/** How the attempts of a call are made. */
export interface Sending {
  fetch: typeof fetch;
  timeout: number;
  maxRetries: number;
  signal?: AbortSignal | undefined;
  onAttempt?: ((attempt: SphereAttempt) => unknown) | undefined;
}

const timedOut = /* @__PURE__ */ new Error("timed out");

/**
 * Sends a request, and again where that is safe.
 *
 * @param make makes the request; what it throws is the call's error
 * @param read reads the whole answer, within the timeout of the attempt, or hands on an unread one; an error that it
 *   returns or throws is the call's, unless another attempt follows
 * @param state what has become of the call, kept up to date for the errors
 * @returns what was read of the last answer
 * @throws SphereTimeoutError, SphereConnectionError, SphereAbortError; SphereError when there is no usable credential
 */
export async function send<Result>(
  make: () => Sendable,
  { fetch, timeout, maxRetries, signal, onAttempt }: Sending,
  read: (response: Response) => Promise<Result | SphereError>,
  state: SphereErrorDetails,
): Promise<Result> {
  const { method, url, headers, authorize, body: given } = make();
  // Deno sends again by itself when a connection that it reuses breaks, a POST and one without a body too, unless the
  // body is a stream or a blob (https://github.com/denoland/deno/issues/35610). The type of this one is what the runtime
  // would have given the body, boundary included.
  const isResent = "Deno" in globalThis && !isSafeToRepeat(method);
  const body = isResent ? (given === undefined ? new Blob([]) : await new Response(given).blob()) : given;
  for (let retry = 0; ; retry++) {
    let wait: number | undefined;
    let sent = false;
    let again: boolean | undefined;
    let response: Response | undefined;
    let result: Result | SphereError;
    let failure: SphereError | undefined;
    const start = onAttempt && performance.now();
    try {
      result = await within(timeout, signal, async (stop) => {
        const request = { url, headers: { ...headers } };
        await authorize(request);
        stop.throwIfAborted();
        sent = true;
        state.attempts++;
        response = await fetch(request.url, {
          method,
          headers: request.headers,
          body: body ?? null,
          signal: stop,
          // A redirect would take what is sent to an address that the spec does not name, or turn a POST into a GET.
          redirect: "manual",
        });
        // What an earlier attempt may have done stays possible.
        if (state.outcome !== "unknown") state.outcome = outcomeOf(response.status);
        return await read(response);
      });
      if (result instanceof SphereError) failure = result;
    } catch (error) {
      failure = error as SphereError;
      if (!(error instanceof SphereError) || error === signal?.reason) {
        const unsent = !sent || provesNotSent(error, method);
        if (!unsent) state.outcome = "unknown";
        again = !signal?.aborted && (unsent || isSafeToRepeat(method));
        failure = signal?.aborted
          ? new SphereAbortError("aborted by the caller", { ...state, cause: signal.reason })
          : error === timedOut
            ? new SphereTimeoutError(`no answer within ${timeout} ms`, state)
            : new SphereConnectionError(unsent ? "nothing was sent" : "the connection broke", {
                ...state,
                cause: withoutData(error),
              });
      }
    }
    if (again === undefined && response?.ok === false && isRetried(method, response.status)) {
      wait = parseRetryAfter(response.headers);
      // Who has to wait longer than a minute is better told than kept waiting.
      again = !(wait! > 60_000);
    }
    again &&= retry < maxRetries;
    if (again) wait ??= backoff(retry);
    if (sent && onAttempt) {
      const attempt: SphereAttempt = {
        operation: state.operation,
        attempt: state.attempts,
        status: response?.status,
        error: failure?.name,
        outcome: failure?.outcome,
        ms: performance.now() - start!,
        wait: again ? wait : undefined,
        requestId: response && requestIdOf(response.headers),
      };
      // What an observer throws, at once or later, is no business of the call.
      (async () => onAttempt(attempt))().catch(() => {});
    }
    if (!again) {
      if (failure) throw failure;
      return result! as Result;
    }
    // A task without an end: its time limit, or the caller, ends the wait.
    await within(wait!, signal, () => new Promise<never>(() => {})).catch(() => {});
  }
}

/** Where Node could not read an answer, its error holds the bytes, and they may repeat what was sent. */
function withoutData(error: unknown): unknown {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 9; cause = cause.cause, depth++) {
    Reflect.deleteProperty(cause, "data");
  }
  return error;
}

/** Runs a task that settles in time, even when it does not heed its signal. */
function within<Result>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  task: (stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const fail = (reason: unknown) => {
      end();
      reject(reason);
    };
    const stop = (reason: unknown) => {
      fail(reason);
      controller.abort(reason);
    };
    const abort = signal && (() => stop(signal.reason));
    const end = () => {
      clearTimeout(timer);
      if (abort) signal.removeEventListener("abort", abort);
    };
    const settle = (result: Result) => {
      // The caller's signal also ends the reading of an answer that is handed on.
      if (result instanceof Response) clearTimeout(timer);
      else end();
      resolve(result);
    };
    // Timers fire at once when they are given more than this.
    const timer = setTimeout(stop, Math.min(milliseconds, 2 ** 31 - 1), timedOut);
    if (abort) {
      signal.addEventListener("abort", abort);
      if (signal.aborted) return abort();
    }
    task(controller.signal).then(settle, fail);
  });
}
