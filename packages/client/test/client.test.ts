import { inspect } from "node:util";
import { createMock, type Fault } from "@spherepay/mock";
import { expect, test } from "vitest";
import {
  createSphereClient,
  isSphereApiError,
  SphereAbortError,
  SphereApiError,
  SphereConnectionError,
  SphereTimeoutError,
  type SphereClientOptions,
} from "../src/index.ts";
import { startMock } from "./start-mock.ts";

const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const created = "customer_d41608fae4d34d308f85bc3c2b6ca29a";
const tooMany: Fault = { status: 429, headers: { "retry-after": "0" } };

/** An answer as an API gives it that has gone wrong. */
function answer(status: number, content: unknown, contentType = "application/json"): Fault {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { status, body: text, headers: { "content-type": contentType } };
}

/** Creates a customer with a mock that makes the faults in turn, and tells what came of it. */
async function callFailing(faults: Fault[], options: Partial<SphereClientOptions> = {}) {
  const mock = await startMock(...faults);
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url, ...options });
  const outcome = await sphere.createCustomer({ body }).then(
    (data) => ({ data, error: undefined }),
    (error: unknown) => ({ data: undefined, error: error as SphereApiError }),
  );
  return { ...outcome, mock };
}

test("a customer is created through the mock, over a socket", async () => {
  const mock = await startMock();
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });

  const customer = await sphere.createCustomer({ body });

  expect(customer.id).toBe(created);
  expect(customer.verificationProfiles[1]?.criteria?.required).toContain("proof_of_address");
});

test("a missing field is an error that names it, through the mock, without a socket", async () => {
  const mock = await createMock();
  const sphere = createSphereClient({ apiKey: "secret_key", fetch: mock.fetch });

  // @ts-expect-error the address is required
  const error = await sphere.createCustomer({ body: { type: "individual" } }).catch((thrown: unknown) => thrown);

  if (!isSphereApiError(error, "createCustomer", 400)) throw error;
  expect(error.fieldErrors).toEqual({ address: ["Required"] });
  expect(error.fieldErrors.address).toEqual(["Required"]);
  expect(error.body.ts).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(error).toMatchObject({
    name: "SphereApiError",
    message: "createCustomer: the API answered 400",
    operation: "createCustomer",
    attempts: 1,
    outcome: "rejected",
    generalError: undefined,
  });
});

test("the request carries the key, JSON, and nothing that the API does not document", async () => {
  const { mock } = await callFailing([]);
  expect(mock.requests).toMatchObject([
    { method: "POST", path: "/v2/customer", body, status: 200, headers: { authorization: "Bearer secret_key" } },
  ]);
  expect(mock.requests[0]!.headers["content-type"]).toBe("application/json");
});

test("the response is there for those who ask", async () => {
  const mock = await startMock({ headers: { "x-request-id": "request_1" } });
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const { data, response } = await sphere.createCustomer({ body }).withResponse();
  expect(data.id).toBe(created);
  expect(response.headers.get("x-request-id")).toBe("request_1");
});

test("a key function is asked before each attempt", async () => {
  let count = 0;
  const { data, mock } = await callFailing([tooMany], {
    apiKey: async () => `secret_${++count}`,
  });
  expect(data?.id).toBe(created);
  expect(mock.requests.map(({ headers }) => headers["authorization"])).toEqual(["Bearer secret_1", "Bearer secret_2"]);
});

test("a refusal for too many requests is tried again, and then reported", async () => {
  const { error, mock } = await callFailing([{ ...tooMany, times: 3 }]);
  expect(mock.requests).toHaveLength(3);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error).toMatchObject({ status: 429, attempts: 3, outcome: "rejected", retryAfter: 0 });
  expect(error?.generalError).toBe("Too Many Requests");
});

test("a wait of more than a minute is reported at once", async () => {
  const { error, mock } = await callFailing([{ status: 429, headers: { "retry-after": "61" } }]);
  expect(mock.requests).toHaveLength(1);
  expect(error).toMatchObject({ status: 429, attempts: 1, retryAfter: 61_000 });
});

