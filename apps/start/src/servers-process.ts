import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { ending } from "./ending.ts";
import type { Ports } from "./ports.ts";

/** What the process says. */
interface Message {
  ports?: Ports;
  addresses?: string;
  error?: string;
}

/** The process of `dev` that has the servers: code that has been loaded is only got rid of with its process. */
export class ServersProcess {
  #process: ChildProcess | undefined;
  #ports: Ports;
  #isFirst = true;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get areRunning(): boolean {
    return this.#process !== undefined;
  }

  /**
   * Starts the servers, or starts them anew, and prints their addresses once.
   *
   * @returns what happened, for the person at the terminal, unless the addresses say it
   */
  async start(): Promise<string | undefined> {
    await this.stop();
    const child = fork(fileURLToPath(new URL("dev-servers.ts", import.meta.url)), [JSON.stringify(this.#ports)]);
    this.#process = child;
    child.once("exit", () => {
      if (this.#process !== child) return;
      this.#process = undefined;
      if (!ending.aborted) console.error("\nThe servers have ended. The next change starts them again.\n");
    });
    const { ports, addresses } = await answer(child);
    if (!ports) return "The servers do not start.";
    // Those that were 0 stay what they have become.
    this.#ports = ports;
    if (!this.#isFirst) return "Restarted the servers.";
    this.#isFirst = false;
    console.log(addresses);
    return undefined;
  }

  /**
   * Has the running mock take the built document.
   *
   * @returns why it cannot
   */
  async renewMock(): Promise<string | undefined> {
    this.#process!.send("renew");
    return (await answer(this.#process!)).error;
  }

  /** Ends the servers. Does nothing when they do not run. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  }
}

/** The next message of a process; an empty one when it ends. */
async function answer(child: ChildProcess): Promise<Message> {
  const heard = new AbortController();
  const next = (event: string) => once(child, event, { signal: heard.signal });
  const message = next("message").then(([value]) => value as Message);
  const end = next("exit").then((): Message => ({}));
  try {
    return await Promise.race([message, end]);
  } finally {
    heard.abort();
    await Promise.allSettled([message, end]);
  }
}
