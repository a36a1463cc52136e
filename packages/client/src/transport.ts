import {
  SphereAbortError,
  SphereConnectionError,
  SphereError,
  SphereTimeoutError,
  type SphereErrorDetails,
} from "./errors.ts";
import { outcomeOf, provesNotSent, worst } from "./outcome.ts";
import { backoff, isRetried, isSafeToRepeat, parseRetryAfter } from "./retry.ts";

/** How the requests of one call are sent. */
export interface TransportSettings {
  fetch: typeof fetch;
  apiKey: () => string | Promise<string>;
  timeout: number;
  maxRetries: number;
}

/** The part of a Request that is needed to send it. */
export interface Sendable {
  url: string;
  method: string;
  headers: Headers;
  signal?: AbortSignal | null | undefined;
  body?: string | ArrayBuffer | null | undefined;
}

const timedOut = new Error("timed out");

/**
 * Sends a request with the key, and again where that is safe.
 *
 * @param request the key is set on its headers
 * @param read reads the whole answer, within the timeout of the attempt
 * @param state what has become of the call, kept up to date for the errors
 * @returns the last answer, whatever its status
 * @throws SphereTimeoutError, SphereConnectionError, SphereAbortError; SphereError when there is no usable key
 */
export async function send(
  { url, method, headers, signal, body: content = null }: Sendable,
  { fetch, apiKey, timeout, maxRetries }: TransportSettings,
  read: (response: Response) => Promise<Response>,
  state: SphereErrorDetails,
): Promise<Response> {
  // Deno sends again by itself when a connection that it reuses breaks, a POST and one without a body too, unless the
  // body is a stream or a blob (https://github.com/denoland/deno/issues/35610).
  const body = "Deno" in globalThis && !isSafeToRepeat(method) ? new Blob([content ?? ""]) : content;
  for (let retry = 0; ; retry++) {
    let wait = backoff(retry);
    let sent = false;
    try {
      // Each step of an attempt can hang: the key function, the connection, the body.
      const response = await within(timeout, signal, async (stop) => {
        const key = await apiKey();
        // The runtime's own error about such a header would print the key.
        if (typeof key !== "string" || !/^[!-~]+$/.test(key)) {
          throw new SphereError("apiKey must be visible ASCII characters without spaces", state);
        }
        stop.throwIfAborted();
        headers.set("authorization", `Bearer ${key}`);
        sent = true;
        state.attempts++;
        // A redirect would take what is sent to an address that the spec does not name, or turn a POST into a GET.
        return read(await fetch(url, { method, headers, body, signal: stop, redirect: "manual" }));
      });
      if (!(retry < maxRetries && isRetried(method, response.status))) return response;
      wait = parseRetryAfter(response.headers) ?? wait;
      // Who has to wait longer than a minute is better told than kept waiting.
      if (wait > 60_000) return response;
      state.outcome = worst(state.outcome, outcomeOf(response.status));
    } catch (error) {
      if (error instanceof SphereError) throw error;
      const unsent = !sent || provesNotSent(error, method);
      if (!unsent) state.outcome = "unknown";
      if (signal?.aborted) throw new SphereAbortError("aborted by the caller", { ...state, cause: signal.reason });
      if (!sent && error !== timedOut) throw new SphereError("the apiKey function failed", { ...state, cause: error });
      // Where Node could not read an answer, the bytes of it are here, and they may repeat what was sent.
      for (let cause = error, depth = 0; cause instanceof Error && depth < 9; cause = cause.cause, depth++) {
        Reflect.deleteProperty(cause, "data");
      }
      if (!(retry < maxRetries && (unsent || isSafeToRepeat(method)))) {
        throw error === timedOut
          ? new SphereTimeoutError(`no answer within ${timeout} ms`, state)
          : new SphereConnectionError(unsent ? "nothing was sent" : "the connection broke", { ...state, cause: error });
      }
    }
    // A task without an end: its time limit, or the caller, ends the wait.
    await within(wait, signal, () => new Promise<never>(() => {})).catch(() => {});
  }
}

/** Runs a task that settles in time, even when it does not heed its signal. */
function within<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  task: (stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  let abort: () => void;
  return new Promise<Result>((resolve, reject) => {
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    };
    abort = () => stop(signal?.reason);
    // Timers fire at once when they are given more than this.
    timer = setTimeout(stop, Math.min(milliseconds, 2 ** 31 - 1), timedOut);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    else task(controller.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}
