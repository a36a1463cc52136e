/** From the start of a process until the first answer is there: the built package and its peer, as npm would place them. */
import { median, printTable, ratio } from "@spherepay/testing/table";
import { apps } from "./bundles.ts";
import { examples, run, verdict } from "./workshop.ts";
import { fileURLToPath } from "node:url";

const rounds = 41;
const titles = ["hand-written fetch", "@spherepay/client", "@spherepay/client/http", "openapi-fetch"] as const;

export async function benchImport(): Promise<void> {
  const program = fileURLToPath(new URL("first-answer.js", import.meta.url));
  const answer = JSON.stringify(examples.answers[200]);
  const times = titles.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, title] of titles.entries()) {
      const app = new URL(`apps/${apps[title]}.js`, import.meta.url).href;
      times[index]!.push(Number(await run(process.execPath, program, app, answer)));
    }
  }
  const [base, own] = times as [number[], number[]];
  printTable(
    "Import and first answer, from the start of the process, to a hand-written fetch",
    ["client", "ratio", "milliseconds"],
    titles.map((title, index) => [title, ratio(times[index]!, base), median(times[index]!).toFixed(1)]),
    `${verdict("ours", median(own.map((time, round) => time / base[round]!)), 1.1)}; medians and quartiles of ${rounds} rounds`,
  );
}
