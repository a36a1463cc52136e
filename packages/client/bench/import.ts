/** Time from the start of a process until a module is imported, each time in a new process. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { median, printTable } from "@spherepay/testing/table";
import { run, type Workshop } from "./workshop.ts";

const rounds = 25;

export async function benchImport({ folder, ours }: Workshop): Promise<void> {
  const modules = { "an empty module": "data:text/javascript,", "openapi-fetch": "openapi-fetch", ours };
  const times = Object.entries(modules).map(([name, module]) => ({ name, module, values: [] as number[] }));
  for (const [index, { module }] of times.entries()) {
    await writeFile(
      join(folder, `import-${index}.mjs`),
      `import ${JSON.stringify(module)}; process.stdout.write(String(performance.now()));`,
    );
  }
  for (let round = 0; round < rounds; round++) {
    for (const [index, { values }] of times.entries()) {
      values.push(Number(await run(process.execPath, join(folder, `import-${index}.mjs`))));
    }
  }

  const [empty, peer, own] = times.map(({ values }) => values) as [number[], number[], number[]];
  const ratio = (values: number[]) => median(values.map((value, round) => value / peer[round]!)).toFixed(2);
  const net = (values: number[]) => median(values.map((value, round) => value - empty[round]!));
  printTable(
    "Cold import, from the start of the process",
    ["module", "to openapi-fetch", "beyond an empty module"],
    times.map(({ name, values }) => [name, ratio(values), (net(values) / net(peer)).toFixed(2)]),
    `aim: ours at most 1.2 of openapi-fetch; it is ${ratio(own)}; medians of ${rounds} rounds`,
  );
}
