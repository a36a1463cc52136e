/** The calls that are measured, made of the examples of the document that the mock ships. */
import { deepEqual } from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The first operation of the document, its first valid request, and what it answers to that and to a missing field.
const shipped = JSON.parse(readFileSync(new URL("../dist/openapi.json", import.meta.url), "utf8"));
const { paths, components } = shipped;
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

/** The same document with one operation more, whose parameters are in path and query: every server mocks this one. */
export const document = fileURLToPath(new URL("../.generated/bench.json", import.meta.url));
const integer = { type: "integer", minimum: 1, maximum: 1000 };
const read = {
  parameters: [
    { name: "shelf", in: "path", required: true, schema: { type: "string", pattern: "^[a-z]+$" } },
    { name: "page", in: "query", schema: integer },
    { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
  ],
  responses: { 200: { description: "OK", content: { "application/json": { example: accepted } } } },
};
mkdirSync(new URL("../.generated/", import.meta.url), { recursive: true });
writeFileSync(document, JSON.stringify({ ...shipped, paths: { ...paths, "/bench/{shelf}/books": { get: read } } }));

const headers = { authorization: "Bearer bench", "content-type": "application/json" };
const create = { path, method: "POST", headers };

export const scenarios = {
  created: {
    ...create,
    title: "valid create",
    body: JSON.stringify(valid),
    status: Number(success),
    answer: accepted,
  },
  rejected: {
    ...create,
    title: "rejected create",
    body: JSON.stringify({ ...valid, [missing!]: undefined }),
    status: Number(refusal),
    answer: refused,
  },
  parameters: {
    path: "/bench/poems/books?page=7&tags=old&tags=new",
    method: "GET",
    headers: { authorization: "Bearer bench" },
    title: "operation with path and query parameters",
    body: undefined,
    status: 200,
    answer: accepted,
  },
};

export type Outcome = keyof typeof scenarios;

export const outcomes = Object.keys(scenarios) as Outcome[];

/** What a fetch takes for a call. */
export function call(outcome: Outcome): RequestInit {
  const { method, headers: named, body } = scenarios[outcome];
  return { method, headers: named, ...(body !== undefined && { body }) };
}

/** Fails unless the answer is the one of the document, but for the time in it. */
export async function verify(title: string, outcome: Outcome, response: Response): Promise<void> {
  const { status, answer: wanted } = scenarios[outcome];
  const answer = (await response.json()) as object;
  const time = "ts" in answer && { ts: wanted.ts };
  deepEqual(
    { status: response.status, body: { ...answer, ...time } },
    { status, body: wanted },
    `${title} answers otherwise`,
  );
}
