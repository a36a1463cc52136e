import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const LIBRARY = {
  openapi: "3.0.3",
  info: { title: "Library", version: "1" },
  paths: {
    "/books": {
      get: {
        parameters: [{ name: "pageSize", in: "query", schema: { type: "integer", maximum: 50 } }],
        responses: {
          200: {
            description: "A page.",
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Books" }, example: [{ title: "Emma" }] },
            },
          },
        },
      },
      put: {
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Book" } } },
        },
        responses: {
          200: { description: "Kept.", content: { "text/plain": { example: "kept" } } },
          default: {
            description: "Anything else.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Fault" } } },
          },
        },
      },
    },
    "/books/{bookId}": {
      parameters: [{ name: "bookId", in: "path", required: true, schema: { type: "integer" } }],
      get: {
        responses: {
          200: {
            description: "Breaks its schema.",
            content: { "application/json": { schema: { type: "object" }, example: 5 } },
          },
        },
      },
      delete: {
        responses: { 204: { description: "Gone." }, 422: { description: "Not valid." } },
      },
    },
  },
  components: {
    schemas: {
      Books: { type: "array", items: { $ref: "#/components/schemas/Book" } },
      Book: {
        type: "object",
        required: ["title", "tags"],
        additionalProperties: false,
        properties: {
          isbn: { type: "string", pattern: "^\\d{13}$" },
          title: { type: "string", minLength: 2 },
          tags: { type: "array", items: { type: "string" } },
          pages: { type: "integer", minimum: 1 },
        },
      },
      Fault: { type: "object" } as Record<string, unknown>,
    },
  },
};

