import createClient, { type Client } from "openapi-fetch";
import type { SphereCall, SphereCallOptions } from "./call.ts";
import { SphereApiError, SphereError, type OperationId, type SphereErrorDetails } from "./errors.ts";
import { environments, operationTable, type SphereOperations } from "./generated/operations.ts";
import type { paths } from "./generated/schema.ts";
import { outcomeOf } from "./retry.ts";
import { isKey, keyRule, send, type Answer, type Sendable, type TransportSettings } from "./transport.ts";

/** Name of an environment that the spec lists as a server. */
export type SphereEnvironment = keyof typeof environments;

/** Settings of a client. */
export interface SphereClientOptions {
  /** Your secret API key, or a function that returns it. The function is asked before each attempt, so keys can rotate. */
  apiKey: string | (() => string | Promise<string>) | undefined;
  /** Which of the spec's servers to call. @default the first: the sandbox */
  environment?: SphereEnvironment | undefined;
  /** Call this address instead of an environment's: a mock server or a proxy. */
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
  const { apiKey, environment = Object.keys(environments)[0] as SphereEnvironment } = options;
  if (!apiKey) throw new TypeError("apiKey is missing. Pass your secret key, or a function that returns it.");
  if (typeof apiKey !== "function" && !isKey(apiKey)) throw new TypeError(`apiKey cannot be sent: ${keyRule}.`);
  const names = Object.keys(environments);
  check("environment", environment, names.includes(environment), names.join(" or "));

  const settings = withLimits(
    {
      // Looked up at each call, so that a runtime's fetch can be replaced after the client was made.
      fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
      apiKey: typeof apiKey === "function" ? apiKey : () => apiKey,
      timeout: 30_000,
      maxRetries: 2,
    },
    options,
  );
  const http = createClient<paths>({
    baseUrl: options.baseUrl ?? environments[environment],
    fetch: (request) => sendRequest(request, settings, newState(`${request.method} ${new URL(request.url).pathname}`)),
  });

  // Middleware expects real requests and responses; without it, plain objects spare half of a call's work.
  let plain = true;
  const { use } = http;
  http.use = (...middleware) => {
    plain = false;
    use(...middleware);
  };

  const methods = Object.keys(operationTable).map((id) => [
    id,
    (request?: object, callOptions?: SphereCallOptions) => {
      const result = exchange(http, plain, settings, id as OperationId, request, callOptions);
      const data = result.then((answer) => answer.data);
      return Object.assign(data, {
        withResponse: () => {
          // The caller has turned to `result`, which carries the same error.
          data.catch(() => {});
          return result;
        },
      }) satisfies SphereCall<unknown>;
    },
  ]);
  return Object.assign(Object.fromEntries(methods), { http });
}

/** How openapi-fetch is called here. The table is made from the same document as `paths`, which the compiler can't see. */
type UntypedRequest = (method: string, path: string, init: object) => Promise<{ error?: unknown; response: Answer }>;

type TableEntry = {
  method: string;
  path: string;
  contentType?: string;
  required?: readonly string[];
  mayBeEmpty?: boolean;
};

async function exchange(
  http: Client<paths>,
  plain: boolean,
  clientSettings: TransportSettings,
  operation: OperationId,
  request: object = {},
  options: SphereCallOptions = {},
): Promise<{ data: unknown; response: Response }> {
  const { method, path, contentType, required, mayBeEmpty }: TableEntry = operationTable[operation];
  const settings = withLimits(clientSettings, options);
  const state = newState(operation);
  let original: Response | undefined;

  const { error, response } = await (http.request as UntypedRequest)(method, path, {
    ...request,
    headers: { ...("body" in request && { "content-type": contentType }), ...options.headers },
    signal: options.signal,
    parseAs: "stream",
    ...(plain && { Request: plainRequest }),
    fetch: (sent: unknown) => {
      if (!plain) return sendRequest(sent as Request, settings, state);
      const read = async (received: Response): Promise<Answer> => {
        original = received;
        const text = await received.text();
        const { ok, status, headers } = received;
        return { ok, status, headers, body: null, text: async () => text };
      };
      return send(sent as Sendable, settings, read, state);
    },
  }).catch((cause: unknown) => {
    // The runtime's own error would print the value that it cannot send.
    const unsendable = plain && !(cause instanceof SphereError);
    throw unsendable
      ? new SphereError("the request has a body, parameter or header that cannot be sent", state)
      : cause;
  });

  const { status, headers } = response;
  const fail = (what: string, body: unknown) =>
    new SphereApiError(`the API answered ${status}${what}`, {
      ...state,
      outcome: outcomeOf(status),
      status,
      headers,
      body,
    });
  if (!response.ok) throw fail("", error);
  const text = await response.text();
  let data: unknown;
  if (text || !mayBeEmpty) {
    try {
      data = JSON.parse(text);
    } catch {
      throw fail(" with a body that is not JSON", text);
    }
    if (required && !(data && required.every((name) => name in (data as object)))) {
      throw fail(" with a body that the spec does not allow", data);
    }
  }
  return { data, response: original ?? (response as Response) };
}

/** As much of a Request as openapi-fetch and `send` need. Called with `new`, it is what it returns. */
function plainRequest(url: string, init: object): object {
  return { ...init, url };
}

/** Sends a real request, and answers with a real response, whose body has arrived. */
async function sendRequest(
  request: Request,
  settings: TransportSettings,
  state: SphereErrorDetails,
): Promise<Response> {
  const { url, method, signal } = request;
  const body = await request.arrayBuffer();
  const sendable: Sendable = { url, method, signal, headers: new Headers(request.headers) };
  if (body.byteLength > 0) sendable.body = body;
  return send(
    sendable,
    settings,
    async (response) => {
      const { status } = response;
      // Browsers show a redirect as status 0, which no new Response may have; the others may have no body.
      if (!status) return response;
      return new Response([101, 204, 205, 304].includes(status) ? null : await response.arrayBuffer(), response);
    },
    state,
  );
}

function newState(operation: string): SphereErrorDetails {
  return { operation, attempts: 0, outcome: "not_sent" };
}

function withLimits(
  settings: TransportSettings,
  { timeout = settings.timeout, maxRetries = settings.maxRetries }: SphereCallOptions,
): TransportSettings {
  check("timeout", timeout, timeout > 0, "milliseconds above 0");
  check("maxRetries", maxRetries, Number.isInteger(maxRetries) && maxRetries >= 0, "a whole number from 0");
  return { ...settings, timeout, maxRetries };
}

function check(option: string, value: unknown, valid: boolean, expected: string): void {
  if (!valid) throw new TypeError(`${option} must be ${expected}, not ${JSON.stringify(value)}.`);
}
