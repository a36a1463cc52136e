import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSphereClient, type SphereError } from "../src/index.ts";
import { body, check, run } from "./fault-run.ts";
import { isEndless, longTimeout, waiting, type Script } from "./fault-scripts.ts";
import { contents, retryAfters, startFaultServer, type Phase, type Step } from "./fault-server.ts";
import { checkRandomScripts } from "./random-faults.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

// A sample of long/faults.test.ts.
test("whatever the server does, a customer is created at most once and the error says what became of it", async () => {
  expect(await checkRandomScripts(20, "POST")).toEqual([]);
}, 120_000);

test("whatever the server does, what is safe to repeat is repeated and the error says what became of it", async () => {
  expect(await checkRandomScripts(5, "GET", "PUT")).toEqual([]);
}, 120_000);

const ok: Step = { fault: "none", status: 200, committed: true };
const refused: Step = { fault: "refused" };
const answer = (status: number, more: Partial<Step> = {}): Step => ({ fault: "none", status, ...more });
const content = (name: keyof typeof contents, status = 200): Step => answer(status, { content: name });
const after = (retryAfter: keyof typeof retryAfters, status = 429): Step => answer(status, { retryAfter });

type Result = "resolves" | "API error" | "timeout" | "connection error" | "abort error";
type Row = [title: string, steps: Step[], result: Result, outcome: string, attempts: number, committed?: number];
const unknown = (title: string, fault: Step["fault"], result: Result): Row[] => [
  [title, [{ fault }], result, "unknown", 1],
  [`${title}, the customer created`, [{ fault, committed: true }], result, "unknown", 1, 1],
];

test.each<Row>([
  ["an answer", [ok], "resolves", "", 1, 1],
  ["a refused connection", [refused], "connection error", "not_sent", 3],
  ["a refused connection, then an answer", [refused, ok], "resolves", "", 2, 1],
  [
    "a connection closed before anything is read",
    [{ fault: "closed before reading" }],
    "connection error",
    "unknown",
    1,
  ],
  ["a connection closed after the head", [{ fault: "closed after the head" }], "connection error", "unknown", 1],
  ...unknown("a connection closed after the request", "closed after the request", "connection error"),
  ...unknown("a connection reset after the request", "reset after the request", "connection error"),
  ...unknown("half a body", "half a body", "connection error"),
  ...unknown("a body without end", "endless body", "timeout"),
  ...unknown("headers, then silence", "headers then silence", "timeout"),
  ...unknown("silence", "silence", "timeout"),
  ["no body", [{ ...content("nothing"), committed: true }], "API error", "unknown", 1, 1],
  ["an empty body", [{ ...content("empty"), committed: true }], "API error", "unknown", 1, 1],
  ["HTML", [content("html")], "API error", "unknown", 1],
  ["null", [content("null")], "API error", "unknown", 1],
  ["an array", [content("array")], "API error", "unknown", 1],
  ["an error's body with status 200", [content("envelope")], "API error", "unknown", 1],
  [
    "a customer whose content-type is HTML",
    [{ ...content("customer called html"), committed: true }],
    "resolves",
    "",
    1,
    1,
  ],
  ["HTML with status 502", [content("html", 502)], "API error", "unknown", 1],
  ["null with status 400", [content("null", 400)], "API error", "rejected", 1],
  ["408, the customer created", [{ ...answer(408), committed: true }], "API error", "unknown", 1, 1],
  ["409", [answer(409)], "API error", "rejected", 1],
  ["409 with Retry-After", [after("0", 409)], "API error", "rejected", 1],
  ["429", [answer(429)], "API error", "rejected", 3],
  ["429, then an answer", [answer(429), ok], "resolves", "", 2, 1],
  ["429, then 500", [answer(429), answer(500)], "API error", "unknown", 2],
  ["429, then a refused connection, then an answer", [answer(429), refused, ok], "resolves", "", 3, 1],
  ["429, then no connection any more", [answer(429), refused], "connection error", "rejected", 3],
  ["500, the customer created", [{ ...answer(500), committed: true }], "API error", "unknown", 1, 1],
  ["502", [answer(502)], "API error", "unknown", 1],
  ["503 with Retry-After", [after("0", 503), ok], "API error", "unknown", 1],
  ["504", [answer(504)], "API error", "unknown", 1],
  ["429, Retry-After in seconds", [after("1"), ok], "resolves", "", 2, 1],
  ["429, Retry-After a date that comes soon", [after("soon date"), ok], "resolves", "", 2, 1],
  ["429, Retry-After a date that is past", [after("past date"), ok], "resolves", "", 2, 1],
  ["429, Retry-After garbage", [after("garbage"), ok], "resolves", "", 2, 1],
  ["429, Retry-After garbage with a number", [after("garbage with a number"), ok], "resolves", "", 2, 1],
  ["429, Retry-After negative", [after("negative"), ok], "resolves", "", 2, 1],
  ["429, Retry-After more than a minute", [after("61"), ok], "API error", "rejected", 1],
  ["429, Retry-After huge", [after("huge"), ok], "API error", "rejected", 1],
  ["429, Retry-After a date that is far", [after("far date"), ok], "API error", "rejected", 1],
  ...[301, 302, 303, 307, 308].map((status): Row => [
    `redirect ${status}`,
    [answer(status, { location: "elsewhere" }), ok],
    "API error",
    status === 303 ? "unknown" : "rejected",
    1,
  ]),
  ["a redirect to itself", [answer(307, { location: "itself" }), ok], "API error", "rejected", 1],
])("createCustomer and %s", async (_, steps, result, outcome, attempts, committed = 0) => {
  const timeout = steps.some(isEndless) ? 100 : longTimeout;
  const script: Script = { method: "POST", steps, maxRetries: 2, timeout };
  const seen = await run(script);
  check(script, seen);
  expect(resultOf(seen.error?.name)).toBe(result);
  expect(seen.error?.outcome ?? "").toBe(outcome);
  expect(seen.attempts).toHaveLength(attempts);
  expect(seen.commits).toBe(committed);
});