function json(method: string, path: string, body?: unknown): Request {
  return new Request(`http://library.test${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

describe("a document that does not say how its errors look", async () => {
  const { fetch } = await createMock({ spec: LIBRARY });

  test("is mocked with all of its operations", async () => {
    const list = await fetch(json("GET", "/books?pageSize=5"));
    expect([list.status, await list.json()]).toEqual([200, [{ title: "Emma" }]]);
    const kept = await fetch(json("PUT", "/books", { title: "Emma", tags: ["novel"] }));
    expect([kept.status, kept.headers.get("content-type"), await kept.text()]).toEqual([200, "text/plain", "kept"]);
    const gone = await fetch(json("DELETE", "/books/7"));
    expect([gone.status, await gone.text()]).toEqual([204, ""]);
  });

  test("keeps the problem details of Prism", async () => {
    const response = await fetch(json("GET", "/books?pageSize=many"));
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY",
      title: "Invalid request",
      status: 422,
      detail:
        "Your request is not valid and no HTTP validation response was found in the spec, so Prism is generating this error for you.",
      validation: [
        {
          location: ["query", "pagesize"],
          severity: "Error",
          code: "type",
          message: "Request query parameter pagesize must be integer",
        },
      ],
    });
  });

  test("gets problem details for what Prism cannot take", async () => {
    const response = await fetch("http://library.test/books/%zz");
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "The path is not valid percent-encoding",
    });
  });

  test("names every allowed method beside a 405", async () => {
    const response = await fetch(json("PATCH", "/books/7"));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, DELETE");
  });

  test("has an example that breaks its schema reported in a header", async () => {
    const response = await fetch(json("GET", "/books/7"));
    expect(response.status).toBe(200);
    expect(JSON.parse(response.headers.get("sl-violations") ?? "")).toEqual([
      { location: ["response", "body"], severity: "Error", code: "type", message: "Response body must be object" },
    ]);
  });

  test("is left as it was given", () => {
    expect(LIBRARY.paths["/books"].put.requestBody.content["application/json"].schema).toEqual({
      $ref: "#/components/schemas/Book",
    });
  });
});

describe("a document that says in its own way how its errors look", async () => {
  const spec = structuredClone(LIBRARY);
  spec.components.schemas.Fault["x-error-body"] = {
    fields: { faults: ["$fields"], kind: "fields" },
    general: { text: "$message", at: { time: "$now" }, code: 7 },
  };
  const { fetch } = await createMock({ spec });

  test("gets the faults of each field in the order of its schema", async () => {
    const response = await fetch(
      json("PUT", "/books", { pages: 0, tags: ["a", 1], title: "E", colour: "red", isbn: "1" }),
    );
    expect(response.status).toBe(422);
    expect(JSON.stringify(await response.json())).toBe(
      JSON.stringify({
        faults: [
          {
            isbn: ["Invalid input: must match the pattern ^\\d{13}$"],
            title: ["String must contain at least 2 character(s)"],
            tags: ["1: Expected string, received number"],
            pages: ["Number must be greater than or equal to 1"],
            colour: ["Unrecognized key"],
          },
        ],
        kind: "fields",
      }),
    );
  });

  test.each([
    ["/books?pageSize=many", "GET", { pageSize: ["Expected integer"] }],
    ["/books?pageSize=51", "GET", { pageSize: ["Number must be less than or equal to 50"] }],
    ["/books/x", "DELETE", { bookId: ["Expected integer"] }],
  ])("gets the parameter of %s named", async (path, method, fields) => {
    const response = await fetch(json(method, path));
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ faults: [fields], kind: "fields" });
  });

  test("gets one sentence for anything else", async () => {
    const response = await fetch(json("GET", "/shelves"));
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      text: expect.stringContaining("/shelves"),
      at: { time: expect.stringContaining("T") },
      code: 7,
    });
  });
});

describe("a document with a schema that cannot be checked", () => {
  const body = (schema: object) => ({ content: { "application/json": { schema } } });
  const answers = { 200: { description: "OK" } };
  const bad = { type: "string", pattern: "[" };

  test.each<[string, object, RegExp]>([
    ["in a request body", { requestBody: body(bad), responses: answers }, /PUT \/a, request body application\/json/],
    [
      "in a form",
      {
        requestBody: { content: { "application/x-www-form-urlencoded": { schema: { properties: { a: bad } } } } },
        responses: answers,
      },
      /PUT \/a, request body application\/x-www-form-urlencoded/,
    ],
    [
      "in a parameter",
      { parameters: [{ name: "q", in: "query", schema: bad }], responses: answers },
      /PUT \/a, query parameters/,
    ],
    [
      "in an answer",
      { responses: { 404: { description: "No", ...body(bad) } } },
      /PUT \/a, response 404 application\/json/,
    ],
    [
      "in a header of an answer",
      { responses: { 200: { description: "OK", headers: { "x-a": { schema: bad } } } } },
      /PUT \/a, response 200, headers/,
    ],
    ["of an unknown type", { requestBody: body({ type: "text" }), responses: answers }, /schema is invalid/],
  ])("%s is refused, and the schema named", async (_, put, reason) => {
    const spec = { openapi: "3.1.0", info: { title: "A", version: "1" }, paths: { "/a": { put } } };
    await expect(createMock({ spec })).rejects.toThrow("Cannot load the given document: the schema of ");
    await expect(createMock({ spec })).rejects.toThrow(reason);
  });

  test("is refused when its dialect is unknown", async () => {
    const jsonSchemaDialect = "https://spec.openapis.org/oas/3.1/dialect/base";
    const spec = structuredClone(LIBRARY);
    await expect(createMock({ spec: { ...spec, openapi: "3.1.0", jsonSchemaDialect } })).rejects.toThrow(
      `no schema with key or ref "${jsonSchemaDialect}"`,
    );
  });
});

test("a document whose examples break their schemas is mocked, with a warning for each", async () => {
  const mock = await createMock({ spec: LIBRARY });
  expect(mock.warnings).toEqual([
    "the example default of GET /books, response 200, breaks its schema: 0.tags: Required",
    "the example default of GET /books/{bookId}, response 200, breaks its schema: Expected object, received number",
  ]);
  expect((await createMock()).warnings).toEqual([]);
});

test.each([
  ["3.1.0", undefined, ["prefixItems", "unevaluatedProperties"]],
  ["3.1.0", "https://json-schema.org/draft/2020-12/schema", []],
])(
  "a document of OpenAPI %s with the dialect %s is mocked, with a warning for each keyword that is not checked",
  async (openapi, jsonSchemaDialect, keywords) => {
    const schema = {
      properties: { minContains: { prefixItems: [{ enum: [{ maxContains: 1 }] }] } },
      allOf: [{ unevaluatedProperties: false }],
    };
    const put = {
      requestBody: { content: { "application/json": { schema } } },
      responses: { 204: { description: "OK" } },
    };
    const spec = { openapi, jsonSchemaDialect, info: { title: "A", version: "1" }, paths: { "/a": { put } } };
    const { warnings } = await createMock({ spec: JSON.parse(JSON.stringify(spec)) });
    expect(warnings).toEqual(
      keywords.map(
        (keyword) =>
          `${keyword} in the schema of PUT /a, request body application/json, is not checked; add jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema to the document`,
      ),
    );
  },
);

test("an interim status is never the answer", async () => {
  const get = { responses: { 101: { description: "Switching" }, 200: { description: "OK" } } };
  const { fetch } = await createMock({
    spec: { openapi: "3.0.3", info: { title: "A", version: "1" }, paths: { "/a": { get } } },
  });
  expect((await fetch("http://a.test/a", { headers: { prefer: "code=101" } })).status).toBe(422);
});

describe("a document in a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mock-"));
    await writeFile(join(folder, "library.json"), JSON.stringify(LIBRARY));
    await writeFile(join(folder, "broken.json"), '{"openapi":');
    await writeFile(join(folder, "empty.yaml"), "openapi: 3.1.0\npaths: {}\n");
    await writeFile(join(folder, "other.yaml"), "hello: world\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each<[string, (file: string) => string | URL]>([
    ["path", (file) => file],
    ["URL", (file) => pathToFileURL(file)],
  ])("is found by its %s", async (_, locate) => {
    const mock = await createMock({ spec: locate(join(folder, "library.json")) });
    const response = await mock.fetch("http://library.test/books");
    expect(response.status).toBe(200);
  });

  test.each([
    ["missing.json", "no such file"],
    ["broken.json", "unexpected end"],
    ["empty.yaml", "describes no operation"],
    ["other.yaml", "it is not an OpenAPI 3.x document"],
  ])("that is %s is refused with its name and the reason", async (name, reason) => {
    const spec = join(folder, name);
    await expect(createMock({ spec })).rejects.toThrow(`Cannot load ${spec}: `);
    await expect(createMock({ spec })).rejects.toThrow(reason);
  });
});
