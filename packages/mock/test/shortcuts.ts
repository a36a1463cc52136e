import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isJson } from "../src/document/media-type.ts";
import { createMock, type Mock } from "../src/index.ts";
import {
  accepted,
  bodyDamages,
  credentialDamages,
  type Damage,
  damages,
  type DocumentRequest,
  DOCUMENTS,
  isMadeUpAnew,
  loadOperations,
  type Operation,
  preferences,
  targetOf,
  validRequests,
} from "./document-requests.ts";

const seed = Number(process.env.SHORTCUTS_SEED ?? Math.floor(Math.random() * 2 ** 31));

const BODIES = ["", " ", "{", "null", "0", "false", '""', '"x"', "[]", "{}", "[{}]", '{"a":1,"a":2}', '{"a":1e400}'];
const STRANGE_BODIES = [
  "%zz=1&name=%zz",
  "\uFEFF{}",
  '{"a":"\\ud800"}',
  `${"[".repeat(201)}${"]".repeat(201)}`,
  '{"__proto__":{"a":1}}',
];

const inHeader = (name: string, values: readonly string[]) =>
  fc.constantFrom(...values).map((value): Damage => (sent) => ({
    ...sent,
    headers: { ...sent.headers, [name]: value },
  }));

/** What no client should send. */
const noise: fc.Arbitrary<Damage> = fc.oneof(
  fc.constantFrom(...BODIES, ...STRANGE_BODIES).map((body): Damage => (sent) => ({ ...sent, body })),
  fc.uint8Array({ maxLength: 20 }).map((body): Damage => (sent) => ({ ...sent, body })),
  fc.nat(200).map((length): Damage => (sent) => ({ ...sent, body: String(sent.body ?? "").slice(0, length) })),
  inHeader("content-type", [
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/json;",
    " application/json",
    "application/json, text/plain",
    "application/problem+json",
    "application/vnd.parcels.v1+json",
    "multipart/form-data",
    "foo",
    "*/*",
  ]),
  inHeader("content-length", ["0", "1", "99999", "x"]),
  inHeader("accept", ["foo", "", "*/*;q=0", "text/html;level=", "application/json, foo", ",", "application/*+json"]),
  inHeader("prefer", [
    "code=abc",
    "code=2000",
    "dynamic=yes",
    "respond-async",
    "code=404;x, example",
    "=",
    "code=404,",
  ]),
  inHeader("authorization", ["bearer staff", "Bearer  staff", "BEARER staff", "Bearer staff, Bearer other"]),
  fc.constantFrom("HEAD", "OPTIONS", "LOCK", "post").map((method): Damage => (sent) => ({ ...sent, method })),
  fc
    .constantFrom<(path: string) => string>(
      (path) => `${path}/`,
      (path) => `/${path}`,
      (path) => path.toUpperCase(),
      (path) => path.replace("o", "%6f"),
      (path) => `${path}%`,
      (path) => path.slice(0, -1),
      (path) => `${path};a=b`,
      () => "/",
    )
    .map((change): Damage => (sent) => ({ ...sent, path: change(sent.path) })),
  fc
    .constantFrom<[string, string]>(
      ["__server", "https://elsewhere.example"],
      ["__code", ""],
      ["", ""],
      ["__proto__", "x"],
    )
    .map((pair): Damage => (sent) => ({ ...sent, query: [...sent.query, pair] })),
);

/** Two requests after each other, the second a little different, so that one would get the kept answer of the other. */
function pairsFor(operation: Operation): fc.Arbitrary<DocumentRequest[]> {
  const wishes = fc.oneof(preferences(operation), accepted(operation));
  const changes = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Damage[]>([]) },
    { weight: 6, arbitrary: fc.tuple(bodyDamages) },
    { weight: 1, arbitrary: fc.tuple(damages) },
    { weight: 2, arbitrary: fc.array(fc.oneof(damages, noise), { minLength: 1, maxLength: 3 }) },
    { weight: 3, arbitrary: fc.tuple(credentialDamages) },
    { weight: 1, arbitrary: fc.tuple(wishes) },
    { weight: 1, arbitrary: fc.tuple(wishes, fc.oneof(damages, noise)) },
  );
  const again = fc.oneof({ weight: 3, arbitrary: credentialDamages }, wishes, damages);
  return fc.tuple(validRequests(operation), changes, again).map(([valid, all, change]) => {
    const first = all.reduce((sent, damage) => damage(sent), valid);
    return [first, change(first)];
  });
}

async function ask({ fetch, requests }: Mock, sent: DocumentRequest) {
  const { method, headers } = sent;
  const body = /^(?:GET|HEAD)$/i.test(method) ? null : (sent.body ?? null);
  // A body that is a text would bring a media type with it.
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body && new Uint8Array(body);
  const response = await fetch(`http://mock.test${targetOf(sent)}`, { method, headers, body: bytes });
  const text = await response.text();
  const { violations } = requests.at(-1)!;
  if (isMadeUpAnew(sent)) {
    // The values are made up anew each time.
    return { status: response.status, violations };
  }
  return {
    status: response.status,
    violations,
    headers: Object.fromEntries(response.headers),
    body: text.replace(/"ts":"[^"]+"/, '"ts":"now"'),
  };
}

/**
 * Declares a test that compares the answers on the shortcuts with those of the whole of Prism.
 *
 * @param count how many generated requests
 */
export function compareShortcuts(count: number): void {
  test(`the shortcuts answer ${count} requests as the whole of Prism does`, async () => {
    console.log(`The same requests again: SHORTCUTS_SEED=${seed}`);
    const mocks = new Map<string, { fast: Mock; whole: Mock }>();
    // The shortcuts are for JSON bodies above all, however many operations have none.
    const withJson: fc.Arbitrary<[document: string, requests: DocumentRequest[]]>[] = [];
    const others: typeof withJson = [];
    for (const [document, spec] of Object.entries(DOCUMENTS)) {
      mocks.set(document, {
        fast: await createMock({ spec, engine: "fast" }),
        whole: await createMock({ spec, engine: "prism" }),
      });
      for (const operation of await loadOperations(spec)) {
        const takesJson = operation.request?.body?.contents?.some(({ mediaType }) => isJson(mediaType));
        (takesJson ? withJson : others).push(fc.tuple(fc.constant(document), pairsFor(operation)));
      }
    }
    const choice = fc.oneof({ weight: 7, arbitrary: fc.oneof(...withJson) }, fc.oneof(...others));
    const seen = { all: 0, accepted: 0, rejected: 0 };
    const property = fc.asyncProperty(choice, async ([document, requests]) => {
      const { fast, whole } = mocks.get(document)!;
      for (const request of requests) {
        const own = await ask(fast, request);
        const theirs = await ask(whole, request);
        expect({ request, ...own }).toEqual({ request, ...theirs });
        // What both answer alike may still be a failure of what they share.
        expect(own).not.toMatchObject({ status: 500 });
        seen.all++;
        if (theirs.status < 400) seen.accepted++;
        if (theirs.violations.length > 0) seen.rejected++;
      }
    });
    await fc.assert(property, { seed, numRuns: count / 2 });
    expect(seen.accepted / seen.all).toBeGreaterThan(0.2);
    expect(seen.rejected / seen.all).toBeGreaterThan(0.2);
  }, 600_000);
}
