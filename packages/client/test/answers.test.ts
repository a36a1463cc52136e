import { expect, test } from "vitest";
import type { SphereApiError, SphereCallOptions } from "../src/index.ts";
import { makeClient } from "./made-client.ts";
import { startRecordingServer, type Answer } from "./recording-server.ts";

const content = (mediaType: string, schema: object = {}) => ({ [mediaType]: { schema } });
const described = (contents?: object, more: object = {}) => ({
  200: { description: "It.", ...(contents && { content: contents }), ...more },
});
const made = {
  type: "object",
  required: ["id", "secret"],
  properties: { id: { type: "string" }, secret: { type: "string", writeOnly: true } },
};
const echoed = {
  type: "object",
  required: ["kind", "id"],
  properties: { kind: { type: "string" }, id: { type: "string" } },
};
const sent = { type: "object", required: ["kind"], properties: { kind: { type: "string" } } };

const operations: Record<string, object> = {
  nullable: {
    responses: described(
      content("application/json", { type: ["object", "null"], required: ["id"], properties: { id: {} } }),
    ),
  },
  several: {
    responses: described({
      ...content("application/xml"),
      ...content("application/problem+json"),
      ...content("application/json", made),
    }),
  },
  nothing: { responses: described() },
  none: { responses: { 204: { description: "Gone." } } },
  either: { responses: { ...described(content("application/json", made)), 204: { description: "Nothing yet." } } },
  writeOnly: { responses: described(content("application/json", made)) },
  redirect: { responses: { 302: { description: "Elsewhere." }, 304: { description: "As it was." } } },
  list: { responses: described(content("application/json", { type: "array" })) },
  loose: { responses: described(content("application/json", { type: "object" })) },
  measured: { responses: described(content("application/json", { type: "object", required: ["length"] })) },
  text: { responses: described(content("text/plain")) },
  blob: { responses: described(content("application/pdf")) },
  stream: { responses: described(content("text/event-stream")) },
  mixed: {
    responses: {
      200: { description: "JSON.", content: content("application/json") },
      201: { description: "Text.", content: content("text/csv") },
      202: { description: "Bytes.", content: content("image/png") },
    },
  },
  echo: {
    requestBody: { content: content("application/json", sent) },
    responses: described(content("application/json", echoed)),
  },
  linked: {
    requestBody: { content: content("application/json", sent) },
    responses: described(content("application/json", echoed), {
      links: { it: { operationId: "text", parameters: { id: "$response.body#/id" } } },
    }),
  },
};
const paths = Object.fromEntries(
  Object.entries(operations).map(([operationId, operation]) => [
    `/${operationId}`,
    { post: { operationId, ...operation } },
  ]),
);

/** Calls an operation, and tells what it resolved to or threw. */
async function call(operationId: string, answer: Answer, options?: SphereCallOptions) {
  const { createSphereClient } = await makeClient(paths);
  const { url, requests } = await startRecordingServer(() => answer);
  const given = operationId === "echo" || operationId === "linked" ? { body: { kind: "a" } } : {};
  const result = await createSphereClient({ baseUrl: url })[operationId]!(given, options)
    .withResponse()
    .then(
      ({ data, response }) => ({ data, status: response.status, error: undefined }),
      (error: unknown) => ({ data: undefined, status: undefined, error: error as SphereApiError }),
    );
  return { ...result, accept: requests[0]!.headers.accept };
}

const json = (value: unknown): Answer => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const typed = (type: string, body: string): Answer => ({ headers: { "content-type": type }, body });

test.each<[title: string, operation: string, answer: Answer, data: unknown]>([
  ["null where the document allows it", "nullable", json(null), null],
  ["JSON that stands behind others", "several", json({ id: "a" }), { id: "a" }],
  ["text where there should be nothing", "nothing", { body: "OK" }, undefined],
  ["nothing where there should be nothing", "nothing", { body: "" }, undefined],
  ["no content", "none", { status: 204, body: "" }, undefined],
  ["one described success", "either", json({ id: "a" }), { id: "a" }],
  ["the other described success", "either", { status: 204, body: "" }, undefined],
  ["an answer without the fields that only requests have", "writeOnly", json({ id: "a" }), { id: "a" }],
  ["a redirect that is described", "redirect", { status: 302, headers: { location: "/b" }, body: "Found" }, undefined],
  ["what has not changed", "redirect", { status: 304, body: "" }, undefined],
  ["a list", "list", json([1]), [1]],
  ["an object of which nothing is required", "loose", json({}), {}],
  ["JSON behind a byte order mark", "loose", typed("application/json", "\ufeff{}"), {}],
  ["text", "text", typed("text/plain", "a"), "a"],
  ["JSON of several kinds", "mixed", json({ a: 1 }), { a: 1 }],
  ["text of several kinds", "mixed", typed("text/csv", "a,b"), "a,b"],
  ["what the links read, and no more", "linked", json({ id: "a" }), { id: "a" }],
  ["what the request does not have", "echo", json({ id: "a" }), { id: "a" }],
])("resolves: %s", async (_, operation, answer, data) => {
  const result = await call(operation, answer);
  expect(result.error).toBeUndefined();
  expect(result.data).toEqual(data);
  expect(result.status).toBe(answer.status ?? 200);
});

