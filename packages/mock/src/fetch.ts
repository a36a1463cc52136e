import { setTimeout as sleep } from "node:timers/promises";
import { createTestHandler, type Handler } from "./handler/handler.ts";
import { MAX_BODY_BYTES } from "./handler/request.ts";
import type { Answer } from "./handler/response.ts";
import type { MockControls, MockOptions } from "./types.ts";

// A Response with one of these must have no body (https://fetch.spec.whatwg.org/#null-body-status).
const STATUSES_WITHOUT_BODY = new Set([204, 205, 304]);

/** A mock of an API, without a port. */
export interface Mock extends MockControls {
  /**
   * Answers a request as the document describes. Takes what the global `fetch` takes, needs no `this`, and rejects
   * only where the global `fetch` would: for arguments that make no request, for an aborted one, and, with the same
   * error as Node's, where a fault drops the connection.
   */
  fetch: typeof globalThis.fetch;
}

/**
 * Makes a mock that answers as an OpenAPI document describes, with Prism as its engine. It keeps no state beside the
 * log of its requests.
 *
 * A valid request gets what Prism answers: the first example of the lowest 2xx response, or what a `Prefer` header
 * asks for (`code=400`, `example=name`, `dynamic=true`, `seed=text`). Any other request gets the body that the document
 * declares with `x-error-body`, or else Prism's problem details.
 *
 * The shipped document is loaded once, so a mock for each test costs next to nothing.
 *
 * @throws {Error} When the document cannot be read, is not OpenAPI 3.x or describes no operation, and, with `strict`,
 * when something of it cannot be checked.
 * @example
 * const mock = await createMock();
 * const response = await mock.fetch("https://api.sandbox.spherepay.co/", { method: "POST" });
 * console.log(response.status); // 404
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const { handler, controls } = await createTestHandler(options);
  return { fetch: createFetch(handler), ...controls };
}

function createFetch({ handle }: Handler): typeof globalThis.fetch {
  return async (input, init) => {
    const { request, text } = requestOf(input, init);
    const { method, signal } = request;
    signal.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    const body = text === undefined ? await readBody(request) : readText(text, headers);
    const raw = { method, target: pathname + search, headers, body };
    const { answer, delay, lost } = await handle(raw);
    if (delay > 0) await sleep(delay, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
    if (lost === "before the answer") throw new TypeError("fetch failed", { cause: connectionError() });
    const isBare = method === "HEAD" || STATUSES_WITHOUT_BODY.has(answer.status);
    const sent = isBare ? null : lost ? halfOf(answer) : answer.body;
    return new Response(sent, { status: answer.status, headers: answer.headers });
  };
}

/** The request that arguments of `fetch` make. A body of text stays apart: to read it from a request takes long. */
function requestOf(...[input, init]: Parameters<typeof fetch>): { request: Request; text?: string } {
  if (init === undefined) return { request: input instanceof Request ? input : new Request(input) };
  const { body } = init;
  // Null would leave that of another request in its place, and a copy has nothing that is inherited.
  const isPlain = Object.getPrototypeOf(init) === Object.prototype && !(input instanceof Request);
  if (typeof body !== "string" || !isPlain) return { request: new Request(input, init) };
  const request = new Request(input, { ...init, body: null });
  // It is for a request to refuse these.
  if (request.method === "GET" || request.method === "HEAD") return { request: new Request(input, init) };
  return { request, text: body };
}

function readText(text: string, headers: Record<string, string>): Uint8Array | undefined {
  // As a request itself says (https://fetch.spec.whatwg.org/#concept-bodyinit-extract).
  headers["content-type"] ??= "text/plain;charset=UTF-8";
  const bytes = Buffer.from(text);
  return bytes.length > MAX_BODY_BYTES ? undefined : bytes;
}

async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const length = request.headers.get("content-length");
  // A server has seen to it that this is the length. Without a stream it takes half as long.
  if (length !== null && Number(length) <= MAX_BODY_BYTES) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** What the fetch of Node gives as the cause when the server closes the connection. */
function connectionError(): Error {
  return Object.assign(new Error("other side closed"), { name: "SocketError", code: "UND_ERR_SOCKET" });
}

function halfOf({ body = "" }: Answer): ReadableStream {
  const bytes = new TextEncoder().encode(body);
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes.subarray(0, bytes.length / 2)),
    pull: (controller) => controller.error(new TypeError("terminated", { cause: connectionError() })),
  });
}
