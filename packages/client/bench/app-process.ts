/**
 * Runs one app against a fetch that answers at once. First it proves that the app sends what it should and understands
 * the answers; then it measures whenever it is asked to.
 */
import { deepEqual } from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Bundle } from "./bundles.ts";
import type { Examples } from "./workshop.ts";

export type Setup = Examples & Bundle & { file: string };
export type Status = keyof Examples["answers"];
/** Reads nothing of the request, as fakes in tests do, or all of it, as the Fetch standard says. */
export type Fake = "reads nothing" | "reads";
/** Asks for CPU time of a call, in microseconds, over some milliseconds; or for its heap, in bytes, over some calls. */
export type Question = { fake: Fake; status: Status } & ({ milliseconds: number } | { calls: number });

let onboard: (body: object, show: (line: string) => void) => Promise<void>;
let setup: Setup;
let answers: Record<Status, () => Response>;
let answer: (...request: Parameters<typeof fetch>) => Promise<Response>;

process.on("message", async (message: Setup | Question) => {
  try {
    process.send!(await ("fake" in message ? measure(message) : prepare(message)));
  } catch (error) {
    // Printed here, because the runtime would show the line it comes from, which is the whole minified app.
    console.error(`${setup.title}:`, error);
    process.exit(1);
  }
});

async function prepare(message: Setup): Promise<string> {
  setup = message;
  answers = { 200: answerWith(200), 400: answerWith(400) };
  // Before the app is loaded, because some clients keep the fetch that they find then.
  globalThis.fetch = (...request) => answer(...request);
  await writeFile(setup.file, setup.code);
  ({ onboard } = await import(pathToFileURL(setup.file).href));
  await verify(200, [setup.answers[200].id]);
  await verify(
    400,
    Object.entries(setup.answers[400].error).map(([field, messages]) => `${field}: ${messages}`),
  );
  return "ready";
}

/** The headers object and the text are shared, as they would be by a test's fake; the Response is new each time. */
function answerWith(status: Status): () => Response {
  const text = JSON.stringify(setup.answers[status]);
  const init = { status, headers: { "content-type": "application/json; charset=utf-8" } };
  return () => new Response(text, init);
}

async function verify(status: Status, expected: string[]): Promise<void> {
  let requests = 0;
  answer = async (...[input, init]) => {
    const request = new Request(input, init);
    requests++;
    const [type] = request.headers.get("content-type")?.split(";") ?? [];
    deepEqual(
      [request.method, request.url, request.headers.get("authorization"), type, await request.json()],
      ["POST", "https://api.sandbox.spherepay.co/v2/customer", "Bearer sk_bench", "application/json", setup.body],
      `${setup.title} sends another request`,
    );
    return answers[status]();
  };
  const shown: string[] = [];
  await onboard(setup.body, (line) => shown.push(line));
  deepEqual(shown, expected, `${setup.title} understands the ${status} otherwise`);
  deepEqual(requests, 1, `${setup.title} sends ${requests} requests for one call`);
}

async function measure(question: Question): Promise<number> {
  const { fake, status } = question;
  answer = fake === "reads" ? (...request) => readAndAnswer(request, answers[status]) : async () => answers[status]();
  return "calls" in question ? measureHeap(question.calls) : measureCpu(question.milliseconds);
}

async function readAndAnswer([input, init]: Parameters<typeof fetch>, respond: () => Response): Promise<Response> {
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  const body = await request.arrayBuffer();
  if (!headers.has("content-type") || body.byteLength === 0) throw new Error("a request without a body");
  return respond();
}

/** For about the given time, so that cheap and dear clients are measured with the same precision. */
async function measureCpu(milliseconds: number): Promise<number> {
  let calls = 0;
  const end = performance.now() + milliseconds;
  const begin = process.cpuUsage();
  do {
    await call(10);
    calls += 10;
    // What a job looks at weakly is kept until it ends, and calls without a network are all one job.
    await setImmediate();
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / calls;
}

/** What is allocated, garbage included: the process is given so much room that nothing is collected on the way. */
async function measureHeap(calls: number): Promise<number> {
  globalThis.gc!();
  const begin = process.memoryUsage().heapUsed;
  await call(calls);
  return (process.memoryUsage().heapUsed - begin) / calls;
}

async function call(times: number): Promise<void> {
  let shown = 0;
  for (let time = 0; time < times; time++) await onboard(setup.body, () => void shown++);
  if (shown !== times) throw new Error(`${times - shown} of ${times} calls failed`);
}
