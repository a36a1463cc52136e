import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createMock, type MockServer, startMockServer } from "../src/index.ts";
import { ROWS } from "./hostile/bytes.ts";
import { converse, faultsOf, faultsOfServer, isRequestBody, parse, stall, STALLS } from "./hostile/checks.ts";
import { openConnection, type RawAnswer } from "./hostile/connection.ts";
import { BODIES, FIELDS, request, TARGETS, VALID } from "./hostile/requests.ts";

const ORIGIN = "https://api.sandbox.spherepay.co";
const PATH = "/v2/customer";
const HEADERS = { authorization: "Bearer secret", "content-type": "application/json" };

const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
const mock = await createMock();
let server: MockServer;
let port: number;
let stalls: ReturnType<typeof stall>;
let heaps: Promise<number[]>;

// What takes long starts first, and is looked at last.
beforeAll(async () => {
  server = await startMockServer();
  port = Number(new URL(server.url).port);
  // The first of these loads the rest of Prism, which has nothing to do with how long an answer takes.
  await fetch(server.url + PATH, { method: "POST", headers: { ...HEADERS, prefer: "dynamic=true" }, body: VALID });
  heaps = measureHeaps();
  stalls = stall(port, 5000);
  for (const promise of [heaps, stalls]) promise.catch(() => {});
});
afterAll(() => server.close());

test.each(ROWS)("answers over a socket: %s", async (_, hostile) => {
  expect(await converse(port, hostile)).toEqual({ statuses: hostile.statuses, faults: [] });
});

const titleOf = (text: string) => (text.length > 70 ? `${text.slice(0, 70)}…` : text);
const rows = [
  ...BODIES.map(([name, body, status]): Row => [`the body: ${name}`, { body }, status]),
  ...FIELDS.map(([name, value, status]): Row => [titleOf(`${name}: ${value}`), { headers: { [name]: value } }, status]),
  ...TARGETS.map(([target, status]): Row => [titleOf(`the target ${target}`), { target }, status]),
];
type Row = [name: string, parts: { body?: Sent; headers?: Record<string, string>; target?: string }, status: number];
type Sent = string | Uint8Array<ArrayBuffer>;

test.each(rows)("answers over a socket: %s", async (_, parts, status) => {
  const hostile = { bytes: request(parts), statuses: [status], ends: false, isHead: false };
  expect(await converse(port, hostile)).toEqual({ statuses: [status], faults: [] });
});

test.each(rows)("answers in-process: %s", async (_, { target, headers, body }, status) => {
  const answer = await post(body, headers, target);
  expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({ status, faults: [] });
  const next = await post(VALID);
  expect(next.status).toBe(200);
});

test.each(["constructor", "__proto__", "patch", "M-SEARCH", "BREW"])("answers in-process: %s", async (method) => {
  const answer = await toAnswer(await mock.fetch(ORIGIN + PATH, { method, headers: HEADERS, body: VALID }));
  expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({ status: 405, faults: [] });
});

test("answers 50 requests that come at once in their order", async () => {
  const codes = Array.from({ length: 50 }, (_, index) => [200, 400, 401, 429][index % 4]!);
  const connection = await openConnection(port);
  connection.send(Buffer.concat(codes.map((code) => request({ headers: { prefer: `code=${code}` } }))));
  const statuses: unknown[] = [];
  while (statuses.length < codes.length) statuses.push((await connection.next())?.status);
  connection.reset();
  expect(statuses).toEqual(codes);
});

test("keeps nothing of clients that disconnect while they are answered", async () => {
  const count = () =>
    process.getActiveResourcesInfo().filter((name) => /^(?:TCPSocketWrap|Timeout)$/.test(name)).length;
  const before = count();
  const large = request({ body: VALID.padEnd(2_000_000) });
  const half = [request().subarray(0, 60), request().subarray(0, -10), large.subarray(0, 500_000)];
  const whole = [
    request(),
    request({ headers: { prefer: "dynamic=true" } }),
    Buffer.concat([request(), request()]),
    large,
  ];
  for (const bytes of [...half, ...whole]) {
    for (let turns = 0; turns < 20; turns++) await disconnect(bytes, turns % 5);
  }
  server.fail({ delay: 60_000, times: 20 });
  for (let turns = 0; turns < 20; turns++) await disconnect(request(), turns);
  server.reset();
  expect(await faultsOfServer(port)).toEqual([]);
  await vi.waitFor(() => expect(count()).toBeLessThanOrEqual(before), 3000);
});

/** Sends bytes and is gone some turns of the event loop later. */
async function disconnect(bytes: Uint8Array, turns: number): Promise<void> {
  const connection = await openConnection(port);
  connection.send(bytes);
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  connection.reset();
}

const lines = [
  "POST /v2/customer HTTP/1.1\r\n",
  "OPTIONS * HTTP/1.0\r\n",
  "GET ",
  "/v2/customer",
  "\r\n",
  "\r\n\r\n",
  ":",
];
const fields = ["host: mock\r\n", "content-length: 5\r\n", "transfer-encoding: chunked\r\n"];
const contents = ["5\r\n", "0\r\n\r\n", VALID];
const known = fc.constantFrom(...lines, ...fields, ...contents).map((text) => Buffer.from(text));
const bytesOf = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const pieces = fc.array(fc.oneof(bytesOf(30), known), { maxLength: 20 }).map((parts) => Buffer.concat(parts));

