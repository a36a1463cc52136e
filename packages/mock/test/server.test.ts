import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MockServer, startMockServer } from "../src/index.ts";

const VALID = JSON.stringify({ type: "individual", address: { state: "CA", country: "USA" } });
const HEADERS = { authorization: "Bearer secret", "content-type": "application/json" };

const GLOBALS = { Request: globalThis.Request, Response: globalThis.Response };

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer();
});
afterAll(() => server.close());

/** Sends bytes as they are, which `fetch` would not. */
async function send(head: string, body = ""): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.end(`${head}\r\nHost: mock\r\nAuthorization: Bearer secret\r\nConnection: close\r\n\r\n${body}`);
  return text(socket);
}

test("answers over HTTP what the mock answers", async () => {
  const response = await fetch(`${server.url}/v2/customer`, { method: "POST", headers: HEADERS, body: VALID });
  expect(response.status).toBe(200);
  expect(await response.json()).toHaveProperty("id", "customer_d41608fae4d34d308f85bc3c2b6ca29a");
});

test("leaves the global objects alone", () => {
  expect(globalThis.Request === GLOBALS.Request).toBe(true);
  expect(globalThis.Response === GLOBALS.Response).toBe(true);
});

test.each([
  [
    "malformed JSON",
    "POST /v2/customer HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 8",
    '{"type":',
    400,
  ],
  [
    "an empty chunked body",
    "POST /v2/customer HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked",
    "0\r\n\r\n",
    400,
  ],
  [
    "a chunked body of another type",
    "POST /v2/customer HTTP/1.1\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked",
    "1\r\nx\r\n0\r\n\r\n",
    415,
  ],
  ["a declared length over the limit", "POST /v2/customer HTTP/1.1\r\nContent-Length: 99999999", "{", 413],
  ["a malformed path", "GET /v2/%zz HTTP/1.1", "", 400],
  ["an empty path", "GET // HTTP/1.1", "", 404],
  ["TRACE", "TRACE /v2/customer HTTP/1.1", "", 405],
])("answers %s at once in the envelope", async (_, head, body, status) => {
  const response = await send(head, body);
  expect(response).toContain(`HTTP/1.1 ${status} `);
  expect(response).toMatch(/\{"ts":".+","error":\{"general":".+"\}\}$/);
});

test("answers a body of 5 MB with 413, and the next request as ever", async () => {
  const request = { method: "POST", headers: HEADERS };
  const large = await fetch(`${server.url}/v2/customer`, { ...request, body: "x".repeat(5_000_000) });
  expect(large.status).toBe(413);
  const next = await fetch(`${server.url}/v2/customer`, { ...request, body: VALID });
  expect(next.status).toBe(200);
});

test("rejects with the error of Node when the port is taken", async () => {
  const port = Number(new URL(server.url).port);
  await expect(startMockServer({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});

test("frees the port and ends idle connections when closed, also twice", async () => {
  const first = await startMockServer();
  const port = Number(new URL(first.url).port);
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const kept = await fetch(first.url);
  await kept.text();

  const ended = once(socket, "close");
  socket.resume();
  await first.close();
  await first.close();
  await ended;

  const second = await startMockServer({ port });
  expect(second.url).toBe(first.url);
  await second.close();
});
