/**
 * CPU per call, as a ratio to a fetch written by hand. A process may be lucky or not with what the compiler makes of
 * it, so there are several of each client. They work in turn, never at once. The range shows how noisy the machine is.
 */
import { median, printTable } from "@spherepay/testing/table";
import type { Fake, Status } from "./app-process.ts";
import { bundleApps, type Bundle, type Title } from "./bundles.ts";
import { type Runner, startApp } from "./runner.ts";
import { verdict, type Workshop } from "./workshop.ts";

const processes = 5;
const rounds = 11;
const milliseconds = 30;
const warmUp = 600;
const fakes: Fake[] = ["reads nothing", "reads"];
const statuses: Status[] = [200, 400];
const peer: Title = "Redocly, retries and timeout";

/** Microseconds of a call by column and client, one number of each process. */
type Times = Map<string, Map<Title, number[]>>;

export async function benchCpu({ folder }: Workshop): Promise<void> {
  const bundles = await bundleApps(folder, "five");
  const columns = statuses.flatMap((status) => fakes.map((fake) => nameColumn(status, fake)));
  const empty = (): [Title, number[]][] => bundles.map(({ title }) => [title, []]);
  const times: Times = new Map(columns.map((column) => [column, new Map(empty())]));
  for (let process = 0; process < processes; process++) {
    for (const fake of fakes) await measureOnce(folder, bundles, fake, times);
  }

  const ratios = (column: string, title: Title, to: Title) => {
    const others = times.get(column)!.get(to)!;
    return times
      .get(column)!
      .get(title)!
      .map((time, process) => time / others[process]!);
  };
  const show = (values: number[]) =>
    `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)})`;
  printTable(
    "CPU per call to a hand-written fetch, by status and by what the fake fetch does with the request",
    ["client", ...columns],
    bundles.map(({ title }) =>
      [title, columns.map((column) => show(ratios(column, title, "hand-written fetch")))].flat(),
    ),
    [
      ...columns.map((column) =>
        verdict(`${column}: ours to ${peer}`, median(ratios(column, "@spherepay/client", peer)), 1),
      ),
      `median and range of ${processes} processes, each the median of ${rounds} slices of ${milliseconds} ms`,
    ].join("\n   "),
  );
}

/** One process of each client. */
async function measureOnce(folder: string, bundles: Bundle[], fake: Fake, times: Times): Promise<void> {
  const runners: Runner[] = [];
  try {
    for (const bundle of bundles) {
      const runner = await startApp(folder, bundle);
      runners.push(runner);
      for (const status of statuses) await runner.ask({ fake, status, milliseconds: warmUp });
    }
    for (const status of statuses) {
      const slices = runners.map((): number[] => []);
      for (let round = 0; round < rounds; round++) {
        for (const [index, { ask }] of runners.entries())
          slices[index]!.push(await ask({ fake, status, milliseconds }));
      }
      const column = times.get(nameColumn(status, fake))!;
      for (const [index, { title }] of runners.entries()) column.get(title)!.push(median(slices[index]!));
    }
  } finally {
    for (const { stop } of runners) stop();
  }
}

function nameColumn(status: Status, fake: Fake): string {
  return `${status}, ${fake}`;
}
