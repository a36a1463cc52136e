import { environments, type SphereCredentials, type SphereVariables } from "./generated/operations.ts";
import { plainHeaders } from "./parameters.ts";
import { schemes, type GivenCredential, type GivenCredentials } from "./security.ts";
import { baseAddress, type ServerChoice } from "./servers.ts";
import type { SphereAttempt, Sending } from "./transport.ts";
import { version } from "./version.ts";

/** Name of an environment that the spec lists as a server. */
export type SphereEnvironment = keyof typeof environments;

/** Settings of a client. */
export interface SphereClientOptions extends SphereCredentials {
  /** Which of the spec's servers to call. @default the first */
  environment?: SphereEnvironment | undefined;
  /** The parts of a server's address that may be chosen, by name. @default those of the spec */
  variables?: Partial<SphereVariables> | undefined;
  /** Call this address instead of any server of the spec: a mock server or a proxy. */
  baseUrl?: string | undefined;
  /** Send requests through this function. @default the runtime's `fetch` */
  fetch?: typeof fetch | undefined;
  /** Headers to send with each call, by name. Those of a call win over them, and credentials over both. */
  headers?: Record<string, string> | undefined;
  /** Milliseconds that one attempt may take, its body included. @default 30000 */
  timeout?: number | undefined;
  /** How often a failed attempt may be followed by another, where that is safe. @default 2 */
  maxRetries?: number | undefined;
  /** Is told of each attempt when it has ended. What it throws changes nothing. */
  onAttempt?: ((attempt: SphereAttempt) => unknown) | undefined;
}

/** The options, checked and complete. */
export interface Settings extends Sending {
  credentials: GivenCredentials;
  headers: Record<string, string>;
  servers: ServerChoice;
  /** The address before the path, of all operations that have no servers of their own. */
  base: string;
}

/**
 * Checks the options of a client.
 *
 * @throws TypeError when one is missing or has no valid value
 */
export function readOptions(options: SphereClientOptions): Settings {
  const {
    apiKey,
    credentials = { [schemes[0]!]: apiKey },
    // Looked up at each call, so that the runtime's fetch can be replaced after the client was made.
    fetch = (...request) => globalThis.fetch(...request),
    headers,
    timeout = 30_000,
    maxRetries = 2,
    onAttempt,
    ...servers
  } = options as SphereClientOptions & { apiKey?: GivenCredential; credentials?: GivenCredentials };
  const fail = (message: string) => new TypeError(message);
  if ("apiKey" in options && !apiKey) throw fail("apiKey is missing");
  checkLimits(timeout, maxRetries);
  if (typeof fetch !== "function") throw fail("fetch must be a function");
  if (onAttempt && typeof onAttempt !== "function") throw fail("onAttempt must be a function");
  if (options.environment != null && !Object.hasOwn(environments, options.environment)) {
    throw fail(`environment must be one of ${Object.keys(environments).join(", ")}`);
  }
  return {
    fetch,
    onAttempt,
    credentials,
    servers,
    base: baseAddress(environments, servers, fail),
    headers: {
      // Browsers have a name of their own, and would ask each server whether it lets another in.
      ...(!globalThis.navigator?.userAgent?.startsWith("Mozilla") && { "user-agent": `spherepay-client/${version}` }),
      ...plainHeaders(headers, fail),
    },
    timeout,
    maxRetries,
  };
}

/** Checks how long an attempt may take, and how often another may follow. */
export function checkLimits(timeout: number, maxRetries: number): void {
  if (!(timeout > 0 && maxRetries >= 0)) {
    throw new TypeError(`timeout and maxRetries cannot be ${timeout} and ${maxRetries}`);
  }
}
