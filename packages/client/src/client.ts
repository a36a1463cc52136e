import createClient, { type Client } from "openapi-fetch";
import type { SphereCall, SphereCallOptions } from "./call.ts";
import { SphereApiError, type OperationId } from "./errors.ts";
import { environments, operationTable, type SphereOperations } from "./generated/operations.ts";
import type { paths } from "./generated/schema.ts";
import { outcomeOf, send, type TransportSettings } from "./transport.ts";

/** Name of an environment that the spec lists as a server. */
export type SphereEnvironment = keyof typeof environments;

/** Settings of a client. */
export interface SphereClientOptions {
  /**
   * Your secret API key, or a function that returns it. The function is asked before each attempt, so keys can rotate;
   * an error that it throws reaches the caller as it is.
   */
  apiKey: string | (() => string | Promise<string>) | undefined;
  /** Which of the spec's servers to call. @default the first: the sandbox */
  environment?: SphereEnvironment | undefined;
  /** Call this address instead of an environment: a mock server or a proxy. */
  baseUrl?: string | undefined;
  /** Send requests through this function. @default the runtime's `fetch` */
  fetch?: typeof fetch | undefined;
  /** Milliseconds that one attempt may take, its body included. @default 30000 */
  timeout?: number | undefined;
  /** How often a failed attempt may be followed by another, where that is safe. @default 2 */
  maxRetries?: number | undefined;
}

/** One method for each operation of the API, and the client beneath them. */
export interface SphereClient extends SphereOperations {
  /**
   * The openapi-fetch client: every path of the spec, middleware through `use()`, answers as
   * `{ data, error, response }`. It sends with the same key, timeout and retries.
   */
  readonly http: Client<paths>;
}

/**
 * A client of the SpherePay API.
 *
 * @throws TypeError when an option is missing or has no valid value
 * @example
 * const sphere = createSphereClient({ apiKey: process.env.SPHERE_API_KEY });
 * const customer = await sphere.createCustomer({
 *   body: { type: "individual", address: { state: "CA", country: "USA" } },
 * });
 */
export function createSphereClient(options: SphereClientOptions): SphereClient {
  const { apiKey, timeout = 30_000, maxRetries = 2 } = options;
  if (!apiKey) throw new TypeError("apiKey is missing. Pass your secret key, or a function that returns it.");
  const settings = {
    // Looked up at each call, so that a runtime's fetch can be replaced after the client was made.
    fetch: options.fetch ?? ((...request: Parameters<typeof fetch>) => globalThis.fetch(...request)),
    apiKey: typeof apiKey === "function" ? apiKey : () => apiKey,
    ...checkedLimits(timeout, maxRetries),
  };
  const http = createClient<paths>({
    baseUrl: options.baseUrl ?? baseUrlOf(options.environment),
    fetch: (request) => send(request, { ...settings, operation: `${request.method} ${new URL(request.url).pathname}` }),
  });

  const methods = Object.keys(operationTable).map((id) => [
    id,
    (request?: Arguments, callOptions?: SphereCallOptions) =>
      call(http, settings, id as OperationId, request, callOptions),
  ]);
  return Object.assign(Object.fromEntries(methods), { http });
}

type RequestOf = { method: string; path: string; contentType?: string; mayBeEmpty?: boolean };
type Arguments = { body?: unknown; params?: unknown };

function call(
  http: Client<paths>,
  clientSettings: Omit<TransportSettings, "operation">,
  operation: OperationId,
  request: Arguments = {},
  options: SphereCallOptions = {},
): SphereCall<unknown> {
  const result = exchange(http, clientSettings, operation, request, options);
  const data = result.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse: () => {
      // The caller has turned to `result`, which carries the same error.
      data.catch(() => {});
      return result;
    },
  });
}

async function exchange(
  http: Client<paths>,
  clientSettings: Omit<TransportSettings, "operation">,
  operation: OperationId,
  request: Arguments,
  { signal, headers, timeout = clientSettings.timeout, maxRetries = clientSettings.maxRetries }: SphereCallOptions,
) {
  const settings = { ...clientSettings, ...checkedLimits(timeout, maxRetries), operation };
  const { method, path, contentType, mayBeEmpty }: RequestOf = operationTable[operation];
  let attempts = 0;
  // The table is made from the same document as `paths`, which the compiler can't see.
  const sendUntyped = http.request as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ error?: unknown; response: Response }>;
  const { error, response } = await sendUntyped(method, path, {
    ...request,
    headers: { ...headers, ...(request.body !== undefined && { "content-type": contentType }) },
    signal,
    parseAs: "stream",
    fetch: (sent: Request) => send(sent, settings, (count) => (attempts = count)),
  });

  const fail = (message: string, body: unknown) =>
    new SphereApiError(message, {
      operation,
      attempts,
      outcome: outcomeOf(response.status),
      status: response.status,
      headers: response.headers,
      body,
    });
  if (!response.ok) throw fail(`the API answered ${response.status}`, error);
  const text = await response.text();
  if (text === "" && mayBeEmpty) return { data: undefined, response };
  try {
    return { data: JSON.parse(text) as unknown, response };
  } catch {
    throw fail(`the API answered ${response.status} with a body that is not JSON`, text);
  }
}

function baseUrlOf(environment: SphereEnvironment | undefined): string {
  const names = Object.keys(environments) as SphereEnvironment[];
  const name = environment ?? names[0]!;
  check("environment", environment, names.includes(name), names.map((known) => `"${known}"`).join(" or "));
  return environments[name];
}

function checkedLimits(timeout: number, maxRetries: number) {
  check("timeout", timeout, timeout > 0, "milliseconds above 0");
  check("maxRetries", maxRetries, Number.isInteger(maxRetries) && maxRetries >= 0, "a whole number from 0");
  return { timeout, maxRetries };
}

function check(option: string, value: unknown, valid: boolean, expected: string): void {
  if (!valid) throw new TypeError(`${option} must be ${expected}, not ${String(value)}.`);
}
