import type { Outcome } from "./errors.ts";

/** Whether a method may be repeated without doing more than once: of those in OpenAPI, all but these (RFC 9110 §9.2.2). */
export function isSafeToRepeat(method: string): boolean {
  return !/^(POST|PATCH)$/.test(method);
}

/** Whether an answer may be followed by another attempt: where that could do something twice, only a plain refusal. */
export function isRetried(method: string, status: number): boolean {
  return status === 429 || (isSafeToRepeat(method) && /^(408|50[0234])$/.test(`${status}`));
}

/** What an answer says of the request: it may have been applied before a success that cannot be read, 303, 408 or 5xx. */
export function outcomeOf(status: number): Outcome {
  return /^(2|303|408|5)/.test(`${status}`) ? "unknown" : "rejected";
}

/** What is known after several attempts: what one of them may have done stays possible. */
export function worst(before: Outcome, now: Outcome): Outcome {
  return before === "unknown" ? before : now;
}

/**
 * Whether an error proves that there never was a connection: something in its chain of causes says so. Node and Bun
 * give codes; Deno, which has none, prints the kind of error of its HTTP library. Browsers and workerd tell nothing.
 */
export function provesNotSent(error: any, depth = 0): boolean {
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$|client error \(Connect\)/.test(
      error?.code ?? error?.message,
    ) ||
    (depth < 9 && !!error && provesNotSent(error.cause, depth + 1))
  );
}

/** Milliseconds before the next attempt when the API asks for none: full jitter, doubling from 500 ms up to 8 s. */
export function backoff(retry: number): number {
  return Math.random() * Math.min(8000, 500 * 2 ** retry);
}

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date: RFC 9110 §10.2.3. */
export function parseRetryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return +value * 1000;
  // Date takes much else for a date, such as a negative number.
  const date = new Date(value);
  return date.toUTCString() === value ? Math.max(0, +date - Date.now()) : undefined;
}
