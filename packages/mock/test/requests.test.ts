import { describe, expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const DONE = { responses: { 204: { description: "Done" } } };

async function mockOf(paths: object, more: object = {}) {
  const spec = { openapi: "3.2.0", info: { title: "A", version: "1" }, paths, ...more };
  const mock = await createMock({ spec: JSON.parse(JSON.stringify(spec)) });
  return { ...mock, send: (path: string, init?: RequestInit) => mock.fetch(`http://a.test${path}`, init) };
}

/** Sends bodies to an operation: their media type, and their text. */
async function sender(content: Record<string, object>, required = true, more: object = {}) {
  const { send, requests } = await mockOf({ "/a": { post: { requestBody: { required, content }, ...DONE } } }, more);
  return {
    requests,
    post: async (type: string | undefined, text: string | Blob | null) => {
      const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
      const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
      const response = await send("/a", { method: "POST", body, headers });
      return [response.status, requests.at(-1)!.violations.map((one) => `${one.path}: ${one.message}`)];
    },
  };
}

const accepted = [204, []];

describe("an operation", () => {
  const text = { 200: { description: "OK", content: { "text/plain": { example: "hello" } } } };

  test("is found under the path of its server, and without it", async () => {
    const { send } = await mockOf({ "/pets": { get: { responses: text } } }, { servers: [{ url: "https://x/v1" }] });
    expect((await send("/v1/pets")).status).toBe(200);
    expect((await send("/pets")).status).toBe(200);
    expect((await send("/v2/pets")).status).toBe(404);
  });

  test("of GET answers HEAD, without a body", async () => {
    const { send, requests } = await mockOf({ "/a": { get: { operationId: "read", responses: text } } });
    const response = await send("/a", { method: "HEAD" });
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "text/plain",
      "",
    ]);
    expect(requests[0]).toMatchObject({ method: "HEAD", operation: "read" });
  });

  test("may have any method of OpenAPI 3.2", async () => {
    const content = { "application/json": { schema: { type: "object" } } };
    const query = { requestBody: { required: true, content }, responses: text };
    const { send } = await mockOf({ "/a": { query, additionalOperations: { COPY: DONE } } });
    const headers = { "content-type": "application/json" };
    expect((await send("/a", { method: "QUERY", headers, body: "{}" })).status).toBe(200);
    expect((await send("/a", { method: "QUERY", headers, body: "[]" })).status).toBe(422);
    expect((await send("/a", { method: "COPY" })).status).toBe(204);
    const response = await send("/a");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "QUERY, COPY"]);
  });

  test("may describe no answer", async () => {
    const { send } = await mockOf({ "/a": { get: {}, put: { responses: {} } } });
    expect((await send("/a")).status).toBeLessThan(300);
    expect((await send("/a", { method: "PUT" })).status).toBeLessThan(300);
  });
});

test("a path without any operation that can be told apart is warned of", async () => {
  const { warnings } = await mockOf({ "/a/{x}": { get: DONE }, "/a/{y}": { get: DONE } });
  expect(warnings).toEqual(["GET /a/{y} is never reached: GET /a/{x} has the same method and path"]);
});

describe("parameters", () => {
  const int = { type: "integer" };
  const parameters = [
    { name: "Accept", in: "header", required: true, schema: int },
    { name: "Content-Type", in: "header", required: true, schema: int },
    { name: "Authorization", in: "header", required: true, schema: int },
    { name: "session", in: "cookie", schema: int },
    { name: "id", in: "query", schema: { type: "integer", format: "int64", minimum: 9007199254740992 } },
  ];

  test.each<[string, string, Record<string, string>, number]>([
    ["nothing but what other parts of the document describe", "/a", {}, 204],
    ["a cookie", "/a", { cookie: "session=5" }, 204],
    ["a cookie of another type", "/a", { cookie: "a=b; session=x" }, 422],
    ["an integer that a number cannot hold", "/a?id=9007199254740995", {}, 204],
    ["the largest int64", "/a?id=9223372036854775807", {}, 204],
    ["no number", "/a?id=9007199254740995x", {}, 422],
  ])("%s", async (_, path, headers, status) => {
    const { send } = await mockOf({ "/a": { get: { parameters, ...DONE } } });
    expect((await send(path, { headers })).status).toBe(status);
  });

  test("that are wrong are logged with their place", async () => {
    const { send, requests } = await mockOf({ "/a": { get: { parameters, ...DONE } } });
    await send("/a?id=x", { headers: { cookie: "session=x" } });
    expect(requests[0]!.violations).toEqual([
      { in: "query", path: "id", message: "Expected integer, received string" },
      { in: "cookie", path: "session", message: "Expected integer, received string" },
    ]);
  });
});

