import createClient, { type Client } from "openapi-fetch";
import { json } from "./body.ts";
import { SphereError, type SphereErrorDetails } from "./errors.ts";
import { operationTable } from "./generated/operations.ts";
import type { paths } from "./generated/schema.ts";
import type { Fail, OperationDescription, ParameterStyle } from "./operation.ts";
import { readOptions, type SphereClientOptions } from "./options.ts";
import { encodePath, styles } from "./parameters.ts";
import { makeRequest } from "./request.ts";
import { send, type Sendable } from "./transport.ts";

export type { Client } from "openapi-fetch";

const verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** What a call may be given. Where it goes and how it is sent is the client's to say. */
const members = ["params", "body", "headers", "signal", "parseAs", "middleware"];

interface Init {
  params?: object | null;
  body?: unknown;
  headers?: Record<string, unknown>;
  signal?: AbortSignal;
}

/** How openapi-fetch is called here: the path comes from a caller, and is checked against the table. */
type UntypedRequest = (method: string, path: string, init: object) => Promise<unknown>;

/**
 * The openapi-fetch client of the API: every path of the spec, middleware through `use()`, answers as
 * `{ data, error, response }`. It takes the options of `createSphereClient`, and sends with the same credentials,
 * timeout, retries, and forms of parameters and bodies. A path that the spec does not describe gets the credentials that
 * the document asks for in general.
 *
 * @throws TypeError when an option is missing or has no valid value
 * @example
 * const http = createSphereHttp({ apiKey: process.env.SPHERE_API_KEY });
 * const { data, error } = await http.GET("/v2/customer/{customer_id}", { params: { path: { customer_id } } });
 */
export function createSphereHttp(options: SphereClientOptions): Client<paths> {
  const settings = readOptions(options);
  const client = createClient<paths>({ baseUrl: settings.base });

  const request = async (verb: string, path: string, init: Init = {}) => {
    for (const name of Object.keys(init)) {
      if (!members.includes(name)) throw new TypeError(`${name} is no part of a call: it takes ${members.join(", ")}`);
    }
    const { body, headers, ...rest } = init;
    const params = init.params ?? {};
    const method = verb.toUpperCase();
    const template = encodePath(path);
    const known = Object.entries<OperationDescription>(operationTable).find(
      ([, entry]) => entry.method === method && entry.path === template,
    );
    const [operation, description] = known ?? [`${method} ${path}`, describe(method, path, params)];
    const state: SphereErrorDetails = { operation, attempts: 0, outcome: "not_sent" };
    const fail: Fail = (message, more) => new SphereError(message, { ...state, ...more });

    const made = makeRequest(settings, description, { params, body }, headers, fail);
    if (!known && !isWholePath(made.url.slice(settings.base.length).replace(/\?.*/, ""))) {
      throw fail("the path cannot be sent: it is not as a URL has it");
    }
    return (client.request as UntypedRequest)(method, path, {
      ...rest,
      params: { path: {}, ...params, header: undefined },
      body: made.body,
      bodySerializer: (content: unknown) => content,
      headers: { "content-type": null, ...made.headers },
      pathSerializer: () => made.url,
      querySerializer: () => "",
      fetch: async (sent: Request) => {
        if (new URL(sent.url).origin !== new URL(made.url).origin) throw fail("middleware may not change the origin");
        const signed = { ...(await sendable(sent)), authorize: made.authorize };
        return send(() => signed, { ...settings, signal: sent.signal }, readAll, state);
      },
    });
  };
  const methods = verbs.map((verb) => [verb, (path: string, init?: Init) => request(verb, path, init)]);
  return { ...client, request, ...Object.fromEntries(methods) } as Client<paths>;
}

/** An operation that the table does not have: JSON, and parameters in OpenAPI's default styles. */
function describe(method: string, path: string, params: object): OperationDescription {
  const declared = Object.entries(params).map(([place, values]) => {
    const style: ParameterStyle = place === "query" || place === "cookie" ? "form*" : "simple";
    return [place, Object.fromEntries(Object.keys(values ?? {}).map((name) => [name, style]))];
  });
  const isReady = (body: unknown) => [FormData, URLSearchParams, Blob].some((kind) => body instanceof kind);
  return {
    method,
    path,
    parameters: styles(Object.fromEntries(declared)),
    write: (body) => (isReady(body) ? { body } : json(body)),
  };
}

/** Whether a path stays what it is in a URL, dot segments and all. */
function isWholePath(path: string): boolean {
  return path.startsWith("/") && new URL(`http://host${path}`).pathname === path;
}

async function sendable(request: Request): Promise<Omit<Sendable, "authorize">> {
  const body = await request.arrayBuffer();
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: body.byteLength > 0 ? body : undefined,
  };
}

/** Answers with a response whose body has arrived. */
async function readAll(response: Response): Promise<Response> {
  const content = await response.arrayBuffer();
  // Not all statuses may have a body, and browsers show a redirect as status 0, which no new Response may have.
  return response.status ? new Response(content.byteLength > 0 ? content : null, response) : response;
}
