/** The servers that are compared, each in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@spherepay/testing/free-port";
import { call, document, path } from "./calls.ts";

const patience = 30_000;

const prism = [fileURLToPath(import.meta.resolve("@stoplight/prism-cli")), "mock", document];

/** How each is started, the port left out. */
const commands = {
  "prism-cli": [...prism, "--port"],
  "spherepay-mock": [file("../dist/cli.js"), document, "--port"],
  "bare node:http": [file("bare-server.ts")],
};

export type Title = keyof typeof commands;

export interface Server {
  title: Title;
  /** Without a path. */
  url: string;
  process: ChildProcess;
  /** Milliseconds from the start of the process to the first answer. */
  ready: number;
  stop(): Promise<void>;
}

export async function startServer(title: Title): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [...commands[title], String(port)], { stdio: ["ignore", "ignore", "inherit"] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  while (!(await isReady(url))) {
    const ended = child.exitCode !== null;
    if (ended || performance.now() - begin > patience) {
      await stop();
      throw new Error(`${title} ${ended ? "ended at once" : "does not answer"}`);
    }
    await sleep(2);
  }
  return { title, url, process: child, ready: performance.now() - begin, stop };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url + path, { ...call("created"), signal: AbortSignal.timeout(patience) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
