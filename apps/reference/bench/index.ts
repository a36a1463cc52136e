/**
 * What the reference costs a reader beside stock Redoc, Scalar, Swagger UI and a page made by hand, in one run: bytes,
 * time, blocked main thread, other hosts, the second visit, accessibility.
 */
import { type Candidate, openWorkshop } from "./workshop.ts";
import { median, printTable, ratio } from "@spherepay/testing/table";
import { type Inspection, type Speed, startReader, type Visit } from "./reader.ts";

/** Rivals are far from ours and take long, so that they need fewer rounds. */
const plan: { speed: Speed; rounds: number; rivalRounds: number }[] = [
  { speed: "full", rounds: 9, rivalRounds: 4 },
  { speed: "slow", rounds: 7, rivalRounds: 1 },
];

const words: Record<Speed, string> = {
  full: "unthrottled",
  slow: "4x CPU slow-down, 1.6 Mbit/s, 150 ms",
};

interface Result {
  candidate: Candidate;
  inspection: Inspection;
  visits: Record<Speed, Visit[]>;
}

const results: Result[] = [];
const workshop = await openWorkshop();
try {
  const reader = await startReader(workshop.fields);
  try {
    // A page that never shows the fields ends the run here, before anything is measured.
    for (const candidate of workshop.candidates) {
      results.push({ candidate, inspection: await reader.inspect(candidate), visits: { full: [], slow: [] } });
    }
    for (const { speed, rounds, rivalRounds } of plan) {
      for (let round = 0; round < rounds; round++) {
        for (const { candidate, visits } of results) {
          if (candidate.isRival && round >= rivalRounds) continue;
          visits[speed].push(await reader.visit(candidate, speed));
        }
      }
    }
  } finally {
    await reader.stop();
  }
} finally {
  await workshop.close();
}

const kilobytes = (visits: Visit[], read: (visit: Visit) => number) => (median(visits.map(read)) / 1000).toFixed(1);

printTable(
  "Arrived before the operation is readable (brotli, headers included)",
  ["page", "kB", "requests", "kB in the next second", "requests to other hosts", "opened"],
  results.map(({ candidate: { title, opened }, visits: { full } }) => [
    title,
    kilobytes(full, ({ bytes }) => bytes),
    median(full.map(({ requests }) => requests)),
    kilobytes(full, ({ laterBytes }) => laterBytes),
    median(full.map(({ foreign }) => foreign)),
    opened,
  ]),
  `aim: ours at most 35 kB with five operations, and nothing of another host; other hosts do not answer here; ${describeRounds("full")}`,
);

const limit = results.find(({ candidate }) => candidate.isLimit)!;
for (const { speed } of plan) {
  const times = ({ visits }: Result) => visits[speed].map(({ shown }) => shown);
  printTable(
    `Time until the operation's fields are visible (${words[speed]})`,
    ["page", "milliseconds", "to the hand-made page", "blocked milliseconds"],
    results.map((result) => [
      result.candidate.title,
      median(times(result)).toFixed(0),
      ratio(times(result), times(limit)),
      median(result.visits[speed].map(({ blocked }) => blocked)).toFixed(0),
    ]),
    `aim: ours at most 1.1 of the hand-made page, and 0 blocked until a second later; ${describeRounds(speed)}`,
  );
}

printTable(
  "Second visit",
  ["page", "requests", "kept", "revalidated", "loaded again", "kB"],
  results.map(({ candidate: { title }, inspection: { repeat } }) => {
    const count = (answer: string) => repeat.answers.filter((given) => given === answer).length;
    const counts = [repeat.answers.length, count("kept"), count("revalidated"), count("loaded")];
    return [title, ...counts, ((repeat.bytes + repeat.laterBytes) / 1000).toFixed(1)];
  }),
  "aim: ours loads nothing again; ours and the hand-made page name their files by content, the others as they come",
);

printTable(
  "Elements with serious or critical violations (axe-core)",
  ["page", "light", "dark", "rules"],
  results.map(({ candidate: { title }, inspection: { light, dark } }) => {
    const rules = [...new Set([...light, ...dark].map(({ rule }) => rule))].toSorted();
    return [title, light.length, dark.length, rules.join(", ") || "-"];
  }),
  "aim: ours 0 and 0; the page as it opens, 1280 pixels wide",
);

function describeRounds(speed: Speed): string {
  const { rounds: own, rivalRounds } = plan.find((part) => part.speed === speed)!;
  const rival = rivalRounds === 1 ? "a single round" : `${rivalRounds} rounds`;
  return `medians and quartiles of ${own} rounds, of the rivals ${rival}`;
}
