import { readApiFile } from "@spherepay/openapi";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMock, type Fault, type MockControls, startMockServer } from "../src/index.ts";
import { DOCUMENTS } from "./document-requests.ts";

const PATH = "/v2/customer";
const VALID = JSON.stringify({ type: "individual", address: { state: "CA", country: "USA" } });
const { api } = await readApiFile(DOCUMENTS.SpherePay);

type Call = (body?: string, init?: RequestInit) => Promise<Response>;

function caller(fetch: typeof globalThis.fetch, base: string): Call {
  return (body = VALID, init = {}) =>
    fetch(base + PATH, {
      method: "POST",
      headers: { authorization: "Bearer secret", "content-type": "application/json" },
      body,
      ...init,
    });
}

async function inProcess(seed?: number): Promise<{ mock: MockControls; call: Call }> {
  const mock = await createMock({ seed });
  return { mock, call: caller(mock.fetch, "https://api.sandbox.spherepay.co") };
}

async function overSockets(seed?: number): Promise<{ mock: MockControls; call: Call }> {
  const mock = await startMockServer({ seed });
  onTestFinished(() => mock.close());
  return { mock, call: caller(globalThis.fetch, mock.url) };
}

/** All that can be told of an error of fetch. */
function tell(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { constructor, name, message, code, cause } = error as NodeJS.ErrnoException;
  // Outside of the runtime its class cannot be had, but its name tells as much.
  return { class: cause === undefined ? "Error" : constructor.name, name, message, code, cause: tell(cause) };
}

async function failure(call: Promise<Response>): Promise<unknown> {
  try {
    await (await call).text();
  } catch (error) {
    return tell(error);
  }
  throw new Error("the call has not failed");
}

