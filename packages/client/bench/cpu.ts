/**
 * CPU per call, as a ratio to a fetch written by hand. Each client has a process of its own, because in a shared one
 * each pays for the garbage and the spoilt inline caches of the others. The processes work in turn, never at once, and
 * right before each turn is one of the hand-written fetch. Its own row shows how noisy the machine is.
 */
import { fork, type ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bundle } from "./bundles.ts";
import type { Setup, Slice, Status } from "./cpu-process.ts";
import { median, printTable, quantile } from "@spherepay/testing/table";
import { readExamples } from "./workshop.ts";

const rounds = 21;
const milliseconds = 40;
const warmUp = { milliseconds: 500 };

export async function benchCpu(bundles: Bundle[]): Promise<void> {
  await mkdir(dirname(bundles[0]!.file), { recursive: true });
  const examples = await readExamples();
  const runners: { title: string; child: ChildProcess; ratios: Record<Status, number[]> }[] = [];
  try {
    for (const { title, file, content } of bundles) {
      const child = fork(fileURLToPath(new URL("cpu-process.ts", import.meta.url)), { serialization: "advanced" });
      runners.push({ title, child, ratios: { 200: [], 400: [] } });
      await ask(child, { ...examples, title, file, code: Buffer.from(content).toString() });
      for (const status of [200, 400] as const) await ask(child, { status, ...warmUp });
    }
    const { child: base } = runners[0]!;
    for (let round = 0; round < rounds; round++) {
      for (const { child, ratios } of runners) {
        for (const status of [200, 400] as const) {
          const one = await ask(base, { status, milliseconds });
          ratios[status].push(Number(await ask(child, { status, milliseconds })) / Number(one));
        }
      }
    }
  } finally {
    for (const { child } of runners) child.kill();
  }

  const show = (ratios: number[]) =>
    `${median(ratios).toFixed(2)} (${quantile(ratios, 0.25).toFixed(2)}-${quantile(ratios, 0.75).toFixed(2)})`;
  printTable(
    "CPU per call to a hand-written fetch, every feature on",
    ["client", "customer created", "400 answer"],
    runners.map(({ title, ratios }) => [title, show(ratios[200]), show(ratios[400])]),
    `aim: ours below the others, near Redocly with retries; medians and quartiles of ${rounds} rounds`,
  );
}

function ask(child: ChildProcess, question: Setup | Slice): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error("a client's process ended; its error is above"));
    child.once("exit", failed);
    child.once("message", (reply) => {
      child.off("exit", failed);
      resolve(reply);
    });
    child.send(question);
  });
}
