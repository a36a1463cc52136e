import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const OK = { 200: { description: "OK" } };
const P = { $ref: "#/components/schemas/P" };

/** Documents of one schema, JSON bodies, and whether they are right. */
const BODIES: [name: string, schema: unknown, body: string, isRight: boolean, openapi?: string][] = [
  ["what stands beside a reference", { properties: { x: { ...P, maxLength: 1 } } }, '{"x":"abc"}', false],
  [
    "what stands beside a reference, in 3.0",
    { properties: { x: { ...P, maxLength: 1 } } },
    '{"x":"abc"}',
    true,
    "3.0.3",
  ],
  ["readOnly beside a reference", { required: ["x"], properties: { x: { ...P, readOnly: true } } }, "{}", true],
  [
    "required readOnly below oneOf",
    { oneOf: [{ required: ["x"], properties: { x: { readOnly: true } } }] },
    "{}",
    true,
  ],
  ["the text false", { type: "boolean" }, "false", true],
  ["the text 0", { type: "integer" }, "0", true],
  ["the text null", { type: "null" }, "null", true],
  ["an empty text", { type: "string" }, '""', true],
  ["no body", { type: "string" }, "", false],
  ["19.99 as cents", { multipleOf: 0.01 }, "19.99", true],
  ["a fraction of a cent", { multipleOf: 0.01 }, "1e-9", false],
  ["0.3 as tenths", { multipleOf: 0.1 }, "0.3", true],
  ["a large number of tenths", { multipleOf: 0.1 }, "12345678901.1", true],
  ["a multiple above 2^53", { multipleOf: 3 }, "9007199254740993", true],
  ["1.12 as twentieths", { multipleOf: 0.05 }, "1.12", false],
  ["the schema false", false, "1", false],
  ["members of the prototype", { type: "object", required: ["hasOwnProperty"] }, "{}", false],
  ["a member named __proto__", { type: "object", required: ["__proto__"] }, '{"__proto__":1}', true],
  ["the same $id twice", { properties: { a: { $id: "http://x/a" }, b: { $id: "http://x/a" } } }, '{"a":1}', true],
  ["a reference that leads to nothing", { $ref: "#/components/schemas/None" }, "1", true],
  ["a reference that leads to itself", { $ref: "#/components/schemas/Self" }, "1", true],
  ["nullable without a type", { nullable: true }, "null", true],
  ["a pattern that is wrong with the flag u", { pattern: "^[\\w-.]+$" }, '"a b"', false],
  ["a value that an enum has twice", { enum: ["a", "a"] }, '"b"', false],
  ["a type that is null itself", { type: ["string", null] }, '"b"', true],
  ["a minimum that is a text", { minimum: "5" }, "1", true],
  ["required that is no list", { properties: { a: { required: true } } }, "{}", true],
  [
    "a wrong pattern in another member",
    { properties: { a: { pattern: "(" }, b: { type: "string" } } },
    '{"b":1}',
    false,
  ],
  ["an unknown format", { type: "string", format: "weird" }, '"x"', true],
  ["a discriminator that is a text", { discriminator: "kind", type: "object" }, "{}", true],
];

test.each(BODIES)("a body is judged by the schema alone: %s", async (_, schema, body, isRight, openapi = "3.1.0") => {
  const put = { requestBody: { required: true, content: { "application/json": { schema } } }, responses: OK };
  const { fetch } = await createMock({
    spec: {
      openapi,
      info: { title: "A", version: "1" },
      paths: { "/": { put } },
      components: { schemas: { P: { type: "string" }, Self: { $ref: "#/components/schemas/Self" } } },
    },
  });
  const headers = { "content-type": "application/json" };
  expect((await fetch("http://mock/", { method: "PUT", headers, body })).status).toBe(isRight ? 200 : 422);
});

test.each([
  "https://spec.openapis.org/oas/3.1/dialect/base",
  "http://json-schema.org/draft-07/schema#",
  "https://unknown.example/dialect",
  5,
])("bodies are checked in the dialect %s", async (jsonSchemaDialect) => {
  const put = { requestBody: { content: { "application/json": { schema: { type: "string" } } } }, responses: OK };
  const { fetch } = await createMock({
    spec: { openapi: "3.1.0", jsonSchemaDialect, info: { title: "A", version: "1" }, paths: { "/": { put } } },
  });
  const headers = { "content-type": "application/json" };
  expect((await fetch("http://mock/", { method: "PUT", headers, body: "1" })).status).toBe(422);
});

/** Addresses of servers, and paths under which `/a` is found, or is not. */
const SERVERS: [url: string, path: string, isFound: boolean][] = [
  ["https://x/v1", "/v1/a", true],
  ["https://x/v1", "/a", true],
  ["https://x/v1", "/v2/a", false],
  ["/v1/", "/v1/a", true],
  ["./api", "/api/a", true],
  ["https://{host}.x/{version}", "/v2/a", true],
  ["https://{host}.x/{version}", "/v3/a", false],
  ["https://x/v%201", "/v%201/a", true],
];

test.each(SERVERS)("under %s, %s is found: %s", async (url, path, isFound) => {
  const variables = { host: { default: "q" }, version: { default: "v2", enum: ["v1", "v2"] } };
  const { fetch } = await createMock({
    spec: {
      openapi: "3.1.0",
      info: { title: "A", version: "1" },
      servers: [{ url, variables }],
      paths: { "/a": { get: { responses: OK } } },
    },
  });
  expect((await fetch(`http://mock${path}`)).status).toBe(isFound ? 200 : 404);
});

test.each([
  "Content-Encoding",
  "Content-Length",
  "Transfer-Encoding",
  "Connection",
  "Keep-Alive",
  "Upgrade",
  "Trailer",
])("the connection is not told what the document says of %s", async (name) => {
  const headers = { [name]: { schema: {}, example: "gzip" } };
  const responses = { 200: { description: "OK", headers, content: { "text/plain": { example: "hello" } } } };
  const { fetch } = await createMock({
    spec: { openapi: "3.1.0", info: { title: "A", version: "1" }, paths: { "/": { get: { responses } } } },
  });
  const response = await fetch("http://mock/");
  expect([response.headers.get(name) === "gzip", await response.text()]).toEqual([false, "hello"]);
});
