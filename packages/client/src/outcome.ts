import { isSafeToRepeat } from "./retry.ts";

/**
 * What became of the request:
 * - `"not_sent"`: it never reached the API.
 * - `"rejected"`: the API answered and refused it.
 * - `"unknown"`: it may have been applied. Find out before you send it again.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** What an answer says of the request: it may have been applied before a success that cannot be read, 303, 408 or 5xx. */
export function outcomeOf(status: number): Outcome {
  return status < 300 || status === 303 || status === 408 || status > 499 ? "unknown" : "rejected";
}

/**
 * Whether the error of a fetch proves that the API read nothing of the request: there was no connection, or its TLS
 * handshake did not end, which all of the request comes after. `test/handshakes.test.ts` holds it against what servers
 * read.
 *
 * Left out is what says the same after the request was read: ERR_SSL_* and EPROTO, since an alert or a broken record
 * may come at any time, and ECONNRESET, ETIMEDOUT and EHOSTUNREACH of another system call than connect. Of a message only
 * the beginning counts, which is the runtime's own, and which only Bun and Deno need without a code.
 *
 * One thing has to be believed: TLS 1.2 may renegotiate, and Node then checks the certificate again. A server that shows
 * a good one, reads the request and then shows a bad one is the API's own, and could as well answer 429.
 *
 * @param error what fetch threw; what it was caused by counts as well
 * @param method of the request
 * @returns false also where nobody can know, as after every error of workerd and of browsers
 * @example
 * await fetch("http://127.0.0.1:2", { method: "POST" }).catch((error) => provesNotSent(error, "POST")); // true
 */
export function provesNotSent(error: any, method: string, depth = 0): boolean {
  // When a kept connection breaks, these repeat by themselves what is safe to repeat, and tell of the last try only.
  const sendsAgain = "Bun" in globalThis || "Deno" in globalThis;
  if (!error || depth > 8 || (sendsAgain && isSafeToRepeat(method))) return false;
  return (
    /^connect |^\w+ (ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_TIMEOUT|(ERR_TLS_)?CERT_|\w*SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|ECONNRESET Client network socket)/.test(
      `${error.syscall} ${error.code} ${error.message}`,
    ) ||
    (sendsAgain &&
      /^(error sending request for url \S+ client error \(Connect\)|E\w+: (Unable to|Was there))/.test(
        error.message,
      )) ||
    // A host with several addresses has an error for each.
    (error instanceof AggregateError ? error.errors : [error.cause]).every((inner) =>
      provesNotSent(inner, method, depth + 1),
    )
  );
}
