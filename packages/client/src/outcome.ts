/**
 * What became of the request:
 * - `"not_sent"`: it never reached the API.
 * - `"rejected"`: the API answered and refused it.
 * - `"unknown"`: it may have been applied. Find out before you send it again.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** What an answer says of the request: it may have been applied before a success that cannot be read, 303, 408 or 5xx. */
export function outcomeOf(status: number): Outcome {
  return /^(2|303|408|5)/.test(`${status}`) ? "unknown" : "rejected";
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
