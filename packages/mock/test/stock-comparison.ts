import type { AnySchema } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJson } from "../src/document/media-type.ts";
import { type MockServer, startMockServer } from "../src/index.ts";
import {
  accepted,
  damages,
  type DocumentRequest,
  isMadeUpAnew,
  loadOperations,
  preferences,
  preferring,
  validRequests,
  WITH_OWN_ERRORS,
} from "./document-requests.ts";
import { EXCEPTIONS } from "./stock-exceptions.ts";
import { type Answered, comparable, send, startStockPrism, type StockPrism } from "./stock-prism.ts";

const seed = Number(process.env.STOCK_PRISM_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The two servers of one document. */
export interface Servers {
  /** The document's name. */
  name: string;
  /** Sends a request to both. */
  askBoth(sent: DocumentRequest): Promise<[stock: Answered, ours: Answered]>;
  /** Fails when the two answer differently and no exception says why. */
  compare(sent: DocumentRequest): Promise<Answered>;
  /** Ends stock Prism; the next request starts it again. */
  stopStock(): Promise<void>;
}

/**
 * Declares tests that send generated requests to the mock of each document and to stock Prism.
 *
 * @param documents their files, by name
 * @param runs how many requests of each kind for each operation
 * @param declareMore declares more tests of the same two servers
 */
export function compareWithStock(
  documents: Record<string, string>,
  runs: number,
  declareMore: (servers: Servers) => void = () => {},
): void {
  console.log(`The same requests again: STOCK_PRISM_SEED=${seed}`);
  describe.each(Object.entries(documents))("the mock of %s", async (name, file) => {
    const operations = await loadOperations(file);
    let stock: StockPrism | undefined;
    let ours: MockServer;
    beforeAll(async () => {
      stock = await startStockPrism(file);
      ours = await startMockServer({ spec: file });
    }, 30_000);
    afterAll(() => Promise.all([stock?.stop(), ours.close()]));

    async function askBoth(sent: DocumentRequest): Promise<[stock: Answered, ours: Answered]> {
      // A request before may have been the end of it.
      stock ??= await startStockPrism(file);
      return Promise.all([send(stock.url, sent), send(ours.url, sent)]);
    }

    async function compare(sent: DocumentRequest): Promise<Answered> {
      const [theirs, own] = await askBoth(sent);
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
      const validate = formats
        .default(new Ajv2020({ strict: false }))
        .compile({ ...schema, ...bundledIn(operation) } as AnySchema);
      const [sent] = fc.sample(validRequests(operation), { seed, numRuns: 1 }) as [DocumentRequest];
      for (let count = 0; count < runs; count++) {
        const answer = await compare(preferring("header", { dynamic: "true" })(sent));
        validate(JSON.parse(answer.body));
        expect(validate.errors).toBeNull();
      }
    });

    declareMore({
      name,
      askBoth,
      compare,
      async stopStock() {
        await stock?.stop();
        stock = undefined;
      },
    });
  });
}

/** What the references of an operation's schemas lead to. */
function bundledIn(operation: object): object {
  return Object.fromEntries(Object.entries(operation).filter(([key]) => key === "__bundled__"));
}

/** What can be compared of answers whose values are made up anew each time. */
function withoutValues({ status, headers: { "content-type": mediaType }, body }: Answered) {
  return { status, mediaType, isReadable: !isJson(mediaType) || JSON.parse(body || "null") !== undefined };
}
