import createClient, { type Client } from "openapi-fetch";
import type { SphereCall, SphereCallOptions } from "./call.ts";
import { SphereApiError, SphereError, type OperationId, type SphereErrorDetails } from "./errors.ts";
import { environments, operationTable, type SphereOperations } from "./generated/operations.ts";
import type { paths } from "./generated/schema.ts";
import { outcomeOf, worst } from "./outcome.ts";
import { send, type Sendable, type TransportSettings } from "./transport.ts";

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
   * `{ data, error, response }`. It sends with the same key, timeout and retries. What it cannot read as JSON, or
   * cannot send, it throws as an error of its own.
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
export function createSphereClient({
  apiKey,
  environment = Object.keys(environments)[0] as SphereEnvironment,
  baseUrl = environments[environment],
  // Looked up at each call, so that the runtime's fetch can be replaced after the client was made.
  fetch = (...request) => globalThis.fetch(...request),
  timeout = 30_000,
  maxRetries = 2,
}: SphereClientOptions): SphereClient {
  if (!apiKey) throw new TypeError("apiKey is missing: pass your secret key, or a function that returns it");
  if (!baseUrl) throw new TypeError(`environment must be one of ${Object.keys(environments).join(", ")}`);
  if (!/^https?:\/\/[^@/?#\s]+(\/[^?#\s]*)?$/.test(baseUrl)) {
    throw new TypeError("baseUrl must be an address such as https://example.com/path, without credentials");
  }
  const settings = checked({
    fetch,
    apiKey: typeof apiKey === "function" ? apiKey : () => apiKey,
    timeout,
    maxRetries,
  });
  const http = createClient<paths>({
    baseUrl,
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
    (request?: Arguments, options?: SphereCallOptions) => {
      const result = exchange(http, plain, settings, id as OperationId, request, options);
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

type Arguments = { body?: unknown; params?: object };

/** How openapi-fetch is called here. The table is made from the same document as `paths`, which the compiler can't see. */
type UntypedRequest = (method: string, path: string, init: object) => Promise<{ error?: unknown; response: Response }>;

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
  settings: TransportSettings,
  operation: OperationId,
  request: Arguments = {},
  { signal, headers, timeout = settings.timeout, maxRetries = settings.maxRetries }: SphereCallOptions = {},
): Promise<{ data: unknown; response: Response }> {
  const { method, path, contentType, required = [], mayBeEmpty }: TableEntry = operationTable[operation];
  const callSettings = checked({ ...settings, timeout, maxRetries });
  const state = newState(operation);
  const { error, response } = await (http.request as UntypedRequest)(method, path, {
    ...request,
    headers: { ...(request.body !== undefined && { "content-type": contentType }), ...headers },
    signal,
    parseAs: "stream",
    ...(plain && { Request: plainRequest }),
    fetch: (sent: Request) =>
      plain ? send(sent as Sendable, callSettings, keepText, state) : sendRequest(sent, callSettings, state),
  }).catch((cause: unknown) => {
    // The runtime's own error would print the value that it cannot send.
    throw plain && !(cause instanceof SphereError)
      ? new SphereError("the body, a parameter or a header cannot be sent", state)
      : cause;
  });

  const fail = (what: string, body: unknown) =>
    new SphereApiError(`the API answered ${response.status}${what}`, response, body, {
      ...state,
      outcome: worst(state.outcome, outcomeOf(response.status)),
    });
  // openapi-fetch does not read an error whose length is 0.
  if (!response.ok) throw fail("", error === undefined ? await response.text() : error);
  const text = await response.text();
  let data: any;
  if (text || !mayBeEmpty) {
    try {
      data = JSON.parse(text);
    } catch {
      throw fail(" and no JSON", text);
    }
    if (!required.every((name) => name in Object(data))) throw fail(" and not what the spec says", data);
  }
  return { data, response };
}

/** As much of a Request as openapi-fetch and `send` need. Called with `new`, it is what it returns. */
function plainRequest(url: string, init: object): object {
  return { ...init, url };
}

/** Reads an answer, and keeps its text for whoever asks for it again. */
async function keepText(response: Response): Promise<Response> {
  const text = await response.text();
  // Not by assignment: there are frameworks whose own Response allows none.
  return Object.defineProperty(response, "text", { value: async () => text });
}

/** Sends a real request, and answers with a real response, whose body has arrived. */
async function sendRequest(
  request: Request,
  settings: TransportSettings,
  state: SphereErrorDetails,
): Promise<Response> {
  const { url, method, headers, signal } = request;
  const body = await request.arrayBuffer();
  return send(
    { url, method, headers, signal, body: body.byteLength ? body : null },
    settings,
    async (response) => {
      const content = await response.arrayBuffer();
      // Not all statuses may have a body, and browsers show a redirect as status 0, which no new Response may have.
      return response.status ? new Response(content.byteLength ? content : null, response) : response;
    },
    state,
  );
}

function newState(operation: string): SphereErrorDetails {
  return { operation, attempts: 0, outcome: "not_sent" };
}

function checked(settings: TransportSettings): TransportSettings {
  const { timeout, maxRetries } = settings;
  if (!(timeout > 0)) throw new TypeError(`timeout must be more than 0 milliseconds, not ${timeout}`);
  if (!(maxRetries >= 0)) throw new TypeError(`maxRetries must be 0 or more, not ${maxRetries}`);
  return settings;
}
