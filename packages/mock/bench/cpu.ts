/** What a request costs the server's process in CPU time, and its memory. One server at a time has something to do. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, printTable, ratio } from "@spherepay/testing/table";
import { call, type Outcome, outcomes, scenarios, verify } from "./calls.ts";
import { atMost, medianRatio } from "./aims.ts";
import { type Server, startServer, type Title } from "./servers.ts";

const rounds = 5;
const requests = 4_000;
const titles: Title[] = ["bare node:http", "prism-cli", "spherepay-mock"];
const aims: Record<Outcome, number> = { created: 1.4, rejected: 1.8, parameters: 2 };

const generator = fileURLToPath(new URL("generator.ts", import.meta.url));

interface Measured {
  readonly server: Server;
  /** Microseconds for each request, by round. */
  readonly times: Record<Outcome, number[]>;
  /** In MB, by round. */
  readonly memory: number[];
}

export async function benchCpu(): Promise<void> {
  const all: Measured[] = [];
  try {
    for (const title of titles) {
      const server = await startServer(title);
      all.push({ server, times: { created: [], rejected: [], parameters: [] }, memory: [] });
      for (const outcome of outcomes) {
        await verifyServer(server, outcome);
        await load(server, outcome, requests);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const { server, times, memory } of all) {
        for (const outcome of outcomes) {
          const before = await cpuTime(server);
          await load(server, outcome, requests);
          times[outcome].push(((await cpuTime(server)) - before) / requests);
        }
        memory.push(await readMemory(server));
      }
    }
  } finally {
    await Promise.all(all.map(({ server }) => server.stop()));
  }
  print(all);
}

/** Fails unless a server answers as the document says. The bare one answers all with the same. */
async function verifyServer({ title, url }: Server, outcome: Outcome): Promise<void> {
  const response = await fetch(url + scenarios[outcome].path, call(outcome));
  await verify(title, title === "bare node:http" ? "created" : outcome, response);
}

async function load({ title, url }: Server, outcome: Outcome, count: number): Promise<void> {
  const { path, method, headers, body, status } = scenarios[outcome];
  // The bare server answers all with the same.
  const wanted = title === "bare node:http" ? 200 : status;
  const parameters = [
    url + path,
    wanted,
    count,
    method,
    JSON.stringify(headers),
    ...(body === undefined ? [] : [body]),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [generator, ...parameters.map(String)]);
  if (Number(stdout) > 0) throw new Error(`${title} answered ${stdout.trim()} times otherwise than with ${wanted}`);
}

/** User and system time of a process so far, in microseconds; in steps of 10,000, as Linux counts. */
async function cpuTime({ process: { pid } }: Server): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // proc_pid_stat(5): the name may have spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function readMemory({ process: { pid } }: Server): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

function print(all: Measured[]): void {
  const [bare, prism, own] = all as [Measured, Measured, Measured];
  const note = `medians and quartiles of ${rounds} rounds of ${requests} requests on 8 connections`;
  for (const outcome of outcomes) {
    printTable(
      `CPU time of the server's process for each request, ${scenarios[outcome].title}`,
      ["server", "µs", "to bare node:http", "to prism-cli"],
      all.map(({ server, times }) => [
        server.title,
        median(times[outcome]).toFixed(0),
        ratio(times[outcome], bare.times[outcome]),
        ratio(times[outcome], prism.times[outcome]),
      ]),
      `aim: spherepay-mock to bare node:http ${atMost(medianRatio(own.times[outcome], bare.times[outcome]), aims[outcome])}; ${note}`,
    );
  }
  printTable(
    "Memory (RSS) under this load",
    ["server", "MB", "to prism-cli"],
    [prism, own].map(({ server, memory }) => [server.title, median(memory).toFixed(0), ratio(memory, prism.memory)]),
    `aim: spherepay-mock to prism-cli ${atMost(medianRatio(own.memory, prism.memory), 0.5)}; medians and quartiles of ${rounds} rounds`,
  );
}
