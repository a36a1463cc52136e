import type { Mock } from "../../src/index.ts";
import type { RawAnswer } from "./connection.ts";
import { VALID } from "./requests.ts";

export const ORIGIN = "https://api.sandbox.spherepay.co";
export const PATH = "/v2/customer";
export const HEADERS = { authorization: "Bearer secret", "content-type": "application/json" };

export type Sent = string | Uint8Array<ArrayBuffer>;

/** Posts a body to a mock in process; without any parts, a valid request. */
export async function post(
  { fetch }: Mock,
  body: Sent = VALID,
  headers: Record<string, string> = {},
  target = PATH,
): Promise<RawAnswer> {
  const init = { method: "POST", headers: { ...HEADERS, ...headers }, body };
  return toAnswer(await fetch(ORIGIN + target, init));
}

/** Reads an answer to its end. */
export async function toAnswer(response: Response): Promise<RawAnswer> {
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.text() };
}
