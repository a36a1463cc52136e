import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const done = { responses: { 204: { description: "Got it" } } };
const spec = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  paths: {
    "/orders/{id}": {
      post: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        requestBody: { content: { "application/json": { schema: { type: "object", required: ["notify"] } } } },
        responses: { 201: { description: "Taken", content: { "application/json": { example: { code: "A-1" } } } } },
        callbacks: {
          shipped: {
            "{$request.body#/notify}?order={$request.path.id}&code={$response.body#/code}": {
              put: { requestBody: { content: { "application/json": { example: { state: "shipped" } } } }, ...done },
            },
          },
        },
      },
    },
  },
};

const received: string[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    received.push(`${request.method} ${request.url} ${request.headers["content-type"]} ${body}`);
    response.writeHead(204).end();
  });
});
let notify: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  notify = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(() => receiver.close());

const order = (body: object) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test("callbacks are sent when they are asked for, and logged", async () => {
  const { fetch, requests } = await createMock({ spec, callbacks: true });
  expect((await fetch("http://a.test/orders/7", order({ notify }))).status).toBe(201);
  await expect.poll(() => requests.length).toBe(2);
  expect(received).toEqual(['PUT /hook?order=7&code=A-1 application/json {"state":"shipped"}']);
  expect(requests[1]).toMatchObject({
    method: "PUT",
    path: `${notify}?order=7&code=A-1`,
    operation: "shipped",
    body: '{"state":"shipped"}',
    status: 204,
    violations: [],
  });
});

test("nothing is sent for a request that is wrong, nor unasked", async () => {
  received.length = 0;
  const asked = await createMock({ spec, callbacks: true });
  await asked.fetch("http://a.test/orders/x", order({ notify }));
  await asked.fetch("http://a.test/orders/7", order({ notify: "file:///etc/passwd" }));
  const { fetch, requests } = await createMock({ spec });
  await fetch("http://a.test/orders/7", order({ notify }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([received, asked.requests.length, requests.length]).toEqual([[], 2, 1]);
});

test("a callback that nobody takes is logged without a status", async () => {
  const { fetch, requests } = await createMock({ spec, callbacks: true });
  await fetch("http://a.test/orders/7", order({ notify: "http://127.0.0.1:1" }));
  await expect.poll(() => requests.length).toBe(2);
  expect(requests[1]!.status).toBeUndefined();
});
