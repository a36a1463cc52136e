import { afterAll, beforeAll, expect, test } from "vitest";
import { type MockServer, startMockServer } from "../src/index.ts";

const ORIGIN = "https://app.example";
const VALID = JSON.stringify({ type: "individual", address: { state: "CA", country: "USA" } });

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer();
});
afterAll(() => server.close());

test("a browser may send what it asks to send", async () => {
  const response = await fetch(`${server.url}/v2/customer`, {
    method: "OPTIONS",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
  expect([response.status, await response.text()]).toEqual([204, ""]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": ORIGIN,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization,content-type",
    "access-control-allow-credentials": "true",
    vary: "origin",
  });
  expect(server.requests).toEqual([]);
});

test.each([
  ["an answer", "/v2/customer", VALID, 200],
  ["a refusal", "/v2/customer", "{}", 400],
  ["an unknown path", "/v1/customer", VALID, 404],
])("a page of any origin may read %s and its headers", async (_, path, body, status) => {
  server.fail({ headers: { "x-request-id": "1" } });
  const headers = { origin: ORIGIN, authorization: "Bearer secret", "content-type": "application/json" };
  const response = await fetch(server.url + path, { method: "POST", headers, body });
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": ORIGIN,
    "access-control-expose-headers": "content-type, x-request-id",
    vary: "origin",
  });
});

test("OPTIONS that no browser sent is a method like another", async () => {
  const response = await fetch(`${server.url}/v2/customer`, { method: "OPTIONS" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});

test("what no page sent gets no such headers", async () => {
  const response = await fetch(`${server.url}/v2/customer`);
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});
