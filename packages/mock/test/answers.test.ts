import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

type Json = Record<string, unknown>;

/** A mock of one operation, `GET /`, with these answers. */
function mockOf(responses: Json, { openapi = "3.1.0", operation = {}, ...more }: Json = {}) {
  return createMock({
    spec: {
      openapi,
      info: { title: "One", version: "1" },
      paths: { "/": { get: { responses, ...(operation as Json) } } },
      ...more,
    },
  });
}

async function ask(responses: Json, more?: Json, prefer?: string): Promise<Response> {
  const mock = await mockOf(responses, more);
  return mock.fetch("http://mock/", { headers: prefer === undefined ? {} : { prefer } });
}

function ok(content: Json, headers: Json = {}): Json {
  return { 200: { description: "", headers, content } };
}

function okJson(schema: Json | boolean, more: Json = {}): Json {
  return ok({ "application/json": { schema, ...more } });
}

test("headers that only a server can know are not sent as the document says", async () => {
  const names = ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Connection", "Date", "Trailer", "Upgrade"];
  const headers = Object.fromEntries(names.map((name) => [name, { schema: { type: "string" }, example: "gzip" }]));
  const response = await ask(ok({ "application/json": { example: { whole: true } } }, headers));
  expect(Object.fromEntries(response.headers)).toEqual({ "content-type": "application/json" });
  expect(await response.json()).toEqual({ whole: true });
});

test.each([
  ["a list", { schema: { type: "array", items: { type: "string" } }, example: ["a", "b"] }, "a,b"],
  ["an object", { schema: { type: "object" }, example: { a: 1, b: true } }, "a,1,b,true"],
  [
    "an object whose members are apart",
    { schema: { type: "object" }, explode: true, example: { a: 1, b: 2 } },
    "a=1,b=2",
  ],
  ["a boolean", { schema: { type: "boolean" }, example: false }, "false"],
  ["a number of its schema", { schema: { type: "integer", minimum: 7 } }, "7"],
  ["a list of its schema", { schema: { type: "array", items: { enum: ["x"] }, minItems: 2 } }, "x,x"],
  ["JSON", { content: { "application/json": { schema: { type: "object" }, example: { a: [1] } } } }, '{"a":[1]}'],
  ["what has been written already", { schema: { type: "array", items: {} }, example: "a, b" }, "a, b"],
  ["more than a header may hold", { schema: { type: "string" }, example: "1 €\r\nx: y" }, "1 %E2%82%AC%0D%0Ax: y"],
  ["a large integer", { schema: { type: "integer" }, example: 9007199254740993n }, "9007199254740993"],
  ["null", { schema: { type: ["string", "null"] }, example: null }, null],
  [
    "one of several examples",
    { schema: { type: "string" }, examples: { first: { value: "1" }, second: { value: "2" } } },
    "1",
  ],
])("a header is written that is %s", async (_, header, expected) => {
  const response = await ask(ok({ "application/json": { example: 1 } }, { "X-Header": header }));
  expect(response.headers.get("x-header")).toBe(expected);
  expect(response.headers.get("sl-violations")).toBeNull();
});

test("a header that breaks its schema is reported", async () => {
  const headers = { "X-Rate": { schema: { type: "integer", maximum: 5 }, example: 6 } };
  const response = await ask(ok({ "application/json": { example: 1 } }, headers));
  expect(response.headers.get("x-rate")).toBe("6");
  expect(JSON.parse(response.headers.get("sl-violations")!)).toEqual([
    {
      location: ["response", "header", "X-Rate"],
      severity: "Error",
      code: "maximum",
      message: "Response header parameter X-Rate must be <= 5",
    },
  ]);
});

const ACCOUNT = {
  type: "object",
  required: ["name", "password"],
  properties: {
    name: { type: "string" },
    password: { type: "string", writeOnly: true },
    owner: { allOf: [{ type: "object", properties: { pin: { type: "string", writeOnly: true }, id: { const: 1 } } }] },
  },
};

test.each([
  ["an example", { example: { name: "n", password: "p", owner: { pin: "1", id: 1 } } }, undefined],
  ["what the schema stands for", {}, undefined],
  ["what is made up", {}, "dynamic=true"],
])("writeOnly members are not in an answer that is %s", async (_, more, prefer) => {
  const response = await ask(okJson(ACCOUNT, more), {}, prefer);
  const body = (await response.json()) as { name: unknown; owner: unknown };
  expect(body).toEqual({ name: expect.any(String), owner: { id: 1 } });
  expect(response.headers.get("sl-violations")).toBeNull();
});

test("the digits of large integers are kept", async () => {
  const schema = { type: "object", properties: { id: { type: "integer", format: "int64" } } };
  const example = { id: 9007199254740993n, list: [123456789012345678901234567890n] };
  const response = await ask(okJson(schema, { example }));
  expect(await response.text()).toBe('{"id":9007199254740993,"list":[123456789012345678901234567890]}');
  const fromSchema = await ask(okJson({ type: "integer", examples: [9007199254740993n] }));
  expect(await fromSchema.text()).toBe("9007199254740993");
});

test("XML is written as Prism's server writes it", async () => {
  const schema = { type: "object", properties: { a: { type: "integer", minimum: 1 }, b: { const: "<" } } };
  const response = await ask(ok({ "application/xml": { schema } }));
  expect(await response.text()).toBe("<xml><a>1</a><b>&lt;</b></xml>");
});

