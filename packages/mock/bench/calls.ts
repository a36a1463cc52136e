/** The calls that are measured, made of the examples of the document that the mock ships. */
import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const document = fileURLToPath(new URL("../dist/openapi.json", import.meta.url));

// The first operation of the document, its first valid request, and what it answers to that and to a missing field.
const { paths, components } = JSON.parse(readFileSync(document, "utf8"));
export const path = Object.keys(paths)[0]!;
const { requestBody, responses } = paths[path].post;
const valid = firstExample(requestBody.content);
// The document lists success first, then the refusal of a body.
const [success, refusal] = Object.keys(responses) as [string, string];
const accepted = firstExample(follow(responses[success]).content);
const refused = firstExample(follow(responses[refusal]).content);
const [missing] = Object.keys(refused.error);

function firstExample(content: Record<string, { examples: object }>) {
  return follow(Object.values(Object.values(content)[0]!.examples)[0]).value;
}

function follow(node: { $ref?: string }) {
  const [, , kind, name] = node.$ref?.split("/") ?? [];
  return kind && name ? components[kind][name] : node;
}

export const calls = {
  created: makeCall(valid),
  rejected: makeCall({ ...valid, [missing!]: undefined }),
};

export type Outcome = keyof typeof calls;

export const outcomes = Object.keys(calls) as Outcome[];

export const answers = {
  created: { status: Number(success), body: accepted },
  rejected: { status: Number(refusal), body: refused },
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
