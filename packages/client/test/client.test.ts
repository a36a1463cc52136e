import { inspect } from "node:util";
import { createMock, startMockServer } from "@spherepay/mock";
import { expect, onTestFinished, test } from "vitest";
import {
  createSphereClient,
  isSphereApiError,
  SphereAbortError,
  SphereApiError,
  SphereConnectionError,
  SphereTimeoutError,
  type SphereClientOptions,
} from "../src/index.ts";
import { answer, drop, scriptedServer, type Step } from "./scripted-server.ts";

const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const customer = { id: "customer_1", type: "individual", verificationProfiles: [] };
const tooMany = answer(
  429,
  { ts: "2025-04-20T00:09:16.870Z", error: { general: "Too Many Requests" } },
  { "retry-after": "0" },
);

/** A client of a server that plays the steps, and what calling it threw. */
async function callScripted(steps: Step[], options: Partial<SphereClientOptions> = {}) {
  const server = await scriptedServer(...steps);
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url, ...options });
  const outcome = await sphere.createCustomer({ body }).then(
    (data) => ({ data, error: undefined }),
    (error: unknown) => ({ data: undefined, error: error as SphereApiError }),
  );
  return { ...outcome, server };
}

test("a customer is created through the mock, over a socket", async () => {
  const mock = await startMockServer();
  onTestFinished(() => mock.close());
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: mock.url });

  const created = await sphere.createCustomer({ body });

  expect(created.id).toBe("customer_d41608fae4d34d308f85bc3c2b6ca29a");
  expect(created.verificationProfiles[1]?.criteria?.required).toContain("proof_of_address");
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
  const { server } = await callScripted([answer(200, customer)]);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({ method: "POST", url: "/v2/customer", body: JSON.stringify(body) });
  expect(server.requests[0]!.headers).toMatchObject({
    authorization: "Bearer secret_key",
    "content-type": "application/json",
  });
});

test("the response is there for those who ask", async () => {
  const server = await scriptedServer(answer(200, customer, { "x-request-id": "request_1" }));
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  const { data, response } = await sphere.createCustomer({ body }).withResponse();
  expect(data).toEqual(customer);
  expect(response.headers.get("x-request-id")).toBe("request_1");
});

test("a key function is asked before each attempt", async () => {
  let count = 0;
  const { data, server } = await callScripted([tooMany, answer(200, customer)], {
    apiKey: async () => `secret_${++count}`,
  });
  expect(data).toEqual(customer);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret_1", "Bearer secret_2"]);
});

test("a refusal for too many requests is tried again, and then reported", async () => {
  const { error, server } = await callScripted([tooMany]);
  expect(server.requests).toHaveLength(3);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error).toMatchObject({ status: 429, attempts: 3, outcome: "rejected", retryAfter: 0 });
  expect(error?.generalError).toBe("Too Many Requests");
});

test("a wait of more than a minute is reported at once", async () => {
  const { error, server } = await callScripted([answer(429, {}, { "retry-after": "61" })]);
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ status: 429, attempts: 1, retryAfter: 61_000 });
});

test.each([408, 409, 500, 502, 503, 504])("a %d is never followed by a second creation", async (status) => {
  const { error, server } = await callScripted([answer(status, {})]);
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ status, attempts: 1, outcome: status === 409 ? "rejected" : "unknown" });
});

test("a connection that breaks is never followed by a second creation", async () => {
  const { error, server } = await callScripted([drop]);
  expect(server.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(SphereConnectionError);
  expect(error).toMatchObject({ name: "SphereConnectionError", attempts: 1, outcome: "unknown" });
});

test("a connection that cannot be made is tried again, and nothing was sent", async () => {
  const server = await scriptedServer(drop);
  await server.close();
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url, maxRetries: 1 });
  const error: unknown = await sphere.createCustomer({ body }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SphereConnectionError);
  expect(error).toMatchObject({ attempts: 2, outcome: "not_sent", cause: { message: "fetch failed" } });
});

test("a body that never ends runs into the timeout", async () => {
  const { error, server } = await callScripted([(response) => response.writeHead(200).write("{")], { timeout: 100 });
  expect(server.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(SphereTimeoutError);
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
  expect(error?.message).toBe("createCustomer: no answer within 100 ms");
});

test("the caller's reason survives an abort", async () => {
  const server = await scriptedServer(() => {});
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  const controller = new AbortController();
  const call = sphere.createCustomer({ body }, { signal: controller.signal });
  setTimeout(() => controller.abort("the user left"), 100);
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SphereAbortError);
  expect(error).toMatchObject({ cause: "the user left", outcome: "unknown" });
});

