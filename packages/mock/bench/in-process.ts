/** Calls of the mock without a port, beside a fetch that a test would fake by hand. */
import { createMock } from "@spherepay/mock";
import { answers, calls, type Outcome, outcomes, path, verify } from "./calls.ts";
import { median, printTable, ratio } from "@spherepay/testing/table";

type Fetch = typeof globalThis.fetch;

const rounds = 21;
const milliseconds = 80;
const warmUp = 500;
const url = `https://api.sandbox.spherepay.co${path}`;

export async function benchInProcess(): Promise<void> {
  const mock = await createMock();
  const rows: string[][] = [];
  for (const outcome of outcomes) {
    const fake = fakeFetch(outcome);
    const fakeSpeeds: number[] = [];
    const ownSpeeds: number[] = [];
    for (const fetch of [fake, mock.fetch]) {
      await verify("a fetch in-process", outcome, await fetch(url, calls[outcome]));
      await measure(fetch, outcome, warmUp);
    }
    for (let round = 0; round < rounds; round++) {
      fakeSpeeds.push(await measure(fake, outcome, milliseconds));
      ownSpeeds.push(await measure(mock.fetch, outcome, milliseconds));
    }
    const [fakeSpeed, ownSpeed] = [fakeSpeeds, ownSpeeds].map((speeds) => median(speeds).toFixed(0));
    rows.push([`customer ${outcome}`, fakeSpeed!, ownSpeed!, ratio(ownSpeeds, fakeSpeeds)]);
  }
  printTable(
    "Calls per second in-process, each answer read as JSON",
    ["call", "hand-written fake", "createMock().fetch", "to the fake"],
    rows,
    `the fake neither reads nor checks what it is sent; medians and quartiles of ${rounds} rounds`,
  );
}

/** The headers object and the text are shared, as they would be by a test's fake; the Response is new each time. */
function fakeFetch(outcome: Outcome): Fetch {
  const { status, body } = answers[outcome];
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  return async () => new Response(text, { status, headers });
}

async function measure(fetch: Fetch, outcome: Outcome, duration: number): Promise<number> {
  let count = 0;
  const begin = performance.now();
  const end = begin + duration;
  do {
    for (let call = 0; call < 50; call++) await (await fetch(url, calls[outcome])).json();
    count += 50;
  } while (performance.now() < end);
  return (count / (performance.now() - begin)) * 1000;
}