test.each([408, 409, 500, 502, 503, 504])("a %d is never followed by a second creation", async (status) => {
  const { error, mock } = await callFailing([{ status }]);
  expect(mock.requests).toHaveLength(1);
  expect(error).toMatchObject({ status, attempts: 1, outcome: status === 409 ? "rejected" : "unknown" });
});

test.each<[string, Fault]>([
  ["breaks before the API has handled the request", { drop: "before" }],
  ["breaks when the API has handled the request", { drop: "after" }],
  ["breaks in the answer", { truncate: true }],
])("a connection that %s is never followed by a second creation", async (_, fault) => {
  const { error, mock } = await callFailing([fault]);
  expect(mock.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(SphereConnectionError);
  expect(error).toMatchObject({ name: "SphereConnectionError", attempts: 1, outcome: "unknown" });
});

test.each<[string, Fault]>([
  ["a connection that breaks", { drop: "after" }],
  ["an answer that breaks off", { truncate: true }],
  ["a late answer", { delay: 60_000 }],
  ["a failure", { status: 503 }],
])("%s looks the same without a socket", async (_, fault) => {
  const inside = await createMock();
  inside.fail(fault);
  const results = await Promise.all([
    callFailing([fault], { timeout: 200 }),
    callFailing([], { timeout: 200, fetch: inside.fetch }),
  ]);
  const [outside, own] = results.map(({ error }) => [inspectable(error), inspectable(error?.cause)]);
  expect(own).toEqual(outside);
  expect(inside.requests).toHaveLength(1);
});

function inspectable(error: unknown): object {
  const { name, message, outcome, attempts } = (error ?? {}) as Partial<SphereApiError>;
  return { name, message, outcome, attempts };
}

test("a connection that cannot be made is tried again, and nothing was sent", async () => {
  const mock = await startMock();
  await mock.close();
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url, maxRetries: 1 });
  const error: unknown = await sphere.createCustomer({ body }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SphereConnectionError);
  expect(error).toMatchObject({ attempts: 2, outcome: "not_sent", cause: { message: "fetch failed" } });
});

test("an answer that does not come in time runs into the timeout", async () => {
  const { error, mock } = await callFailing([{ delay: 60_000 }], { timeout: 100 });
  expect(mock.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(SphereTimeoutError);
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
  expect(error?.message).toBe("createCustomer: no answer within 100 ms");
});

test("the caller's reason survives an abort", async () => {
  const mock = await startMock({ delay: 60_000 });
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const controller = new AbortController();
  const call = sphere.createCustomer({ body }, { signal: controller.signal });
  setTimeout(() => controller.abort("the user left"), 100);
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SphereAbortError);
  expect(error).toMatchObject({ cause: "the user left", outcome: "unknown" });
});

test("a call that was aborted before it began sends nothing", async () => {
  const mock = await startMock();
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const error: unknown = await sphere
    .createCustomer({ body }, { signal: AbortSignal.abort() })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SphereAbortError", attempts: 0, outcome: "not_sent" });
  expect(mock.requests).toHaveLength(0);
});

test.each([
  ["HTML", 502, "<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>"],
  ["HTML in place of a customer", 200, "<h1>Hello</h1>", "<h1>Hello</h1>"],
  ["nothing in place of a customer", 200, "", ""],
  ["nothing", 500, "", ""],
  ["null", 400, "null", null],
  ["an array", 400, "[]", []],
])("an answer that is %s is an API error", async (_, status, text, expected) => {
  const { error } = await callFailing([answer(status, text)]);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error?.status).toBe(status);
  expect(error?.body).toEqual(expected);
  expect(error?.fieldErrors).toEqual({});
  expect(error?.generalError).toBeUndefined();
});

test("a redirect is not followed", async () => {
  const { error, mock } = await callFailing([{ status: 307, headers: { location: "/elsewhere" } }]);
  expect(mock.requests).toHaveLength(1);
  expect(error).toMatchObject({ status: 307, outcome: "rejected" });
});

