import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { onTestFinished, vi } from "vitest";
import { check, run } from "./fault-run.ts";
import { scripts, type Script } from "./fault-scripts.ts";

const seed = Number(process.env["FAULTS_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const lanes = 20;

/**
 * Checks random scripts in lanes, many at a time; each lane shrinks a failure to one script.
 *
 * @param perLane how many scripts each of the 20 lanes checks
 * @returns what is left of the calls: timers, sockets, rejections that nobody handled
 * @throws Error with the script that failed, and the seed that makes it again
 */
export async function checkRandomScripts(perLane: number, ...methods: Script["method"][]): Promise<unknown[]> {
  console.log(`${lanes * perLane} scripts; the same ones again: FAULTS_SEED=${seed}`);
  // The least backoff: with a real one, thousands of scripts would take an hour.
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  const rejections: unknown[] = [];
  const onRejection = (cause: unknown) => void rejections.push(cause);
  process.on("unhandledRejection", onRejection);
  onTestFinished(() => {
    random.mockRestore();
    process.off("unhandledRejection", onRejection);
  });
  const before = resources();
  const property = fc.asyncProperty(scripts(...methods), async (script) => check(script, await run(script)));
  const results = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => fc.check(property, { seed: seed + lane, numRuns: perLane })),
  );
  const failure = results.find(({ failed }) => failed);
  if (failure) {
    const { message } = failure.errorInstance as Error;
    throw new Error(`FAULTS_SEED=${seed}\n${message}\n${fc.defaultReportMessage(failure)}`);
  }
  // Sockets take a moment to close; the timers of most scripts would last for many seconds.
  for (let tries = 0; tries < 200 && growth(before).length > 0; tries++) await sleep(10);
  return [...growth(before), ...rejections];
}

/** How many there are of what can be left over. */
function resources(): Record<string, number> {
  const names = process.getActiveResourcesInfo();
  const count = (name: string) => names.filter((found) => found === name).length;
  return { Timeout: count("Timeout"), TCPSocketWrap: count("TCPSocketWrap"), TCPServerWrap: count("TCPServerWrap") };
}

function growth(before: Record<string, number>): string[] {
  const counts = Object.entries(resources()).map(([name, count]) => [name, count - before[name]!] as const);
  return counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} more ${name}`);
}