describe.each([
  ["in process", inProcess],
  ["over sockets", overSockets],
])("%s", (_, start) => {
  test("a fault befalls one request, and the next is answered as ever", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 503 });
    expect([(await call()).status, (await call()).status]).toEqual([503, 200]);
  });

  test("a fault befalls as many requests as it says, and one without end all that come", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 503, times: 2 });
    mock.fail({ status: 500, times: Infinity });
    const statuses = [];
    for (let request = 0; request < 5; request++) statuses.push((await call()).status);
    expect(statuses).toEqual([503, 503, 500, 500, 500]);
  });

  test("a status that the document describes comes with its example, and with more headers", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 429, headers: { "retry-after": "1" } });
    const response = await call();
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ ts: "2025-04-20T00:09:16.870Z", error: { general: "Too Many Requests" } });
  });

  test("another status comes in the envelope", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 503 });
    expect(await (await call()).json()).toEqual({ ts: expect.any(String), error: { general: "Service Unavailable" } });
  });

  test("a status befalls a request that would be refused", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 429 });
    expect((await call("{}", { headers: {} })).status).toBe(429);
  });

  test("an answer can have any body", async () => {
    const { mock, call } = await start();
    mock.fail({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" });
    const response = await call();
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(await response.text()).toBe("<h1>Bad gateway</h1>");
  });

  test("an answer can be late", async () => {
    const { mock, call } = await start();
    mock.fail({ delay: 80 });
    const begin = performance.now();
    expect((await call()).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThan(75);
  });

  test("a caller need not wait for a late answer", async () => {
    const { mock, call } = await start();
    mock.fail({ delay: 60_000 });
    const begin = performance.now();
    await expect(call(VALID, { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(mock.requests).toMatchObject([{ status: 200 }]);
  });

  test.each(["before", "after"] as const)(
    "a connection dropped %s the request is handled has no answer",
    async (drop) => {
      const { mock, call } = await start();
      mock.fail({ drop });
      await expect(call()).rejects.toThrow(TypeError);
      expect(mock.requests).toMatchObject([
        { operation: "createCustomer", status: drop === "before" ? undefined : 200 },
      ]);
      expect((await call()).status).toBe(200);
    },
  );

  test("an answer can end in its middle", async () => {
    const { mock, call } = await start();
    mock.fail({ truncate: true });
    const response = await call();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
    expect((await call()).status).toBe(200);
  });

  test("a fault waits for the operation that it names", async () => {
    const { mock, call } = await start();
    mock.fail({ operation: "createCustomer", status: 503 });
    expect((await call(VALID, { method: "PUT" })).status).toBe(405);
    expect((await call()).status).toBe(503);
  });

  test("the same seed gives the same faults, also after a reset", async () => {
    async function play({ mock, call }: { mock: MockControls; call: Call }) {
      mock.fail({ status: 503, times: Infinity, probability: 0.5 });
      const statuses = [];
      for (let request = 0; request < 20; request++) statuses.push((await call()).status);
      return statuses;
    }
    const [one, same, other] = [await start(1), await start(1), await start(2)];
    const statuses = await play(one);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(await play(same)).toEqual(statuses);
    expect(await play(other)).not.toEqual(statuses);
    one.mock.reset();
    expect(await play(one)).toEqual(statuses);
  });

  test("the log tells what was asked, answered and wrong", async () => {
    const { mock, call } = await start();
    await call();
    await call(JSON.stringify({ type: "x", address: {} }));
    await call('{"type":');
    const headers = expect.objectContaining({ authorization: "Bearer secret", "content-type": "application/json" });
    const request = { method: "POST", path: PATH, operation: "createCustomer", headers, fault: undefined };
    expect(mock.requests).toEqual([
      { ...request, body: JSON.parse(VALID), status: 200, violations: [] },
      {
        ...request,
        body: { type: "x", address: {} },
        status: 400,
        violations: [
          { in: "body", path: "type", message: "Invalid enum value. Expected 'individual' | 'business'" },
          { in: "body", path: "address.state", message: "Required" },
          { in: "body", path: "address.country", message: "Required" },
        ],
      },
      { ...request, body: undefined, status: 400, violations: [] },
    ]);
  });

  test("a reset forgets requests and faults", async () => {
    const { mock, call } = await start();
    await call();
    mock.fail({ status: 503 });
    mock.reset();
    expect(mock.requests).toEqual([]);
    expect((await call()).status).toBe(200);
  });
});

test.each<[string, Fault]>([
  ["a dropped connection", { drop: "before" }],
  ["a dropped connection after the request was handled", { drop: "after" }],
  ["an answer that ends in its middle", { truncate: true }],
])("%s gives the same error in process as over sockets", async (_, fault) => {
  const [inside, outside] = [await inProcess(), await overSockets()];
  inside.mock.fail(fault);
  outside.mock.fail(fault);
  expect(await failure(inside.call())).toEqual(await failure(outside.call()));
});

test("each mock has its own faults and its own log", async () => {
  const [one, other] = [await inProcess(), await inProcess()];
  one.mock.fail({ status: 503, times: Infinity });
  const statuses = await Promise.all([one.call(), other.call(), one.call(), other.call()]);
  expect(statuses.map(({ status }) => status)).toEqual([503, 200, 503, 200]);
  expect([one.mock.requests.length, other.mock.requests.length]).toEqual([2, 2]);
});

test("the log forgets the oldest requests before it grows too large", async () => {
  const { mock, call } = await inProcess();
  for (let request = 0; request < 2500; request++) await call(JSON.stringify({ request }));
  expect(mock.requests.length).toBeLessThan(2000);
  expect(mock.requests.slice(-1000).map(({ body }) => body)).toEqual(
    Array.from({ length: 1000 }, (_, index) => ({ request: 1500 + index })),
  );
});

test.each<[string, object]>([
  ["a fault needs at least one of delay, status, headers, drop and truncate", {}],
  ["a fault has no option retryAfter", { status: 429, retryAfter: 1 }],
  [
    `there is no operation createCustomers; the document has ${api.operations.map(({ id }) => id).join(", ")}`,
    { operation: "createCustomers", status: 500 },
  ],
  ["times must be a whole number above 0, or Infinity", { status: 500, times: 0 }],
  ["probability must be above 0 and at most 1", { status: 500, probability: 2 }],
  ["delay must be from 0 to 2147483647 milliseconds", { delay: Infinity }],
  ["status must be a whole number from 200 to 599", { status: 100 }],
  ["a body needs a status", { delay: 1, body: "x" }],
  ['drop must be "before" or "after"', { drop: "now" }],
  ["a dropped connection has no answer: leave out status, headers and truncate", { drop: "after", status: 500 }],
])("refuses a fault that cannot be: %s", async (reason, fault) => {
  const { mock } = await inProcess();
  expect(() => mock.fail(fault)).toThrow(new TypeError(`mock.fail: ${reason}`));
});