describe("a body of JSON", () => {
  test.each([
    ["false", { type: "boolean" }],
    ["0", { type: "integer" }],
    ["null", { type: "null" }],
    ['""', { type: "string" }],
  ])("%s is a value", async (text, schema) => {
    const { post } = await sender({ "application/json": { schema } });
    expect(await post("application/json", text)).toEqual(accepted);
    const { post: other } = await sender({ "application/json": { schema: { not: schema } } });
    expect((await other("application/json", text))[0]).toBe(422);
  });

  test("that is missing is refused, where it is needed", async () => {
    const content = { "application/json": { schema: {} } };
    expect(await (await sender(content)).post("application/json", "")).toEqual([422, []]);
    expect(await (await sender(content, false)).post("application/json", "")).toEqual(accepted);
  });

  test("needs no member that is readOnly, however deep in unions", async () => {
    const member = { required: ["id", "name"], properties: { id: { type: "string", readOnly: true }, name: {} } };
    const schema = { oneOf: [{ allOf: [member] }, { type: "null" }] };
    const { post } = await sender({ "application/json": { schema } });
    expect(await post("application/json", '{"name":"Ada"}')).toEqual(accepted);
    expect(await post("application/json", '{"id":"7"}')).toEqual([422, ["name: Required"]]);
  });

  test("keeps its digits", async () => {
    const { post, requests } = await sender({ "application/json": { schema: { const: 1 } } });
    await post("application/json", '{"id":9007199254740993}');
    expect(JSON.stringify(requests[0]!.body)).toBe('{"id":9007199254740992}');
  });
});

describe("the media type of a body", () => {
  const string = { schema: { type: "string" } };
  const object = { schema: { type: "object" } };

  test.each<[sent: string, described: Record<string, object>, status: number]>([
    ["application/json", { "application/json": object }, 204],
    ["Application/JSON; charset=utf-8", { "application/json": object }, 204],
    ["application/json", { "application/json; charset=utf-8": object }, 204],
    ["application/json", { "application/*": object }, 204],
    ["application/json", { "*/*": object }, 204],
    ["application/vnd.a+json", { "application/json": object }, 415],
    ["application/json", { "application/merge-patch+json": object }, 415],
    ["application/vnd.a+json", { "application/json": string, "application/vnd.a+json": object }, 204],
    ["text/plain", { "application/json": object }, 415],
    ["image/png", { "image/*": {}, "application/json": object }, 204],
    ["application/xml", { "application/xml": object }, 204],
    ["text/plain", { "text/plain": { schema: { type: "integer" } } }, 422],
    ["text/csv", { "text/csv": { schema: { type: "string", maxLength: 1 } } }, 422],
  ])("%s among %j: %i", async (sent, described, status) => {
    const { post } = await sender(described);
    expect((await post(sent, "{}"))[0]).toBe(status);
  });
});

describe("a form", () => {
  const schema = {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 2 },
      age: { type: "integer" },
      tags: { type: "array", items: { type: "integer" } },
      address: { type: "object", required: ["city"], properties: { city: { type: "string" } } },
      id: { type: "string", readOnly: true },
    },
  };
  const type = "application/x-www-form-urlencoded";

  test.each<[text: string, violations: string[], encoding?: object]>([
    ["name=Ada", []],
    ["name=A%C3%A9+b&age=5&tags=1&tags=2", []],
    ["name=Ada&tags=1", []],
    ["name=Ada&tags=%5B1,2%5D", []],
    ["name=Ada&tags=1,x", ["tags.1: Expected integer, received string"], { tags: { style: "form", explode: false } }],
    ["name=Ada&tags=1|2", [], { tags: { style: "pipeDelimited" } }],
    ["name=Ada&address=%7B%22city%22%3A%22Oslo%22%7D", []],
    ["name=Ada&address[city]=Oslo", [], { address: { style: "deepObject", explode: true } }],
    ["name=Ada&address[town]=Oslo", ["address.city: Required"], { address: { style: "deepObject", explode: true } }],
    ["name=Ada&address=Oslo", ["address: Expected object, received string"]],
    ["name=A", ["name: String must contain at least 2 character(s)"]],
    ["age=x", ["name: Required", "age: Expected integer, received string"]],
    ["name=Ada&age=", ["age: Expected integer, received string"]],
  ])("%s", async (text, violations, encoding) => {
    const { post } = await sender({ [type]: { schema, ...(encoding && { encoding }) } });
    expect(await post(type, text)).toEqual([violations.length > 0 ? 422 : 204, violations]);
  });

  test("in parts", async () => {
    const { post } = await sender({ "multipart/form-data": { schema } });
    const form = (fields: Record<string, string | Blob>[]) => {
      const data = new FormData();
      for (const [name, value] of fields.flatMap((one) => Object.entries(one))) data.append(name, value);
      const request = new Response(data);
      return request.blob().then((blob) => post(request.headers.get("content-type")!, blob));
    };
    const json = (value: unknown) => new Blob([JSON.stringify(value)], { type: "application/json" });
    expect(await form([{ name: "Ada", age: "5" }, { tags: "1" }, { tags: "2" }])).toEqual(accepted);
    expect(await form([{ name: "Ada", address: json({ city: "Oslo" }) }])).toEqual(accepted);
    expect(await form([{ name: "Ada", address: json({}) }])).toEqual([422, ["address.city: Required"]]);
    expect(await form([{ name: "A", age: "x" }])).toEqual([
      422,
      ["name: String must contain at least 2 character(s)", "age: Expected integer, received string"],
    ]);
    expect(await post("multipart/form-data; boundary=x", "nothing of that kind")).toEqual([400, []]);
    expect((await post("multipart/form-data", "--x\r\n"))[0]).toBe(400);
  });
});
