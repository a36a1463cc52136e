/** Methods that may be repeated without doing more than once: RFC 9110 §9.2.2. */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

const retriedStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** The longest delay that timers take: a larger one fires at once. */
const longestTimer = 2 ** 31 - 1;

const firstBackoff = 500;
const longestBackoff = 8000;
const longestRetryAfter = 60_000;

/** Codes of errors that come before a connection is there, so that nothing was sent. */
const notConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Whether a failed attempt proves that the request never left: some code in the error's chain of causes says so. */
export function provesNotSent(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth++) {
    if ("code" in cause && notConnected.has(String(cause.code))) return true;
  }
  return false;
}

/** Whether a method may be sent again after an attempt that may have been applied. */
export function isIdempotent(method: string): boolean {
  return idempotentMethods.has(method);
}

/** Whether an answer may be followed by another attempt: for a method that is not idempotent, only a plain refusal. */
export function isRetried(method: string, status: number): boolean {
  return isIdempotent(method) ? retriedStatuses.has(status) : status === 429;
}

/**
 * Milliseconds to wait before the next attempt, or undefined when the API asks for more than a minute: then the
 * caller is better told than kept waiting.
 */
export function delayBefore(retry: number, headers?: Headers): number | undefined {
  const asked = headers && parseRetryAfter(headers);
  if (asked !== undefined) return asked > longestRetryAfter ? undefined : asked;
  return Math.random() * Math.min(longestBackoff, firstBackoff * 2 ** retry);
}

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date: RFC 9110 §10.2.3. */
export function parseRetryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return /[a-z]/i.test(value) && !Number.isNaN(date) ? Math.max(0, date - Date.now()) : undefined;
}

/** A timer that any number of milliseconds fits. */
export function startTimer(callback: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  return setTimeout(callback, Math.min(milliseconds, longestTimer));
}