/** A valid request in which some bytes are others. */
const mutated = fc
  .array(fc.tuple(fc.nat(request().length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce((bytes, [index, byte]) => bytes.fill(byte, index, index + 1), request()));

test("answers any bytes with less than 500, or closes the connection", async () => {
  const property = fc.asyncProperty(fc.oneof(bytesOf(2000), pieces, mutated), async (bytes) => {
    const connection = await openConnection(port);
    connection.send(bytes);
    connection.end();
    const faults: string[] = [];
    for (let answer = await connection.next(); answer; answer = await connection.next()) {
      faults.push(...faultsOf(answer));
    }
    expect([...faults, ...(await faultsOfServer(port))]).toEqual([]);
  });
  await fc.assert(property, { numRuns: 500 });
});

/** As a rule the one, else any JSON value. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>, weight = 5) =>
  fc.oneof({ arbitrary, weight }, { arbitrary: fc.jsonValue({ stringUnit: "grapheme" }), weight: 1 });
const address = { state: mostly(fc.string()), country: mostly(fc.string()), city: mostly(fc.string()) };
const customer = {
  type: mostly(fc.constantFrom("individual", "business")),
  address: mostly(fc.record(address, { requiredKeys: ["state", "country"] })),
  unknown: mostly(fc.record(address, { requiredKeys: [] })),
};
const customers = mostly(
  fc.oneof(fc.record(customer, { requiredKeys: ["type", "address"] }), fc.record(customer, { requiredKeys: [] })),
);

/** A valid body in which some characters are others, more or less. */
const texts = fc
  .array(fc.tuple(fc.nat(VALID.length - 1), fc.nat(2), fc.constantFrom("", ...'{}[]",:\\u1e9 \0é')), { maxLength: 3 })
  .map((edits) => edits.reduce((text, [at, cut, more]) => text.slice(0, at) + more + text.slice(at + cut), VALID));

// RFC 9110, section 5.5: the characters that a header may hold.
const character = fc
  .integer({ min: 0x20, max: 0xff })
  .filter((code) => code !== 0x7f)
  .map((code) => String.fromCharCode(code));
const someHeaders = fc.dictionary(
  fc.constantFrom("accept", "prefer", "content-type", "authorization", "expect", "origin", "cookie", "x-y"),
  fc.oneof(
    fc.constantFrom("*/*", "application/json", "text/html, */*;q=0.1", "code=400", "example=created", "dynamic=true"),
    fc.string({ unit: character }),
  ),
  { maxKeys: 3 },
);

test("answers any body with any headers with less than 500, and the next request as ever", async () => {
  const body = fc.oneof(
    customers.map((value) => JSON.stringify(value)),
    texts,
    bytesOf(100),
  );
  const property = fc.asyncProperty(body, someHeaders, async (sent, more) => {
    const hostile = { bytes: request({ body: sent, headers: more }), statuses: [0], ends: false, isHead: false };
    expect(await converse(port, hostile)).toEqual({ statuses: [expect.any(Number)], faults: [] });
  });
  await fc.assert(property, { numRuns: 500 });
});

test("takes exactly the values that the document allows", async () => {
  const property = fc.asyncProperty(customers, async (value) => {
    const answer = await post(JSON.stringify(value));
    expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({
      status: isRequestBody(value) ? 200 : 400,
      faults: [],
    });
  });
  await fc.assert(property, { numRuns: 2000 });
});

test("takes exactly the texts that are JSON of such a value", async () => {
  const property = fc.asyncProperty(texts, async (text) => {
    const answer = await post(text);
    expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({
      status: isRequestBody(parse(text)) ? 200 : 400,
      faults: [],
    });
  });
  await fc.assert(property, { numRuns: 2000 });
});

test("answers 408 to what has not arrived after five seconds, and closes the connection", async () => {
  const expected = STALLS.map(([name]) => ({ name, status: 408, faults: [], isEarly: false, isClosed: true }));
  expect(await stalls).toEqual(expected);
});

test("keeps nothing of 80,000 requests that differ, beside its log", async () => {
  const [early = 0, late = Infinity] = await heaps;
  // 100 bytes of each would be 8 MB.
  expect(late - early).toBeLessThan(1_500_000);
}, 120_000);

test("has never failed to answer", () => {
  expect(complaints).not.toHaveBeenCalled();
});

async function post(body: Sent = VALID, headers: Record<string, string> = {}, target = PATH): Promise<RawAnswer> {
  const init = { method: "POST", headers: { ...HEADERS, ...headers }, body };
  return toAnswer(await mock.fetch(ORIGIN + target, init));
}

async function toAnswer(response: Response): Promise<RawAnswer> {
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.text() };
}

async function measureHeaps(): Promise<number[]> {
  const script = fileURLToPath(new URL("hostile/memory.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script], { timeout: 100_000 });
  return JSON.parse(stdout) as number[];
}
