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
    ["/books?pageSize=many", "GET", { pageSize: ["Expected integer, received string"] }],
    ["/books?pageSize=51", "GET", { pageSize: ["Number must be less than or equal to 50"] }],
    ["/books/x", "DELETE", { bookId: ["Expected integer, received string"] }],
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
  const body = (schema: object, mediaType = "application/json") => ({ content: { [mediaType]: { schema } } });
  const answers = { 200: { description: "OK" } };
  const bad = { type: "string", pattern: "[" };
  const form = "application/x-www-form-urlencoded";

  const SCHEMAS: [where: string, put: object, warning: RegExp][] = [
    ["in a request body", { requestBody: body(bad), responses: answers }, /^pattern at .*\/requestBody\/content\/app/],
    [
      "in a form",
      { requestBody: body({ properties: { a: bad } }, form), responses: answers },
      /^pattern at .*\/content\/application~1x-www-form-urlencoded\/schema\/properties\/a/,
    ],
    [
      "in a parameter",
      { parameters: [{ name: "q", in: "query", schema: bad }], responses: answers },
      /^pattern at .*\/parameters\/0\/schema/,
    ],
    ["in an answer", { responses: { 404: { description: "No", ...body(bad) } } }, /^pattern at .*\/responses\/404\//],
    [
      "in a header of an answer",
      { responses: { 200: { description: "OK", headers: { "x-a": { schema: bad } } } } },
      /^pattern at .*\/headers\/x-a\/schema/,
    ],
    ["of an unknown type", { requestBody: body({ type: "text" }), responses: answers }, /^type at /],
    [
      "behind a reference to nothing",
      { requestBody: body({ $ref: "#/components/schemas/None" }), responses: answers },
      /^\$ref at .*#\/components\/schemas\/None/,
    ],
    [
      "of a body of XML",
      { requestBody: body({ type: "object" }, "text/xml"), responses: answers },
      /^bodies of text\/xml/,
    ],
    [
      "of a parameter that leads to nothing",
      { parameters: [{ $ref: "#/components/parameters/None" }], responses: answers },
      /^#\/components\/parameters\/None, which PUT \/a needs, is not there/,
    ],
  ];

  const documentOf = (put: object) => ({
    openapi: "3.1.0",
    info: { title: "A", version: "1" },
    paths: { "/a": { put } },
  });

  test.each(SCHEMAS)("%s is mocked", async (_, put) => {
    const { fetch } = await createMock({ spec: documentOf(put) });
    const [type] = Object.keys((put as { requestBody?: { content: object } }).requestBody?.content ?? {});
    const headers = type ? { "content-type": type } : {};
    const sent = type?.endsWith("json") ? '"x"' : type ? "a=1" : null;
    expect((await fetch("http://a.test/a?q=x", { method: "PUT", headers, body: sent })).status).not.toBe(500);
  });

  test.each(SCHEMAS)("%s is refused when it has to be right, and the schema named", async (_, put, warning) => {
    const reason = await createMock({ spec: documentOf(put), strict: true }).catch((error: Error) => error.message);
    const [, sentence] = /^Cannot load the given document: (.*)$/.exec(String(reason)) ?? [];
    expect(sentence).toMatch(warning);
  });

  test("is told of when its operation is first called", async () => {
    const paths = {
      "/a": { get: { responses: answers } },
      "/b": { put: { requestBody: body(bad), responses: answers } },
    };
    const mock = await createMock({ spec: { ...documentOf({}), paths } });
    await mock.fetch("http://a.test/a");
    expect(mock.warnings).toEqual([]);
    const send = () =>
      mock.fetch("http://a.test/b", { method: "PUT", headers: { "content-type": "application/json" }, body: "5" });
    expect((await send()).status).toBe(422);
    await send();
    expect(mock.warnings).toEqual([expect.stringMatching(/^pattern at #\/paths\/~1b\/put\//)]);
  });
});

test("a document whose examples break their schemas is refused when it has to be right, and each of them named", async () => {
  await expect(createMock({ spec: LIBRARY, strict: true })).rejects.toThrow(
    "Cannot load the given document: the example default of GET /books, response 200, breaks its schema: 0.tags: Required; " +
      "the example default of GET /books/{bookId}, response 200, breaks its schema: Expected object, received number",
  );
});

test("the shipped document is right", async () => {
  expect((await createMock({ strict: true })).warnings).toEqual([]);
});

test("all keywords of JSON Schema 2020-12 are checked, whatever dialect the document names", async () => {
  const schema = { prefixItems: [{ type: "string" }], items: false };
  const put = {
    requestBody: { content: { "application/json": { schema } } },
    responses: { 204: { description: "OK" } },
  };
  const paths = { "/a": { put } };
  for (const jsonSchemaDialect of [undefined, "https://spec.openapis.org/oas/3.1/dialect/base"]) {
    const spec = {
      openapi: "3.1.0",
      info: { title: "A", version: "1" },
      ...(jsonSchemaDialect && { jsonSchemaDialect }),
      paths,
    };
    const { fetch } = await createMock({ spec, strict: true });
    const send = async (value: unknown) => (await fetch(json("PUT", "/a", value))).status;
    expect([await send(["x"]), await send([1]), await send(["x", "y"])]).toEqual([204, 422, 422]);
  }
});

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