test("an example that is written already is no value of its schema", async () => {
  const response = await ask(ok({ "application/xml": { schema: { type: "object" }, example: "<a/>" } }));
  expect(await response.text()).toBe("<a/>");
  expect(response.headers.get("sl-violations")).toBeNull();
});

test.each([204, 205, 304])("an answer of %d has no body", async (status) => {
  const response = await ask({ [status]: { description: "", content: { "application/json": { example: 1 } } } });
  expect([response.status, await response.text()]).toEqual([status, ""]);
});

test.each([
  ["default", "418", 418],
  ["4XX", "451", 451],
  ["2XX", undefined, 200],
  ["default", undefined, 200],
])("an answer under %s is given for %s", async (key, code, status) => {
  const content = { "application/json": { example: "this" } };
  const response = await ask({ [key]: { description: "", content } }, {}, code && `code=${code}`);
  expect([response.status, await response.json()]).toEqual([status, "this"]);
});

test.each([{}, undefined, { "x-note": {} }])(
  "an operation whose answers are %j has one without a body",
  async (responses) => {
    const response = await ask(responses as Json);
    expect([response.status, await response.text()]).toEqual([200, ""]);
  },
);

test("an answer needs no description", async () => {
  const response = await ask({ 201: {} });
  expect(response.status).toBe(201);
});

test("examples of OpenAPI 3.2 are sent", async () => {
  const examples = { data: { dataValue: { a: 1 } }, text: { serializedValue: '{"a":9007199254740993}' } };
  const content = okJson({ type: "object" }, { examples });
  expect(await (await ask(content, { openapi: "3.2.0" })).json()).toEqual({ a: 1 });
  expect(await (await ask(content, { openapi: "3.2.0" }, "example=text")).text()).toBe('{"a":9007199254740993}');
});

test("what stands beside a reference counts since OpenAPI 3.1, and not before", async () => {
  const schema = { $ref: "#/components/schemas/Name", example: "Ada" };
  const components = { schemas: { Name: { type: "string", example: "Bob" } } };
  expect(await (await ask(okJson(schema), { components })).json()).toBe("Ada");
  expect(await (await ask(okJson(schema), { components, openapi: "3.0.3" })).json()).toBe("Bob");
});

test("an example is data, even where it looks like a reference", async () => {
  const example = { $ref: "#/components/schemas/Name" };
  const properties = { link: { type: "object", example } };
  const response = await ask(okJson({ type: "object", properties }));
  expect(await response.json()).toEqual({ link: example });
});

test.each(["/oauth2/token#refresh", "/a~1b", "/%7Bx%7D", "/{id}#{x}"])("the path %s is read", async (path) => {
  const { readOperation } = await import("../src/document/one-operation.ts");
  const { listOperations } = await import("../src/document/operations.ts");
  const { readSource } = await import("../src/document/source.ts");
  const responses = okJson({ $ref: "#/components/schemas/Loop" });
  const source = await readSource({
    openapi: "3.2.0",
    info: { title: "One", version: "1" },
    paths: { [path]: { query: { responses }, get: { responses } }, "/": { get: { responses } } },
    components: { schemas: { Loop: { type: "object", properties: { in: { $ref: "#/components/schemas/Loop" } } } } },
  });
  for (const operation of listOperations(source, expect.fail)) {
    const [answer] = readOperation(operation).responses;
    expect(answer?.contents?.[0]?.schema?.properties).toEqual({ in: { $ref: "#/__bundled__/0" } });
  }
});

test("credentials of a kind that Prism does not know are not asked for", async () => {
  const components = {
    securitySchemes: { card: { type: "mutualTLS" }, key: { $ref: "#/components/x-key" } },
    "x-key": { type: "apiKey", in: "header", name: "X-Key" },
  };
  const responses = ok({ "application/json": { example: 1 } });
  expect((await ask(responses, { components, security: [{ card: [] }] })).status).toBe(200);
  expect((await ask(responses, { components, security: [{ key: [] }] })).status).toBe(401);
  expect((await ask(responses, { components, security: [{ key: [] }, {}] })).status).toBe(200);
  expect((await ask(responses, { components, security: [{ key: [] }], operation: { security: [] } })).status).toBe(200);
});

test.each([
  [
    'Digest username="Mufasa", realm="a@b.org", uri="/dir/?a=b, c", algorithm=MD5, nonce="7y/+=", nc=00000001, cnonce="f2/wE", qop=auth, response="87"',
    200,
  ],
  ['digest username*=UTF-8\'\'J%C3%A4s,realm="a \\"b\\"", nonce=n, uri="/", response="1"', 200],
  ['Digest realm="username=", nonce="n", uri="/", response="1"', 401],
  ['Digest username="a", realm="b", nonce="c", uri="/"', 401],
  ["Bearer token", 401],
])("credentials of Digest are read as RFC 7616 writes them: %s", async (authorization, status) => {
  const securitySchemes = { digest: { type: "http", scheme: "digest" } };
  const { fetch } = await createMock({
    spec: {
      openapi: "3.1.0",
      info: { title: "A", version: "1" },
      paths: { "/": { get: { responses: { 200: { description: "OK" } } } } },
      components: { securitySchemes },
      security: [{ digest: [] }],
    },
  });
  expect((await fetch("http://mock/", { headers: { authorization } })).status).toBe(status);
});
