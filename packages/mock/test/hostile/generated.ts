import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Mock } from "../../src/index.ts";
import { converse, faultsOf, faultsOfServer, isRequestBody, parse } from "./checks.ts";
import { openConnection } from "./connection.ts";
import { post } from "./post.ts";
import { request, VALID } from "./requests.ts";

const lines = [
  "POST /v2/customer HTTP/1.1\r\n",
  "OPTIONS * HTTP/1.0\r\n",
  "GET ",
  "/v2/customer",
  "\r\n",
  "\r\n\r\n",
  ":",
];
const fields = ["host: mock\r\n", "content-length: 5\r\n", "transfer-encoding: chunked\r\n"];
const contents = ["5\r\n", "0\r\n\r\n", VALID];
const known = fc.constantFrom(...lines, ...fields, ...contents).map((text) => Buffer.from(text));
const bytesOf = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const pieces = fc.array(fc.oneof(bytesOf(30), known), { maxLength: 20 }).map((parts) => Buffer.concat(parts));

/** A valid request in which some bytes are others. */
const mutated = fc
  .array(fc.tuple(fc.nat(request().length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce((bytes, [index, byte]) => bytes.fill(byte, index, index + 1), request()));

/** As a rule the one, else any JSON value. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>, weight = 5) =>
  fc.oneof({ arbitrary, weight }, { arbitrary: fc.jsonValue({ stringUnit: "grapheme" }), weight: 1 });
const address = { state: mostly(fc.string()), country: mostly(fc.string()), city: mostly(fc.string()) };
const customer = {
  type: mostly(fc.constantFrom("individual", "business")),
  address: mostly(fc.record(address, { requiredKeys: ["state", "country"] })),
  unknown: mostly(fc.record(address, { requiredKeys: [] })),
};
const customers = mostly(
  fc.oneof(fc.record(customer, { requiredKeys: ["type", "address"] }), fc.record(customer, { requiredKeys: [] })),
);

/** A valid body in which some characters are others, more or less. */
const texts = fc
  .array(fc.tuple(fc.nat(VALID.length - 1), fc.nat(2), fc.constantFrom("", ...'{}[]",:\\u1e9 \0é')), { maxLength: 3 })
  .map((edits) => edits.reduce((text, [at, cut, more]) => text.slice(0, at) + more + text.slice(at + cut), VALID));

// RFC 9110, section 5.5: the characters that a header may hold.
const character = fc
  .integer({ min: 0x20, max: 0xff })
  .filter((code) => code !== 0x7f)
  .map((code) => String.fromCharCode(code));
const someHeaders = fc.dictionary(
  fc.constantFrom("accept", "prefer", "content-type", "authorization", "expect", "origin", "cookie", "x-y"),
  fc.oneof(
    fc.constantFrom("*/*", "application/json", "text/html, */*;q=0.1", "code=400", "example=created", "dynamic=true"),
    fc.string({ unit: character }),
  ),
  { maxKeys: 3 },
);

/**
 * Declares tests with generated requests.
 *
 * @param port that of the mock's server, once it listens
 * @param runs how many requests of each kind
 */
export function testGenerated(mock: Mock, port: () => number, runs: { overSockets: number; inProcess: number }): void {
  test("answers any bytes with less than 500, or closes the connection", async () => {
    const property = fc.asyncProperty(fc.oneof(bytesOf(2000), pieces, mutated), async (bytes) => {
      const connection = await openConnection(port());
      connection.send(bytes);
      connection.end();
      const faults: string[] = [];
      for (let answer = await connection.next(); answer; answer = await connection.next()) {
        faults.push(...faultsOf(answer));
      }
      expect([...faults, ...(await faultsOfServer(port()))]).toEqual([]);
    });
    await fc.assert(property, { numRuns: runs.overSockets });
  });

  test("answers any body with any headers with less than 500, and the next request as ever", async () => {
    const body = fc.oneof(
      customers.map((value) => JSON.stringify(value)),
      texts,
      bytesOf(100),
    );
    const property = fc.asyncProperty(body, someHeaders, async (sent, more) => {
      const hostile = { bytes: request({ body: sent, headers: more }), statuses: [0], ends: false, isHead: false };
      expect(await converse(port(), hostile)).toEqual({ statuses: [expect.any(Number)], faults: [] });
    });
    await fc.assert(property, { numRuns: runs.overSockets });
  });

  test("takes exactly the values that the document allows", async () => {
    const property = fc.asyncProperty(customers, async (value) => {
      const answer = await post(mock, JSON.stringify(value));
      expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({
        status: isRequestBody(value) ? 200 : 400,
        faults: [],
      });
    });
    await fc.assert(property, { numRuns: runs.inProcess });
  });

  test("takes exactly the texts that are JSON of such a value", async () => {
    const property = fc.asyncProperty(texts, async (text) => {
      const answer = await post(mock, text);
      expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({
        status: isRequestBody(parse(text)) ? 200 : 400,
        faults: [],
      });
    });
    await fc.assert(property, { numRuns: runs.inProcess });
  });
}
