import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createMock, type MockServer, startMockServer } from "../src/index.ts";
import { ROWS } from "./hostile/bytes.ts";
import { converse, faultsOf, faultsOfServer, stall, STALLS } from "./hostile/checks.ts";
import { openConnection } from "./hostile/connection.ts";
import { testGenerated } from "./hostile/generated.ts";
import { measureHeaps } from "./hostile/heaps.ts";
import { HEADERS, ORIGIN, PATH, post, type Sent, toAnswer } from "./hostile/post.ts";
import { BODIES, FIELDS, request, TARGETS, VALID } from "./hostile/requests.ts";

/** How many requests the heap is measured after. */
const SAMPLE = [5_000, 15_000] as const;

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
  heaps = measureHeaps(SAMPLE);
  stalls = stall(port, 5000);
  for (const promise of [heaps, stalls]) promise.catch(() => {});
});
afterAll(() => {
  complaints.mockRestore();
  return server.close();
});

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

test.each(rows)("answers over a socket: %s", async (_, parts, status) => {
  const hostile = { bytes: request(parts), statuses: [status], ends: false, isHead: false };
  expect(await converse(port, hostile)).toEqual({ statuses: [status], faults: [] });
});

test.each(rows)("answers in-process: %s", async (_, { target, headers, body }, status) => {
  const answer = await post(mock, body, headers, target);
  expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({ status, faults: [] });
  const next = await post(mock);
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

testGenerated(mock, () => port, { overSockets: 100, inProcess: 300 });

test("answers 408 to what has not arrived after five seconds, and closes the connection", async () => {
  const expected = STALLS.map(([name]) => ({ name, status: 408, faults: [], isEarly: false, isClosed: true }));
  expect(await stalls).toEqual(expected);
});

test("keeps nothing of 10,000 requests that differ, beside its log", async () => {
  const [early = 0, late = Infinity] = await heaps;
  // 100 bytes of each would be 1 MB.
  expect(late - early).toBeLessThan(500_000);
}, 120_000);

test("has never failed to answer", () => {
  expect(complaints).not.toHaveBeenCalled();
});
