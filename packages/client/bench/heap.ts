/** How much a call allocates on the heap of JavaScript. */
import { median, printTable } from "@spherepay/testing/table";
import { bundleApps } from "./bundles.ts";
import { startApp } from "./runner.ts";
import { verdict, type Workshop } from "./workshop.ts";

const rounds = 9;
const calls = 500;
const warmUp = 1000;

export async function benchHeap({ folder }: Workshop): Promise<void> {
  const rows: { title: string; values: number[] }[] = [];
  for (const bundle of await bundleApps(folder, "five")) {
    const { title, ask, stop } = await startApp(folder, bundle, ["--expose-gc", "--min-semi-space-size=128"]);
    const values: number[] = [];
    for (const fake of ["reads nothing", "reads"] as const) {
      const question = { fake, status: 200 } as const;
      await ask({ ...question, milliseconds: warmUp });
      const kilobytes: number[] = [];
      for (let round = 0; round < rounds; round++) kilobytes.push((await ask({ ...question, calls })) / 1000);
      values.push(median(kilobytes));
    }
    stop();
    rows.push({ title, values });
  }
  const [, own] = rows.find(({ title }) => title === "@spherepay/client")!.values;
  printTable(
    "Heap that a call allocates, in kB, by what the fake fetch does with the request",
    ["client", "reads nothing", "reads"],
    rows.map(({ title, values }) => [title, values.map((value) => value.toFixed(1))].flat()),
    `${verdict("ours, on a fetch that reads", own!, 30)}; medians of ${rounds} rounds of ${calls} calls`,
  );
}
