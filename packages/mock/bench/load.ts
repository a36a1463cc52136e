/** The servers under load: requests per second and memory. The servers work in turn, never at once. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import autocannon from "autocannon";
import { answers, calls, type Outcome, verify } from "./calls.ts";
import { type Server, startServer, type Title } from "./servers.ts";
import { median, printTable, ratio } from "@spherepay/testing/table";

const rounds = 15;
const seconds = 0.5;
const warmUp = 2;

const commands: Title[] = ["prism-cli", "prism-cli, log off", "spherepay-mock"];
const titles: Title[] = [...commands, "createMock().fetch, @hono/node-server", "bare node:http"];

interface Runner {
  server: Server;
  outcomes: Outcome[];
  speeds: Record<Outcome, number[]>;
  memory: number[];
}

export async function benchLoad(): Promise<void> {
  const runners: Runner[] = [];
  try {
    for (const title of titles) {
      // The bare server rejects nothing.
      const outcomes: Outcome[] = title === "bare node:http" ? ["created"] : ["created", "rejected"];
      const server = await startServer(title);
      runners.push({ server, outcomes, speeds: { created: [], rejected: [] }, memory: [] });
      for (const outcome of outcomes) {
        await verify(title, outcome, await fetch(server.url, calls[outcome]));
        await load(server, outcome, warmUp);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const { server, outcomes, speeds, memory } of runners) {
        for (const outcome of outcomes) speeds[outcome].push(await load(server, outcome, seconds));
        memory.push(await readMemory(server));
      }
    }
  } finally {
    await Promise.all(runners.map(({ server }) => server.stop()));
  }
  printResults(runners);
}

async function load({ title, url }: Server, outcome: Outcome, duration: number): Promise<number> {
  // The first sample after the duration is the last.
  const result = await autocannon({ ...calls[outcome], url, duration, connections: 16, sampleInt: 100 });
  const { errors, statusCodeStats = {}, requests, start, finish } = result;
  const statuses = Object.keys(statusCodeStats).join();
  if (errors > 0 || statuses !== String(answers[outcome].status)) {
    throw new Error(`${title} failed under load: ${errors} errors, statuses ${statuses}`);
  }
  return (requests.total / (finish.getTime() - start.getTime())) * 1000;
}

async function readMemory({ process }: Server): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(process.pid)]);
  return Number(stdout) / 1024;
}

function printResults(runners: Runner[]): void {
  const prism = runners[0]!;
  const bare = runners.at(-1)!;
  const note = `medians and quartiles of ${rounds} rounds`;
  printTable(
    "Requests per second over HTTP, customer created",
    ["server", "requests", "to prism-cli", "to bare node:http"],
    runners.map(({ server, speeds: { created } }) => [
      server.title,
      median(created).toFixed(0),
      ratio(created, prism.speeds.created),
      ratio(created, bare.speeds.created),
    ]),
    `aim: spherepay-mock at least 20 of prism-cli and 0.7 of bare node:http, behind @hono/node-server at least 10; ${note}`,
  );
  printTable(
    "Requests per second over HTTP, rejected with field errors",
    ["server", "requests", "to prism-cli"],
    runners
      .filter(({ outcomes }) => outcomes.includes("rejected"))
      .map(({ server, speeds: { rejected } }) => [
        server.title,
        median(rejected).toFixed(0),
        ratio(rejected, prism.speeds.rejected),
      ]),
    `aim: spherepay-mock at least 10; ${note}`,
  );
  // The other two are scripts of this folder, and whatever strips their types would count.
  printTable(
    "Memory (RSS) under this load",
    ["server", "MB", "to prism-cli"],
    runners
      .filter(({ server }) => commands.includes(server.title))
      .map(({ server, memory }) => [server.title, median(memory).toFixed(0), ratio(memory, prism.memory)]),
    `aim: spherepay-mock at most 0.7; ${note}`,
  );
}