test.each<[phase: Phase, steps: Step[], attempt: number, outcome: string, attempts: number]>([
  ["before the call", [ok], 1, "not_sent", 0],
  ["at once", [ok], 1, "not_sent", 0],
  ["request read", [{ fault: "silence", committed: true }], 1, "unknown", 1],
  ["headers sent", [{ fault: "headers then silence", committed: true }], 1, "unknown", 1],
  ["headers sent", [{ fault: "endless body", committed: true }], 1, "unknown", 1],
  ["answered", [waiting], 1, "rejected", 1],
  ["answered", [answer(429), waiting], 2, "rejected", 2],
  ["request read", [answer(429), { fault: "silence" }], 2, "unknown", 2],
])("createCustomer and an abort: %s", async (phase, steps, attempt, outcome, attempts) => {
  const abort = { phase, attempt, delay: phase === "answered" ? 20 : 0 };
  const script: Script = { method: "POST", steps, maxRetries: 2, timeout: longTimeout, abort };
  const seen = await run(script);
  check(script, seen);
  expect(seen.error).toMatchObject({ name: "SphereAbortError", outcome, attempts });
  expect(seen.elapsed).toBeLessThan(longTimeout / 2);
});

test("an outcome does not get better with another attempt", async () => {
  const steps = [{ ...answer(500), committed: true }, waiting];
  const abort = { phase: "answered", attempt: 2, delay: 20 } as const;
  const { error } = await run({ method: "PUT", steps, maxRetries: 2, timeout: longTimeout, abort });
  expect(error).toMatchObject({ name: "SphereAbortError", outcome: "unknown", attempts: 2 });
});

test.each(["nonsense", "http://user:password@127.0.0.1:2", "gopher://127.0.0.1"])(
  "a base URL that cannot be fetched is not said to be sent to: %s",
  async (baseUrl) => {
    const call = async () =>
      createSphereClient({ apiKey: "secret_key", baseUrl, maxRetries: 0 }).createCustomer({ body });
    const error = await call().then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect((error as SphereError).outcome ?? "not_sent").toBe("not_sent");
  },
);

test.each(["timeout", "abort"])("a key function that never answers ends with the %s", async (end) => {
  const server = await startFaultServer([ok]);
  const apiKey = () => new Promise<string>(() => {});
  const timeout = end === "timeout" ? 50 : longTimeout;
  const sphere = createSphereClient({ apiKey, baseUrl: server.url, timeout, maxRetries: 0 });
  const call = sphere.createCustomer({ body }, end === "abort" ? { signal: AbortSignal.timeout(50) } : {});
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  await server.close();
  expect(error).toMatchObject({
    name: end === "abort" ? "SphereAbortError" : "SphereTimeoutError",
    outcome: "not_sent",
  });
  expect(server.seen.connections).toBe(0);
});

function resultOf(name: string | undefined): string | undefined {
  const names: Record<string, Result> = {
    SphereApiError: "API error",
    SphereTimeoutError: "timeout",
    SphereConnectionError: "connection error",
    SphereAbortError: "abort error",
  };
  return name === undefined ? "resolves" : names[name];
}
