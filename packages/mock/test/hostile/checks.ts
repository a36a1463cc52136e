import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Hostile } from "./bytes.ts";
import { openConnection, type RawAnswer, type RawConnection } from "./connection.ts";
import { request, VALID } from "./requests.ts";

const ajv = new Ajv2020({ strict: false, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } });
ajv.addSchema(JSON.parse(readFileSync(new URL("../../dist/openapi.json", import.meta.url), "utf8")), "document");
const schemaOf = (name: string) => ajv.getSchema(`document#/components/schemas/${name}`)!;
const isCustomer = schemaOf("Customer");
const isEnvelope = schemaOf("ErrorEnvelope");

/** Whether a value is a body that the document allows. */
export const isRequestBody = schemaOf("CreateCustomer");

/** Says what is wrong with an answer: one sentence each. */
export function faultsOf({ status, headers, body }: RawAnswer): string[] {
  const isDescribed = status === 200 ? isCustomer : isEnvelope;
  const faults: [isBroken: boolean, sentence: string][] = [
    [status >= 500, `the answer is ${status}`],
    [headers["content-type"] !== "application/json", `the content-type is ${headers["content-type"]}`],
    [!isDescribed(parse(body)), `the document describes no ${status} with the body ${body}`],
    // RFC 9110, sections 15.5.2 and 15.5.6.
    [status === 401 && !("www-authenticate" in headers), "the 401 has no www-authenticate"],
    [status === 405 && !("allow" in headers), "the 405 has no allow"],
  ];
  return faults.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence);
}

/** The value of a JSON text, `undefined` of any other. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends bytes on a connection of their own, reads so many answers, and then asks for more: on the same connection, or
 * on another after the server has closed it.
 *
 * @returns the statuses of the answers, and what is wrong with them or with what follows
 */
export async function converse(port: number, { bytes, ends, statuses: { length: count }, isHead }: Hostile) {
  const connection = await openConnection(port);
  const statuses: number[] = [];
  const faults: string[] = [];
  let isOpen = !ends;
  try {
    connection.send(bytes);
    if (ends) connection.end();
    while (statuses.length < count) {
      const answer = await connection.next(isHead);
      if (!answer) break;
      statuses.push(answer.status);
      faults.push(...(isHead && answer.body === "" ? [] : faultsOf(answer)));
      isOpen &&= answer.headers["connection"] !== "close";
    }
    if (isOpen) faults.push(...(await faultsOfNext(connection)));
    else if (await connection.next()) faults.push("there is one answer too many");
  } catch (error) {
    faults.push((error as Error).message);
  } finally {
    connection.reset();
  }
  return { statuses, faults: [...faults, ...(await faultsOfServer(port))] };
}

/** Says whether the server answers a valid request. */
async function faultsOfNext(connection: RawConnection): Promise<string[]> {
  connection.send(request());
  const answer = await connection.next();
  return answer?.status === 200 ? [] : [`the next valid request gets ${answer?.status ?? "no answer"}`];
}

/** Says whether the server answers a valid request on a new connection. */
export async function faultsOfServer(port: number): Promise<string[]> {
  const connection = await openConnection(port);
  const faults = await faultsOfNext(connection);
  connection.reset();
  return faults;
}

const whole = request();
const inChunks = request({ chunkSize: 20 });

/** Requests that stop in the middle, and how many whole ones are before them. */
export const STALLS: [name: string, bytes: Buffer, before: number][] = [
  ["in the request line", whole.subarray(0, 6), 0],
  ["in a header", whole.subarray(0, 60), 0],
  ["before the body", whole.subarray(0, -VALID.length), 0],
  ["in the body", whole.subarray(0, -10), 0],
  ["in a chunk", inChunks.subarray(0, -30), 0],
  ["before the last chunk", inChunks.subarray(0, -5), 0],
  ["in the head of the second request", Buffer.concat([whole, whole.subarray(0, 60)]), 1],
  ["in the body of the second request", Buffer.concat([whole, whole.subarray(0, -10)]), 1],
];

/** Sends what stalls and waits for the answers to it and for the end of the connection. */
export function stall(port: number, limit: number) {
  return Promise.all(
    STALLS.map(async ([name, bytes, before]) => {
      const connection = await openConnection(port);
      connection.send(bytes);
      for (let index = 0; index < before; index++) await connection.next();
      const start = performance.now();
      const answer = await connection.next(false, 2 * limit);
      const isEarly = performance.now() - start < limit * 0.9;
      const isClosed = (await connection.next()) === undefined;
      return { name, status: answer?.status, faults: answer && faultsOf(answer), isEarly, isClosed };
    }),
  );
}
