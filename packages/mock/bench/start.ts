/** Time from the start of a process to the first customer that it creates. */
import { atMost, medianRatio } from "./aims.ts";
import { startServer } from "./servers.ts";
import { median, printTable, ratio } from "@spherepay/testing/table";

const rounds = 9;

export async function benchStart(): Promise<void> {
  const prism = { title: "prism-cli", times: [] as number[] } as const;
  const own = { title: "spherepay-mock", times: [] as number[] } as const;
  for (let round = 0; round < rounds; round++) {
    for (const { title, times } of [prism, own]) {
      const { ready, stop } = await startServer(title);
      await stop();
      times.push(ready);
    }
  }
  printTable(
    "Start of the process to the first 200",
    ["server", "milliseconds", "to prism-cli"],
    [prism, own].map(({ title, times }) => [title, median(times).toFixed(0), ratio(times, prism.times)]),
    `aim: spherepay-mock to prism-cli ${atMost(medianRatio(own.times, prism.times), 0.5)}; medians and quartiles of ${rounds} rounds`,
  );
}
