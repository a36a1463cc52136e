/** The calls that are measured, made of the examples of the document that the mock ships. */
import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const document = fileURLToPath(new URL("../dist/openapi.json", import.meta.url));

const { examples } = JSON.parse(readFileSync(document, "utf8")).components;
const { address: _, ...withoutAddress } = examples.CreateIndividual.value;

export const path = "/v2/customer";

export const calls = {
  created: makeCall(examples.CreateIndividual.value),
  rejected: makeCall(withoutAddress),
};

export type Outcome = keyof typeof calls;

export const outcomes = Object.keys(calls) as Outcome[];

export const answers = {
  created: { status: 200, body: examples.CustomerCreated.value },
  rejected: { status: 400, body: examples.AddressRequired.value },
};

function makeCall(body: unknown) {
  const headers = { authorization: "Bearer bench", "content-type": "application/json" };
  return { method: "POST" as const, headers, body: JSON.stringify(body) };
}

/** Fails unless the answer is the one of the document, but for the time in it. */
export async function verify(title: string, outcome: Outcome, response: Response): Promise<void> {
  const { status, body } = answers[outcome];
  const answer = (await response.json()) as object;
  const time = "ts" in answer && { ts: body.ts };
  deepEqual({ status: response.status, body: { ...answer, ...time } }, { status, body }, `${title} answers otherwise`);
}
