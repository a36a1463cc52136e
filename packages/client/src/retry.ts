/** Whether a method may be repeated without doing more than once (RFC 9110 §9.2.2, and RFC 10008 for QUERY). */
export function isSafeToRepeat(method: string): boolean {
  return /^(GET|HEAD|PUT|DELETE|OPTIONS|QUERY)$/.test(method);
}

/** Whether an answer may be followed by another attempt: where that could do something twice, only a plain refusal. */
export function isRetried(method: string, status: number): boolean {
  return status === 429 || (isSafeToRepeat(method) && /^(408|50[0234])$/.test(`${status}`));
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