test("a logged error shows neither the key nor what was sent or answered", async () => {
  const { error } = await callFailing([answer(400, { ts: "now", error: { address: ["canary is not a state"] } })]);
  for (const shown of [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error)]) {
    expect(shown).toContain("createCustomer");
    expect(shown).not.toMatch(/canary|secret_key|address/);
  }
});

test.each([
  [{ apiKey: undefined }, "apiKey is missing"],
  [{ apiKey: "secret_key", fetch: null! }, "fetch must be a function"],
  [{ apiKey: "secret_key", onAttempt: "log" as never }, "onAttempt must be a function"],
  [{ apiKey: "secret_key", timeout: 0 }, "timeout and maxRetries cannot be 0 and 2"],
  [{ apiKey: "secret_key", maxRetries: -1 }, "timeout and maxRetries cannot be 30000 and -1"],
  [{ apiKey: "secret_key", environment: "staging" as never }, "environment must be one of sandbox, production"],
  [{ apiKey: "secret_key", baseUrl: "https://name:password@example.com" }, "baseUrl must be an address"],
  [{ apiKey: "secret_key", baseUrl: "example.com" }, "baseUrl must be an address"],
])("an option without a valid value is refused: %o", (options, message) => {
  expect(() => createSphereClient(options)).toThrow(message);
});

test.each([
  ["text", "secret\nkey"],
  ["returned", () => "secret key"],
  ["not text", () => ({ secret: 1 }) as never],
  ["nothing", () => undefined as never],
])("a key that no header can carry is refused without being shown: %s", async (_, apiKey) => {
  const { error, mock } = await callFailing([], { apiKey });
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
  expect(error?.message).toBe("createCustomer: apiKey must be visible ASCII characters without spaces");
  expect(inspect(error)).not.toContain("secret");
  expect(mock.requests).toHaveLength(0);
});

test("a key function that fails is the caller's to see, and nothing was sent", async () => {
  const vault = new Error("the vault is closed");
  const { error } = await callFailing([], { apiKey: () => Promise.reject(vault) });
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent", cause: vault });
  expect(error?.message).toBe("createCustomer: the apiKey function failed");
});

test("a key function that hangs runs into the timeout, and nothing was sent", async () => {
  const { error } = await callFailing([], {
    apiKey: () => new Promise<string>(() => {}),
    timeout: 50,
    maxRetries: 0,
  });
  expect(error).toMatchObject({ name: "SphereTimeoutError", attempts: 0, outcome: "not_sent" });
});

test.each([
  ["a customer without its id", { ...body, verificationProfiles: [] }],
  ["what was sent", body],
  ["an error envelope", { ts: "now", error: { general: "no" } }],
  ["null", null],
  ["an array", []],
])("a success that holds %s is an API error, and it may have been applied", async (_, data) => {
  const { error } = await callFailing([answer(200, data)]);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error).toMatchObject({ status: 200, outcome: "unknown", attempts: 1 });
  expect(error?.message).toBe("createCustomer: the API answered 200 and not what the spec says");
  expect(error?.body).toEqual(data);
});

test("a value that cannot be sent is named as such, without being shown", async () => {
  const mock = await startMock();
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });
  const error: unknown = await sphere
    .createCustomer({ body }, { headers: { "x-canary": "canary\ncanary" } })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
  expect(inspect(error)).not.toContain("canary");
});

test("a framework's own Response, whose methods allow no assignment, is read too", async () => {
  const customer = { id: "customer_1", type: "individual", verificationProfiles: [] };
  class OwnResponse extends Response {}
  Object.defineProperty(OwnResponse.prototype, "text", { value: Response.prototype.text });
  const sphere = createSphereClient({
    apiKey: "secret_key",
    fetch: async () => new OwnResponse(JSON.stringify(customer)),
  });
  const { data, response } = await sphere.createCustomer({ body }).withResponse();
  expect(data).toEqual(customer);
  expect(response).toBeInstanceOf(OwnResponse);
});
