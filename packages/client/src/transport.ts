import {
  SphereAbortError,
  SphereConnectionError,
  SphereError,
  SphereTimeoutError,
  type SphereErrorDetails,
} from "./errors.ts";
import { delayBefore, isRetried, isSafeToRepeat, outcomeOf, provesNotSent } from "./retry.ts";

/** How the requests of one call are sent. */
export interface TransportSettings {
  fetch: typeof fetch;
  apiKey: () => string | Promise<string>;
  timeout: number;
  maxRetries: number;
}

/** What is sent: a Request, or as much of one as is needed. */
export interface Sendable {
  url: string;
  method: string;
  headers: Headers;
  body?: string | ArrayBuffer;
  signal?: AbortSignal | null;
}

/** The part of an answer that openapi-fetch and the client look at; a Response has it too. */
export interface Answer {
  ok: boolean;
  status: number;
  headers: Headers;
  body: unknown;
  text(): Promise<string>;
}

/** The longest delay that timers take: a larger one fires at once. */
const longestTimer = 2 ** 31 - 1;

const timedOut = new Error("timed out");

/**
 * Sends a request with the key, and again where that is safe.
 *
 * @param request its headers are taken over: the key is set on them
 * @param read reads the whole answer; the timeout of the attempt holds for it too
 * @param state what has become of the call, kept up to date for the errors
 * @returns the last answer, whatever its status
 * @throws SphereTimeoutError, SphereConnectionError, SphereAbortError; SphereError when there is no usable key
 */
export async function send<Read extends Answer>(
  { url, method, headers, body, signal }: Sendable,
  settings: TransportSettings,
  read: (response: Response) => Promise<Read>,
  state: SphereErrorDetails,
): Promise<Read> {
  for (let retry = 0; ; retry++) {
    let asked: Headers | undefined;
    let sent = false;
    /** Within one attempt everything can hang: the key function, the connection, the body. */
    const exchange = async (stop: AbortSignal): Promise<Read> => {
      headers.set("authorization", `Bearer ${await keyFrom(settings.apiKey, state)}`);
      stop.throwIfAborted();
      sent = true;
      state.attempts++;
      // A redirect would take what is sent to an address that the spec does not name, or turn a POST into a GET.
      const init = { method, headers, body: body ?? null, signal: stop, redirect: "manual" } as const;
      return read(await settings.fetch(url, init));
    };

    try {
      const answer = await within(settings.timeout, signal, exchange);
      asked = answer.headers;
      const retried = retry < settings.maxRetries && isRetried(method, answer.status);
      if (!retried || delayBefore(retry, asked) === undefined) return answer;
      state.outcome = outcomeOf(answer.status);
    } catch (error) {
      if (error instanceof SphereError) throw error;
      const unsent = !sent || provesNotSent(error);
      if (!unsent) state.outcome = "unknown";
      if (signal?.aborted) throw new SphereAbortError("aborted by the caller", { ...state, cause: signal.reason });
      if (retry >= settings.maxRetries || !(unsent || isSafeToRepeat(method))) {
        throw error === timedOut
          ? new SphereTimeoutError(`no answer within ${settings.timeout} ms`, state)
          : new SphereConnectionError(unsent ? "no connection, nothing was sent" : "the connection broke", {
              ...state,
              cause: error,
            });
      }
    }
    // A task without an end: its time limit, or the caller, ends the wait.
    await within(delayBefore(retry, asked)!, signal, () => new Promise(() => {})).catch(() => {});
  }
}

async function keyFrom(apiKey: TransportSettings["apiKey"], state: SphereErrorDetails): Promise<string> {
  let key: unknown;
  try {
    key = await apiKey();
  } catch (cause) {
    throw new SphereError("the apiKey function failed", { ...state, cause });
  }
  if (!isKey(key)) throw new SphereError(`the apiKey function returned no key: ${keyRule}`, state);
  return key;
}

/** What a key must be: the runtime's own error about another header value would print it. */
export const keyRule = "it must be a string of visible ASCII characters, without spaces or line breaks";

/** Whether a header can carry the key. */
export function isKey(key: unknown): key is string {
  return typeof key === "string" && /^[!-~]+$/.test(key);
}

/** Runs a task that settles in time, even when it does not heed its signal. */
function within<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  task: (stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const controller = new AbortController();
    const settle =
      <Value>(callback: (value: Value) => void) =>
      (value: Value) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        callback(value);
      };
    const stop = settle((reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    });
    const abort = () => stop(signal!.reason);
    const timer = setTimeout(stop, Math.min(milliseconds, longestTimer), timedOut);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    task(controller.signal).then(settle(resolve), settle(reject));
  });
}