test("bytes are a Blob of the type that came", async () => {
  for (const operation of ["blob", "mixed"]) {
    const { data } = await call(operation, typed("image/png", "png"));
    expect(data).toBeInstanceOf(Blob);
    expect(data.type).toBe("image/png");
    expect(await data.text()).toBe("png");
  }
});

test.each<[title: string, operation: string, answer: Answer, message: string, body: unknown]>([
  ["HTML in place of JSON", "writeOnly", typed("text/html", "<h1>"), "and no JSON", "<h1>"],
  ["half of the JSON of one kind", "mixed", typed("application/json", '{"a'), "and no JSON", '{"a'],
  ["nothing in place of JSON", "writeOnly", { body: "" }, "and no JSON", ""],
  ["the body that was sent", "echo", json({ kind: "a" }), "and not what the spec says", { kind: "a" }],
  [
    "the body that was sent, where a link reads",
    "linked",
    json({ kind: "a" }),
    "and not what the spec says",
    { kind: "a" },
  ],
  ["an object in place of a list", "list", json({}), "and not what the spec says", {}],
  ["a list in place of an object", "loose", json([{}]), "and not what the spec says", [{}]],
  ["text in place of an object", "loose", json("OK"), "and not what the spec says", "OK"],
  ["null in place of an object", "loose", json(null), "and not what the spec says", null],
  ["what has a length and is no object", "measured", json([]), "and not what the spec says", []],
  ["null where the document does not allow it", "writeOnly", json(null), "and not what the spec says", null],
])("fails with the body, and it may have been applied: %s", async (_, operation, answer, message, body) => {
  const { error } = await call(operation, answer);
  expect(error).toMatchObject({ name: "SphereApiError", status: 200, outcome: "unknown", attempts: 1 });
  expect(error?.message).toBe(`${operation}: the API answered 200 ${message}`);
  expect(error?.body).toEqual(body);
});

test.each([302, 304, 303])("a %d that is not described is refused", async (status) => {
  const { error } = await call("text", { status, headers: { location: "/b" }, body: "" });
  expect(error).toMatchObject({ status, outcome: status === 303 ? "unknown" : "rejected" });
});

test("JSON is asked for where the document has other kinds as well", async () => {
  expect((await call("several", json({ id: "a" }))).accept).toBe("application/json");
  expect((await call("text", typed("text/plain", ""))).accept).toBe("*/*");
});

test("a stream comes unread, and as it arrives", async () => {
  const { data } = await call("stream", typed("text/event-stream", "data: a\n\n"));
  expect(data).toBeInstanceOf(Response);
  expect(data.bodyUsed).toBe(false);
  expect(await data.text()).toBe("data: a\n\n");
});

test("any answer comes unread for those who ask", async () => {
  const { createSphereClient } = await makeClient(paths);
  const { url } = await startRecordingServer(() => ({ ...json({ kind: "a" }), status: 201 }));
  const response = await createSphereClient({ baseUrl: url })["echo"]!({ body: { kind: "a" } }).asResponse();
  expect(response.status).toBe(201);
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ kind: "a" });
});

test("an error is thrown, and read, also for those who ask for the answer unread", async () => {
  const { createSphereClient } = await makeClient(paths);
  const { url } = await startRecordingServer(() => ({ ...json({ why: "no" }), status: 400 }));
  const answer = createSphereClient({ baseUrl: url })["echo"]!({ body: { kind: "a" } }).asResponse();
  await expect(answer).rejects.toMatchObject({ name: "SphereApiError", status: 400, body: { why: "no" } });
});

test("the caller's signal ends the reading of a stream, and the timeout does not", async () => {
  const { createSphereClient } = await makeClient(paths);
  const controller = new AbortController();
  const chunks = async function* () {
    yield new TextEncoder().encode("data: a\n\n");
    await new Promise(() => {});
  };
  const fetch = async (_: string, { signal }: RequestInit) => {
    const body = ReadableStream.from(chunks());
    return new Response(body.pipeThrough(new TransformStream(), { signal: signal! }));
  };
  const sphere = createSphereClient({ fetch, timeout: 20 });
  const response = await sphere["stream"]!({}, { signal: controller.signal });
  const reader = response.body.getReader();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const rest = reader.read();
  controller.abort(new Error("enough"));
  await expect(rest).rejects.toThrow("enough");
});
