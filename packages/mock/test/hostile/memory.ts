/**
 * Has a mock answer requests that differ, and prints how many bytes the heap holds after each of the counts that it is
 * given. Run with `--expose-gc`; the argument `leak` loses 100 bytes a request, to see what a leak looks like.
 */
import { setImmediate as turn } from "node:timers/promises";
import { createMock } from "../../src/index.ts";

const URL_OF_API = "https://api.sandbox.spherepay.co/v2/customer";
const ADDRESS = { state: "CA", country: "USA" };
const VALID = JSON.stringify({ type: "individual", address: ADDRESS });

/** What is fresh in a request, by turns. The log keeps as many of each kind whenever the heap is measured. */
const KINDS: ((count: number) => Request)[] = [
  () => post(VALID),
  (count) => post(VALID, { authorization: `Bearer token_${count}` }),
  (count) => post(VALID, { accept: `application/json, text/x-${count}` }),
  (count) => post(VALID, { prefer: `example=created, wait=${count}` }),
  (count) => post(VALID, { prefer: `code=400, x-${count}=1`, [`x-${count}`]: "1" }),
  (count) => post(JSON.stringify({ type: `type_${count}`, address: ADDRESS })),
  (count) => post(JSON.stringify({ type: "business", address: { ...ADDRESS, [`field_${count}`]: "x".repeat(3000) } })),
  (count) => post(`{"type": ${count}`),
  (count) => new Request(`${URL_OF_API}/${count}`),
  (count) => new Request(`${URL_OF_API}?page=${count}`, { method: "DELETE" }),
];

function post(body: string, headers: Record<string, string> = {}): Request {
  const all = { authorization: "Bearer secret", "content-type": "application/json", ...headers };
  return new Request(URL_OF_API, { method: "POST", headers: all, body });
}

async function measure(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    await turn();
    globalThis.gc!();
  }
  return process.memoryUsage().heapUsed;
}

const mock = await createMock();
const leaked: string[] = [];
const heaps: number[] = [];
const counts = process.argv.map(Number);
for (let count = 1; heaps.length < counts.filter(Boolean).length; count++) {
  const response = await mock.fetch(KINDS[count % KINDS.length]!(count));
  await response.text();
  if (process.argv.includes("leak")) leaked.push(Buffer.alloc(84, String(count)).toString("latin1"));
  if (counts.includes(count)) heaps.push(await measure());
}
console.log(JSON.stringify(heaps));
