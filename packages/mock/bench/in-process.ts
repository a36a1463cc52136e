/** Calls of the mock without a port, beside a fetch that a test would fake by hand. */
import { createMock } from "@spherepay/mock";
import { atLeast, medianRatio } from "./aims.ts";
import { call, document, type Outcome, outcomes, scenarios, verify } from "./calls.ts";
import { median, printTable, ratio } from "@spherepay/testing/table";

type Fetch = typeof globalThis.fetch;

const rounds = 21;
const milliseconds = 80;
const warmUp = 500;
const aims: Partial<Record<Outcome, number>> = { created: 0.4, rejected: 0.25 };

export async function benchInProcess(): Promise<void> {
  const mock = await createMock({ spec: document });
  const rows: string[][] = [];
  for (const outcome of outcomes) {
    const fake = fakeFetch(outcome);
    const fakeSpeeds: number[] = [];
    const ownSpeeds: number[] = [];
    for (const fetch of [fake, mock.fetch]) {
      await verify("a fetch in-process", outcome, await fetch(urlOf(outcome), call(outcome)));
      await measure(fetch, outcome, warmUp);
    }
    for (let round = 0; round < rounds; round++) {
      fakeSpeeds.push(await measure(fake, outcome, milliseconds));
      ownSpeeds.push(await measure(mock.fetch, outcome, milliseconds));
    }
    const [fakeSpeed, ownSpeed] = [fakeSpeeds, ownSpeeds].map((speeds) => median(speeds).toFixed(0));
    const least = aims[outcome];
    const verdict = least === undefined ? "none" : atLeast(medianRatio(ownSpeeds, fakeSpeeds), least);
    rows.push([scenarios[outcome].title, fakeSpeed!, ownSpeed!, ratio(ownSpeeds, fakeSpeeds), verdict]);
  }
  printTable(
    "Calls per second in-process, each answer read as JSON",
    ["call", "hand-written fake", "createMock().fetch", "to the fake", "aim"],
    rows,
    `the fake neither reads nor checks what it is sent; medians and quartiles of ${rounds} rounds`,
  );
}

/** The headers object and the text are shared, as they would be by a test's fake; the Response is new each time. */
function fakeFetch(outcome: Outcome): Fetch {
  const { status, answer } = scenarios[outcome];
  const text = JSON.stringify(answer);
  const headers = { "content-type": "application/json" };
  return async () => new Response(text, { status, headers });
}

async function measure(fetch: Fetch, outcome: Outcome, duration: number): Promise<number> {
  let count = 0;
  const begin = performance.now();
  const end = begin + duration;
  do {
    for (let index = 0; index < 50; index++) await (await fetch(urlOf(outcome), call(outcome))).json();
    count += 50;
  } while (performance.now() < end);
  return (count / (performance.now() - begin)) * 1000;
}

function urlOf(outcome: Outcome): string {
  return `https://api.example${scenarios[outcome].path}`;
}
