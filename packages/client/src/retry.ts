import type { Outcome } from "./errors.ts";

const firstBackoff = 500;
const longestBackoff = 8000;
const longestRetryAfter = 60_000;

/** Whether a method may be repeated without doing more than once: RFC 9110 §9.2.2. */
export function isSafeToRepeat(method: string): boolean {
  return /^(GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/.test(method);
}

/** Whether an answer may be followed by another attempt: where that could do something twice, only a plain refusal. */
export function isRetried(method: string, status: number): boolean {
  return status === 429 || (isSafeToRepeat(method) && [408, 500, 502, 503, 504].includes(status));
}

/**
 * Whether an error proves that there never was a connection: something in its chain of causes says so. Node and Bun
 * give codes; Deno, which has none, prints the kind of error of its HTTP library. Browsers and workerd tell nothing.
 */
export function provesNotSent(error: unknown): boolean {
  for (let cause: any = error, depth = 0; cause && depth < 10; cause = cause.cause, depth++) {
    if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(cause.code)) return true;
    if (/: client error \(Connect\): /.test(cause.message)) return true;
  }
  return false;
}

/** What an answer says of the request: a success that cannot be read, 408 and 5xx may come after it was applied. */
export function outcomeOf(status: number): Outcome {
  return status >= 500 || status === 408 || (status >= 200 && status < 300) ? "unknown" : "rejected";
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
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // An HTTP date begins with the name of a day; Date.parse alone takes much else for a date.
  const date = /^[A-Z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
