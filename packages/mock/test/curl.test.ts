import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startMockServer } from "../src/index.ts";

const run = promisify(execFile);

/** What the printed command of a document is, and what the mock makes of it when a shell runs it. */
async function tryOut(paths: object) {
  const spec = { openapi: "3.1.0", info: { title: "A", version: "1" }, paths };
  const mock = await startMockServer({ spec });
  try {
    if (mock.curl === undefined) return undefined;
    await run("sh", ["-c", `${mock.curl} --silent`]);
    const [{ path, body, status, violations }] = mock.requests as [(typeof mock.requests)[number]];
    return { path, body, status, violations };
  } finally {
    await mock.close();
  }
}

function post(mediaType: string, example: unknown, parameters: object[] = []) {
  const schema = mediaType === "application/json" ? { type: typeof example } : {};
  return {
    parameters,
    requestBody: { required: true, content: { [mediaType]: { schema, example } } },
    responses: { 204: { description: "Done" } },
  };
}

const right = { status: 204, violations: [] };

test("a string is JSON in JSON, and text in text", async () => {
  expect(await tryOut({ "/a": { post: post("application/json", "@it's") } })).toEqual({
    ...right,
    path: "/a",
    body: "@it's",
  });
  expect(await tryOut({ "/a": { post: post("text/plain", "@it's") } })).toMatchObject({ ...right, body: "@it's" });
});

test("what is needed in path and query is filled in", async () => {
  const parameters = [
    { name: "id", in: "path", required: true, example: "a b/$1", schema: { type: "string" } },
    { name: "kind", in: "path", required: true, schema: { enum: ["new"] } },
    { name: "page", in: "query", required: true, schema: { type: "integer", default: 7 } },
    { name: "sort", in: "query", schema: { type: "string" } },
  ];
  expect(await tryOut({ "/a/{id}/{kind}": { post: post("application/json", {}, parameters) } })).toMatchObject({
    ...right,
    path: "/a/a%20b%2F%241/new?page=7",
  });
});

test("an operation that needs what has no example is passed over", async () => {
  const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
  const open = { "/a/{id}": { post: post("application/json", {}, parameters) } };
  expect(await tryOut(open)).toBeUndefined();
  expect(await tryOut({ ...open, "/b": { post: post("application/json", {}) } })).toMatchObject({ path: "/b" });
});
