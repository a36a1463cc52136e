import { SphereAbortError, SphereConnectionError, SphereTimeoutError, type Outcome } from "./errors.ts";
import { delayBefore, isIdempotent, isRetried, provesNotSent, startTimer } from "./retry.ts";

/** How one call is sent. */
export interface TransportSettings {
  fetch: typeof fetch;
  apiKey: () => string | Promise<string>;
  timeout: number;
  maxRetries: number;
  operation: string;
}

/** Statuses whose answers have no body: the Fetch standard's null body status. */
const withoutBody = new Set([101, 103, 204, 205, 304]);

/**
 * Sends a request as a `fetch` would, with a key, a timeout and retries for each attempt.
 *
 * @param request is read once, so that each attempt can send the same body
 * @param onAttempt is told the number of each attempt before it starts
 * @returns the last answer, whatever its status; its body has been read from the network
 * @throws SphereTimeoutError, SphereConnectionError, SphereAbortError
 */
export async function send(
  request: Request,
  settings: TransportSettings,
  onAttempt?: (attempts: number) => void,
): Promise<Response> {
  const { method, signal } = request;
  const body = request.body ? await request.arrayBuffer() : undefined;
  const state = { operation: settings.operation, attempts: 0, outcome: "not_sent" as Outcome };

  for (;;) {
    throwIfAborted(signal, state);
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${checkedKey(await settings.apiKey())}`);
    throwIfAborted(signal, state);
    onAttempt?.(++state.attempts);

    let refusal: Headers | undefined;
    try {
      // A redirect would send the customer to an address that the spec does not name, or turn POST into GET.
      const init: RequestInit = { method, headers, redirect: "manual", ...(body && { body }) };
      const response = await attempt(request.url, init, settings, signal);
      if (state.attempts > settings.maxRetries || !isRetried(method, response.status)) return response;
      if (delayBefore(0, response.headers) === undefined) return response;
      state.outcome = outcomeOf(response.status);
      refusal = response.headers;
    } catch (error) {
      const failure = provesNotSent(error) ? "not_sent" : "unknown";
      state.outcome = state.outcome === "unknown" ? "unknown" : failure;
      throwIfAborted(signal, state);
      const retried = failure === "not_sent" || isIdempotent(method);
      if (!retried || state.attempts > settings.maxRetries) {
        throw error === timedOut
          ? new SphereTimeoutError(`no answer within ${settings.timeout} ms`, state)
          : new SphereConnectionError(describe(failure), { ...state, cause: error });
      }
    }
    await sleep(delayBefore(state.attempts - 1, refusal) ?? 0, signal);
  }
}

/** Whether the request may have been applied, by the status of the answer. */
export function outcomeOf(status: number): Outcome {
  return status >= 300 && status < 500 && status !== 408 ? "rejected" : "unknown";
}

const timedOut = new Error("timed out");

/** One attempt. It settles in time even when `fetch` does not heed its signal. */
async function attempt(url: string, init: RequestInit, settings: TransportSettings, signal: AbortSignal) {
  const controller = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  const abort = () => controller.abort(signal.reason);
  const timer = startTimer(() => controller.abort(timedOut), settings.timeout);
  signal.addEventListener("abort", abort);

  const exchange = async () => {
    const response = await settings.fetch(url, { ...init, signal: controller.signal });
    const body = withoutBody.has(response.status) ? null : await response.arrayBuffer();
    return new Response(body, response);
  };
  try {
    return await Promise.race([exchange(), stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = startTimer(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}

function throwIfAborted(signal: AbortSignal, state: { operation: string; attempts: number; outcome: Outcome }): void {
  if (signal.aborted) throw new SphereAbortError("aborted by the caller", { ...state, cause: signal.reason });
}

/** A header value with other characters makes the runtime throw an error that prints it. */
function checkedKey(apiKey: unknown): string {
  if (typeof apiKey !== "string" || !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new TypeError("apiKey must be a string of visible ASCII characters without spaces or line breaks.");
  }
  return apiKey;
}

function describe(outcome: Outcome): string {
  return outcome === "not_sent"
    ? "no connection to the API, nothing was sent"
    : "the connection broke before the whole answer was there";
}
