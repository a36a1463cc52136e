import type { AnySchema } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MockServer, startMockServer } from "../src/index.ts";
import {
  accepted,
  damages,
  type DocumentRequest,
  DOCUMENTS,
  isJson,
  isMadeUpAnew,
  loadOperations,
  preferences,
  preferring,
  validRequests,
  WITH_OWN_ERRORS,
} from "./document-requests.ts";
import { EXCEPTIONS, get } from "./stock-exceptions.ts";
import { type Answered, comparable, send, startStockPrism, type StockPrism } from "./stock-prism.ts";

/** Requests for one book or for all of them, in other spellings than the generated ones. */
const SPELLINGS: DocumentRequest[] = [
  ...[
    "respond-async, code=404",
    "code = 404",
    "CODE=404,Example=unknown",
    "code=404; example=unknown",
    "code=404,,example=unknown;x=1",
    "code=404, code=200",
    "example=a=b",
    "foo=bar",
    "code=100",
    "code=999",
  ].map((prefer) => get("/books/7", { prefer })),
  ...[
    "",
    ",application/xml",
    "*/*;q=0",
    "application/json;q=0",
    "application/json;q=0.1, application/xml",
    "APPLICATION/XML",
    " application/xml ",
    "application/xml;charset=utf-8",
    "application/*+json",
    "text/csv, */*;level=1",
  ].map((accept) => get("/books/7", { accept })),
  ...[
    "?genre=novel&genre=poetry",
    "?genre=novel,poetry",
    "?genre=novel",
    "?shelf=1,2",
    "?shelf=x&shelf=2",
    "?page=",
    "?page=1&page=2",
    "?PAGE=x",
    "?page=%2B1",
    "?__code=400",
    "?__Code=400",
    "?__example=none",
    "?__server=https://api.bookshop.example",
    "?__server=https://other.example",
    "?__proto__=1&toString=2&x=%zz",
  ].map((query) => get(`/books${query}`)),
  ...["/books/", "/books/%37", "/books/a%2Fb", "/books/./7", "/BOOKS", "/books/1e3", "/books/7;x=1"].map((path) =>
    get(path),
  ),
];

const runs = Number(process.env.STOCK_PRISM_RUNS ?? 25);
const seed = Number(process.env.STOCK_PRISM_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`The same requests again: STOCK_PRISM_SEED=${seed}`);

describe.each(Object.entries(DOCUMENTS))("the mock of %s", async (name, file) => {
  const operations = await loadOperations(file);
  let stock: StockPrism;
  let ours: MockServer;
  beforeAll(async () => {
    stock = await startStockPrism(file);
    ours = await startMockServer({ spec: file });
  }, 30_000);
  afterAll(() => Promise.all([stock.stop(), ours.close()]));

  async function compare(sent: DocumentRequest): Promise<Answered> {
    const [theirs, own] = await Promise.all([send(stock.url, sent), send(ours.url, sent)]);
    const wanted = EXCEPTIONS.some(({ explains }) => explains?.(theirs, own)) ? own : theirs;
    const told = isMadeUpAnew(sent) && theirs.status === own.status ? withoutValues : comparable;
    expect({ sent, ...told(own) }).toEqual({ sent, ...told(wanted) });
    return own;
  }

  /** Compares the answers to generated requests for each operation. */
  async function compareAll(
    change: (operation: (typeof operations)[number]) => fc.Arbitrary<(sent: DocumentRequest) => DocumentRequest>,
    also: (answer: Answered) => void = () => {},
  ): Promise<void> {
    for (const operation of operations) {
      const property = fc.asyncProperty(validRequests(operation), change(operation), async (sent, changed) => {
        also(await compare(changed(sent)));
      });
      await fc.assert(property, { seed, numRuns: runs });
    }
  }

  test("answers valid requests as stock Prism does", async () => {
    await compareAll(
      () => fc.constant((sent) => sent),
      (answer) => expect(answer).toSatisfy(({ status }: Answered) => status < 400),
    );
  });

  test("answers what Prefer and Accept ask for as stock Prism does", async () => {
    expect.hasAssertions();
    await compareAll((operation) =>
      fc.tuple(preferences(operation), fc.option(accepted(operation), { nil: (sent: DocumentRequest) => sent })).map(
        ([prefer, accept]) =>
          (sent) =>
            prefer(accept(sent)),
      ),
    );
    await compareAll(accepted);
  });

  test("answers with each documented status and example as stock Prism does", async () => {
    expect.hasAssertions();
    for (const operation of operations) {
      const [sent] = fc.sample(validRequests(operation), { seed, numRuns: 1 }) as [DocumentRequest];
      for (const { code, contents = [] } of operation.responses) {
        const wanted = code === "default" ? "418" : code.replace("XX", "09");
        const keys = contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key));
        for (const example of [undefined, ...keys]) {
          for (const accept of [undefined, ...contents.map(({ mediaType }) => mediaType)]) {
            for (const form of ["header", "query"] as const) {
              const asked = preferring(form, { code: wanted, ...(example && { example }) })(sent);
              await compare({ ...asked, headers: { ...asked.headers, ...(accept && { accept }) } });
            }
          }
        }
      }
    }
  });

  const isBare = name !== WITH_OWN_ERRORS;
  test.each(isBare ? [file] : [])("refuses requests as stock Prism does", async () => {
    expect.hasAssertions();
    await compareAll(() => damages);
  });

  test.each(isBare ? [] : operations)("makes up answers that fit the schema of $method $path", async (operation) => {
    const { schema } = operation.responses[0]!.contents![0]!;
    const validate = new Ajv2020({ strict: false }).compile({ ...schema, ...bundledIn(operation) } as AnySchema);
    const [sent] = fc.sample(validRequests(operation), { seed, numRuns: 1 }) as [DocumentRequest];
    for (let count = 0; count < runs; count++) {
      const answer = await compare(preferring("header", { dynamic: "true" })(sent));
      validate(JSON.parse(answer.body));
      expect(validate.errors).toBeNull();
    }
  });

  test.each(name === "bookshop" ? SPELLINGS : [])("reads $method $path $headers as stock Prism does", async (sent) => {
    expect.hasAssertions();
    await compare(sent);
  });

  const exceptions = EXCEPTIONS.filter(({ document }) => document === name);
  test.each(exceptions)("differs from stock Prism: $name", async ({ requests, value, isFatal, ...wanted }) => {
    const other = isFatal ? await startStockPrism(file) : stock;
    const answers: Answered[][] = [[], []];
    for (const sent of requests) {
      answers[0]!.push(await send(other.url, sent));
      answers[1]!.push(await send(ours.url, sent));
    }
    if (isFatal) await other.stop();
    expect({ stock: value(answers[0]!), ours: value(answers[1]!) }).toEqual({ stock: wanted.stock, ours: wanted.ours });
  });
});

/** What the references of an operation's schemas lead to. */
function bundledIn(operation: object): object {
  return Object.fromEntries(Object.entries(operation).filter(([key]) => key === "__bundled__"));
}

/** What can be compared of answers whose values are made up anew each time. */
function withoutValues({ status, headers: { "content-type": mediaType }, body }: Answered) {
  return { status, mediaType, isReadable: !isJson(mediaType) || JSON.parse(body || "null") !== undefined };
}
