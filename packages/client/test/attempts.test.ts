import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createSphereClient, type SphereAttempt, type SphereClientOptions } from "../src/index.ts";
import { version } from "../src/version.ts";
import { anything, makeClient } from "./made-client.ts";
import { startRecordingServer, type Answer } from "./recording-server.ts";

const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const customer = { id: "customer_1", type: "individual", verificationProfiles: [] };
const headers = { "content-type": "application/json", "x-request-id": "request_1" };
const created: Answer = { headers, body: JSON.stringify(customer) };
const tooMany: Answer = { status: 429, headers: { ...headers, "retry-after": "0" } };

/** Calls `createCustomer`, and tells what was seen of each attempt. */
async function call(answers: Answer[], options: Partial<SphereClientOptions> = {}) {
  const seen: SphereAttempt[] = [];
  const { url, requests } = await startRecordingServer(() => answers[Math.min(requests.length, answers.length) - 1]!);
  const onAttempt = (attempt: SphereAttempt) => void seen.push(attempt);
  const sphere = createSphereClient({ apiKey: "canary_key", baseUrl: url, onAttempt, ...options });
  const error: unknown = await sphere.createCustomer({ body }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { seen, error, requests };
}

const ms = expect.any(Number);
const attempt = (more: object): object => ({
  operation: "createCustomer",
  attempt: 1,
  error: undefined,
  outcome: undefined,
  wait: undefined,
  requestId: "request_1",
  ms,
  ...more,
});

test("an observer is told of each attempt, and of the wait before the next", async () => {
  const { seen } = await call([tooMany, created]);
  expect(seen).toEqual([
    attempt({ status: 429, error: "SphereApiError", outcome: "rejected", wait: 0 }),
    attempt({ attempt: 2, status: 200 }),
  ]);
  expect(seen[0]!.ms).toBeGreaterThan(0);
});

test.each<[title: string, answer: Answer | undefined, options: Partial<SphereClientOptions>, seen: object]>([
  ["a refusal", { status: 400, headers }, {}, { status: 400, error: "SphereApiError", outcome: "rejected" }],
  ["a failure", { status: 500, headers }, {}, { status: 500, error: "SphereApiError", outcome: "unknown" }],
  ["an answer that is none", { headers, body: "{}" }, {}, { status: 200, error: "SphereApiError", outcome: "unknown" }],
  [
    "no connection",
    undefined,
    { baseUrl: "http://127.0.0.1:2", maxRetries: 0 },
    { status: undefined, requestId: undefined, error: "SphereConnectionError", outcome: "not_sent" },
  ],
  [
    "a timeout",
    undefined,
    { fetch: () => new Promise(() => {}), timeout: 20 },
    { status: undefined, requestId: undefined, error: "SphereTimeoutError", outcome: "unknown" },
  ],
])("an observer is told of %s", async (_, answer, options, told) => {
  const { seen } = await call([answer ?? created], options);
  expect(seen).toEqual([attempt(told)]);
});

test("an observer is not told of what was never tried", async () => {
  expect((await call([created], { apiKey: () => "canary key" })).seen).toEqual([]);
});

test("an observer is told nothing that was sent or answered", async () => {
  const echo: Answer = {
    status: 400,
    headers: { ...headers, "x-canary": "canary" },
    body: '{"error":{"canary":["canary"]}}',
  };
  const { seen } = await call([echo]);
  expect(inspect(seen, { depth: null, showHidden: true })).not.toMatch(/canary|individual|USA|127\.0\.0\.1/);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("the log is full");
    },
  ],
  [
    "rejects",
    async () => {
      throw new Error("the log is full");
    },
  ],
])("an observer that %s changes nothing", async (_, onAttempt) => {
  const rejections: unknown[] = [];
  const note = (cause: unknown) => void rejections.push(cause);
  process.on("unhandledRejection", note);
  const { error, requests } = await call([tooMany, created], { onAttempt });
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", note);
  expect({ error, count: requests.length, rejections }).toEqual({ error: undefined, count: 2, rejections: [] });
});

test("the client's headers go with each call, and those of a call win over them", async () => {
  const { url, requests } = await startRecordingServer(() => created);
  const sphere = createSphereClient({
    apiKey: "key",
    baseUrl: url,
    headers: { "X-Team": "a", "x-app": "b", Authorization: "c" },
  });
  await sphere.createCustomer({ body });
  await sphere.createCustomer(
    { body },
    { headers: { "x-team": "d", "Content-Type": "application/json; v=1", authorization: "e" } },
  );
  expect(
    requests.map(({ headers: { "x-team": team, "x-app": app, authorization, "content-type": type } }) => [
      team,
      app,
      authorization,
      type,
    ]),
  ).toEqual([
    ["a", "b", "Bearer key", "application/json"],
    ["d", "b", "Bearer key", "application/json; v=1"],
  ]);
});

test("a header without a value is none", async () => {
  const none = { "x-team": undefined, "x-app": null } as unknown as Record<string, string>;
  const { url, requests } = await startRecordingServer(() => created);
  await createSphereClient({ apiKey: "key", baseUrl: url, headers: none }).createCustomer({ body });
  await createSphereClient({ apiKey: "key", baseUrl: url, headers: { "x-team": "a" } }).createCustomer(
    { body },
    { headers: none },
  );
  expect(requests.map(({ headers: { "x-team": team, "x-app": app } }) => [team, app])).toEqual([
    [undefined, undefined],
    ["a", undefined],
  ]);
});

test("the User-Agent names the package, unless the caller has another", async () => {
  const { requests } = await call([created]);
  expect(requests[0]!.headers["user-agent"]).toBe(`spherepay-client/${version}`);
  const other = await call([created], { headers: { "User-Agent": "app/1" } });
  expect(other.requests[0]!.headers["user-agent"]).toBe("app/1");
});

test("the request id comes with the response", async () => {
  const { url } = await startRecordingServer(() => created);
  const { data, response, requestId } = await createSphereClient({ apiKey: "key", baseUrl: url })
    .createCustomer({ body })
    .withResponse();
  expect({ id: data.id, status: response.status, requestId }).toEqual({
    id: "customer_1",
    status: 200,
    requestId: "request_1",
  });
});

test.each([
  ["COPY", 1],
  ["LINK", 1],
  ["QUERY", 2],
])(
  "%s is sent %d times where the first answer is a failure: only what may be done twice is repeated",
  async (method, times) => {
    const operation = { operationId: "run", responses: anything };
    const paths = {
      "/a": method === "QUERY" ? { query: operation } : { additionalOperations: { [method]: operation } },
    };
    const { createSphereClient: create } = await makeClient(paths);
    const { url, requests } = await startRecordingServer(() => ({ status: 503, headers: { "retry-after": "0" } }));
    await expect(create({ baseUrl: url, maxRetries: 1 })["run"]!()).rejects.toMatchObject({ status: 503 });
    expect(requests).toHaveLength(times);
  },
);
