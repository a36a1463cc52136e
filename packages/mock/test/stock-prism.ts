import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request as sendRequest } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@spherepay/testing/free-port";
import { type DocumentRequest, targetOf } from "./document-requests.ts";

/** Prism's own server, in a process of its own. */
export interface StockPrism {
  url: string;
  stop(): Promise<void>;
}

/** Starts `prism mock`, and waits until it answers. */
export async function startStockPrism(file: string): Promise<StockPrism> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@stoplight/prism-cli/package.json");
  const script = join(dirname(manifest), require(manifest).bin.prism);
  const port = await freePort();
  const child = spawn(process.execPath, [script, "mock", "-p", String(port), "-h", "127.0.0.1", "-v", "silent", file], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 25_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error(`prism mock ${file} did not start`);
    }
    await sleep(50);
  }
  return { url, stop: () => stop(child) };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/is-it-there`, { signal: AbortSignal.timeout(1000) }).then(
    () => true,
    () => false,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** What a server answered. */
export interface Answered {
  status: number;
  /** Without those that say how the answer was sent. */
  headers: Record<string, string>;
  body: string;
}

const ABOUT_SENDING = /^(?:connection|keep-alive|date|content-length|transfer-encoding|vary)$/;
const agent = new Agent({ keepAlive: true });

/** What stands for an answer that does not come. */
export const NO_ANSWER: Answered = { status: 0, headers: {}, body: "no answer" };

/** Sends a request, with those headers alone that it names. */
export function send(base: string, request: DocumentRequest): Promise<Answered> {
  return exchange(base, request).catch(() => NO_ANSWER);
}

function exchange(base: string, request: DocumentRequest): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const { method, headers, body } = request;
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const outgoing = sendRequest({
      agent,
      hostname,
      port,
      method,
      path: targetOf(request),
      headers: {
        ...headers,
        ...(bytes && !("transfer-encoding" in headers) && { "content-length": bytes.length }),
      },
      signal: AbortSignal.timeout(3000),
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const entries = Object.entries(response.headers).filter(([name]) => !ABOUT_SENDING.test(name));
        resolve({
          status: response.statusCode!,
          headers: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    outgoing.end(bytes);
  });
}

/** What two answers are compared by. */
export function comparable({ status: code, headers, body }: Answered): Answered {
  const told = Object.entries(headers).filter(([name]) => !name.startsWith("access-control-"));
  return { status: code, headers: Object.fromEntries(told), body };
}

/** Whether a client could not tell two answers apart. */
export function isEqual(one: Answered, other: Answered): boolean {
  const [left, right] = [comparable(one), comparable(other)].map(({ headers, ...rest }) =>
    JSON.stringify({ ...rest, headers: Object.entries(headers).toSorted() }),
  );
  return left === right;
}
