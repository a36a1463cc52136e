/**
 * Runs one app against a fetch that answers at once. First it proves that the app sends what it should and understands
 * the answers; then it measures whenever it is asked to.
 */
import { deepEqual } from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Bundle } from "./bundles.ts";
import type { Examples } from "./workshop.ts";

export type Setup = Examples & Omit<Bundle, "content"> & { code: string };
export type Slice = { status: Status; milliseconds: number };
export type Status = keyof Examples["answers"];
type Onboard = (body: object, show: (line: string) => void) => Promise<void>;

let onboard: Onboard;
let setup: Setup;
let answers: Record<Status, () => Promise<Response>>;
let answer: (...request: Parameters<typeof fetch>) => Promise<Response>;

process.on("message", async (message: Setup | Slice) => {
  try {
    process.send!(await ("status" in message ? measure(message) : prepare(message)));
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
  ({ onboard } = (await import(pathToFileURL(setup.file).href)) as { onboard: Onboard });
  await verify(200, [setup.answers[200].id]);
  await verify(
    400,
    Object.entries(setup.answers[400].error).map(([field, messages]) => `${field}: ${messages}`),
  );
  return "ready";
}

/** The headers object and the text are shared, as they would be by a test's fake; the Response is new each time. */
function answerWith(status: Status): () => Promise<Response> {
  const text = JSON.stringify(setup.answers[status]);
  const init = { status, headers: { "content-type": "application/json; charset=utf-8" } };
  return async () => new Response(text, init);
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

/** For about the given time, so that cheap and dear clients are measured with the same precision. */
async function measure({ status, milliseconds }: Slice): Promise<number> {
  answer = answers[status];
  let shown = 0;
  const show = () => void shown++;
  let calls = 0;
  const end = performance.now() + milliseconds;
  const begin = process.cpuUsage();
  do {
    for (let call = 0; call < 50; call++) await onboard(setup.body, show);
    calls += 50;
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(begin);
  deepEqual(shown, calls, `${setup.title} failed on the way`);
  return (user + system) / calls;
}
