import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Handler } from "./handler/handler.ts";
import { MAX_BODY_BYTES } from "./handler/request.ts";
import type { Answer } from "./handler/response.ts";

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT = 5000;

// RFC 9110, section 7.2, and RFC 3986, section 3.2.2.
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** The responses of a connection that have not been sent to their end. */
const unfinished = new WeakMap<Duplex, ServerResponse[]>();

/**
 * Listens for HTTP requests.
 *
 * @param current the handler of the next request
 */
export async function listen(
  current: () => Handler,
  port: number,
  host: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT,
    headersTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: 500,
    // Node would answer without a body.
    requireHostHeader: false,
  });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const responses = unfinished.get(request.socket) ?? [];
    while (responses[0]?.writableFinished) responses.shift();
    responses.push(response);
    unfinished.set(request.socket, responses);
    void receive(current(), request, response);
  };
  server.on("request", listener);
  server.on("checkExpectation", listener);
  server.on("connect", (_, socket) => refuse(current(), socket, 405, "This is no proxy", { allow: "" }));
  server.on("clientError", ({ code }: NodeJS.ErrnoException, socket) => {
    if (code === "HPE_HEADER_OVERFLOW") refuse(current(), socket, 431, "The headers are too large");
    else if (code === "ERR_HTTP_REQUEST_TIMEOUT") refuse(current(), socket, 408, "The request did not arrive in time");
    else refuse(current(), socket, 400, "The request is not valid HTTP");
  });
  server.listen(port, host);
  await once(server, "listening");

  const { address, family, port: openPort } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${openPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "", url: target = "", httpVersion, socket } = request;
  const headers = request.headers as Record<string, string>;
  // RFC 9112, section 3.2. Node keeps the first of several.
  const hosts = countHosts(request.rawHeaders);
  if (hosts > 1 || (hosts === 0 && httpVersion === "1.1") || !HOST.test(headers["host"] ?? "")) {
    return send(handler.refuse(400, "The Host header is missing, repeated or malformed"), response);
  }
  const body = await readBody(request);
  const { answer, delay, lost } = await handler.handle({ method, target, headers, body });
  if (delay > 0) await sleepUntilClosed(delay, response);
  if (lost === "before the answer") return void socket.destroy();
  if (lost) return sendHalf(answer, response);
  if (body) return send(answer, response);
  // The client may go on sending, and reads no answer before it has done. The connection cannot be used again.
  response.writeHead(answer.status, headersOf(answer, { connection: "close" })).flushHeaders();
  response.write(answer.body ?? "");
  request.on("close", () => response.end()).resume();
}

/** @param rawHeaders names and values in turn */
function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts;
}

/** Waits for milliseconds, or until nobody waits for the response any more. */
function sleepUntilClosed(delay: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** @returns `undefined` as soon as it is larger than allowed; the rest stays unread */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES ? Infinity : 0;
    const add = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      check();
    };
    const check = () => {
      if (size <= MAX_BODY_BYTES) return;
      request.off("data", add).pause();
      resolve(undefined);
    };
    request.on("data", add);
    check();
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  });
}

function send(answer: Answer, response: ServerResponse): void {
  response.writeHead(answer.status, headersOf(answer)).end(answer.body);
}

function sendHalf(answer: Answer, response: ServerResponse): void {
  const bytes = Buffer.from(answer.body ?? "");
  response.writeHead(answer.status, headersOf(answer));
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

function headersOf({ status, headers, body }: Answer, more?: Record<string, string>): Record<string, string> {
  const isBare = status === 204 || status === 304;
  return { ...headers, ...(!isBare && { "content-length": String(Buffer.byteLength(body ?? "")) }), ...more };
}

/** Answers on a connection that Node gives no response for, after what else is to be answered on it. */
function refuse(
  handler: Handler,
  socket: Duplex,
  status: number,
  message: string,
  more?: Record<string, string>,
): void {
  const responses = unfinished.get(socket)?.filter(({ writableFinished }) => !writableFinished) ?? [];
  const earlier = responses.find(
    ({ req, headersSent, writableEnded }) => writableEnded || (req.complete && !headersSent),
  );
  if (earlier) return void earlier.once("close", () => refuse(handler, socket, status, message, more));
  if (!socket.writable || responses.some(({ headersSent }) => headersSent)) return void socket.destroy();
  const { headers, body = "" } = handler.refuse(status, message);
  const lines = Object.entries({
    ...headers,
    ...more,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
}