test("a call that was aborted before it began sends nothing", async () => {
  const server = await scriptedServer(answer(200, customer));
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  const error: unknown = await sphere
    .createCustomer({ body }, { signal: AbortSignal.abort() })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SphereAbortError", attempts: 0, outcome: "not_sent" });
  expect(server.requests).toHaveLength(0);
});

test.each([
  ["HTML", 502, "<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>"],
  ["HTML in place of a customer", 200, "<h1>Hello</h1>", "<h1>Hello</h1>"],
  ["nothing in place of a customer", 200, "", ""],
  ["nothing", 500, "", ""],
  ["null", 400, "null", null],
  ["an array", 400, "[]", []],
])("an answer that is %s is an API error", async (_, status, text, expected) => {
  const { error } = await callScripted([answer(status, text)]);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error?.status).toBe(status);
  expect(error?.body).toEqual(expected);
  expect(error?.fieldErrors).toEqual({});
  expect(error?.generalError).toBeUndefined();
});

test("a redirect is not followed", async () => {
  const { error, server } = await callScripted([answer(307, "", { location: "/elsewhere" })]);
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ status: 307, outcome: "rejected" });
});

test("a logged error shows neither the key nor what was sent or answered", async () => {
  const { error } = await callScripted([answer(400, { ts: "now", error: { address: ["canary is not a state"] } })]);
  for (const shown of [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error)]) {
    expect(shown).toContain("createCustomer");
    expect(shown).not.toMatch(/canary|secret_key|address/);
  }
});

test("http is the openapi-fetch client, with the same key and retries", async () => {
  const server = await scriptedServer(tooMany, answer(200, customer));
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  sphere.http.use({ onRequest: ({ request }) => request.headers.set("x-trace", "1") });
  const { data } = await sphere.http.POST("/v2/customer", { body });
  expect(data?.id).toBe("customer_1");
  expect(server.requests).toHaveLength(2);
  expect(server.requests[1]!.headers).toMatchObject({ authorization: "Bearer secret_key", "x-trace": "1" });
});

test.each([
  [{ apiKey: undefined }, "apiKey is missing"],
  [{ apiKey: "secret_key", timeout: 0 }, "timeout must be more than 0 milliseconds, not 0"],
  [{ apiKey: "secret_key", maxRetries: -1 }, "maxRetries must be 0 or more, not -1"],
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
  const { error, server } = await callScripted([answer(200, customer)], { apiKey });
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
  expect(error?.message).toBe("createCustomer: apiKey must be visible ASCII characters without spaces");
  expect(inspect(error)).not.toContain("secret");
  expect(server.requests).toHaveLength(0);
});

test("a key function that fails is the caller's to see, and nothing was sent", async () => {
  const vault = new Error("the vault is closed");
  const { error } = await callScripted([answer(200, customer)], { apiKey: () => Promise.reject(vault) });
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent", cause: vault });
  expect(error?.message).toBe("createCustomer: the apiKey function failed");
});

test("a key function that hangs runs into the timeout, and nothing was sent", async () => {
  const { error } = await callScripted([answer(200, customer)], {
    apiKey: () => new Promise<string>(() => {}),
    timeout: 50,
    maxRetries: 0,
  });
  expect(error).toMatchObject({ name: "SphereTimeoutError", attempts: 0, outcome: "not_sent" });
});

test.each([
  ["a customer without its fields", { id: "customer_1" }],
  ["an error envelope", { ts: "now", error: { general: "no" } }],
  ["null", null],
  ["an array", []],
])("a success that holds %s is an API error, and it may have been applied", async (_, data) => {
  const { error } = await callScripted([answer(200, data)]);
  expect(error).toBeInstanceOf(SphereApiError);
  expect(error).toMatchObject({ status: 200, outcome: "unknown", attempts: 1 });
  expect(error?.message).toBe("createCustomer: the API answered 200 and not what the spec says");
  expect(error?.body).toEqual(data);
});

test("a value that cannot be sent is named as such, without being shown", async () => {
  const server = await scriptedServer(answer(200, customer));
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  const error: unknown = await sphere
    .createCustomer({ body }, { headers: { "x-canary": "canary\ncanary" } })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
  expect(inspect(error)).not.toContain("canary");
});

test("middleware of http works for the methods too, with real requests and responses", async () => {
  const server = await scriptedServer(answer(200, customer));
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: server.url });
  sphere.http.use({
    onRequest: ({ request }) =>
      new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-trace": "1" } }),
    onResponse: ({ response }) => Response.json({ ...customer, id: "customer_2" }, response),
  });
  expect(await sphere.createCustomer({ body })).toMatchObject({ id: "customer_2" });
  expect(server.requests[0]).toMatchObject({ body: JSON.stringify(body), headers: { "x-trace": "1" } });
});

test("a framework's own Response, whose methods allow no assignment, is read too", async () => {
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
