import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { OpenApiError, readApi, readApiFile } from "../src/index.ts";
import { documentOf, documentWith } from "./document.ts";

const id = { name: "id", in: "path", required: true };

test.each([
  [
    "a reference to nothing",
    documentOf({ responses: { "200": { $ref: "#/components/responses/Pets" } } }),
    "#/paths/~1pets/get/responses/200: the reference #/components/responses/Pets points to nothing. Define it there, or mend the reference.",
  ],
  [
    "a schema that refers to nothing",
    documentWith({
      components: { schemas: { Pet: { properties: { owner: { $ref: "#/components/schemas/Owner" } } } } },
    }),
    "#/components/schemas/Pet/properties/owner: the reference #/components/schemas/Owner points to nothing. Define it there, or mend the reference.",
  ],
  [
    "a mistake in what nothing uses",
    documentWith({ components: { responses: { Gone: { headers: { A: { $ref: "#/components/headers/A" } } } } } }),
    "#/components/responses/Gone/headers/A: the reference #/components/headers/A points to nothing. Define it there, or mend the reference.",
  ],
  [
    "a reference to another file",
    documentOf({ parameters: [{ $ref: "parameters.yaml#/Limit" }] }),
    "#/paths/~1pets/get/parameters/0: the reference parameters.yaml#/Limit leads out of the document. Bundle it first: `redocly bundle` puts all into one file.",
  ],
  [
    "an anchor that is nowhere",
    documentWith({ components: { schemas: { Pet: { $ref: "#pet" } } } }),
    "#/components/schemas/Pet: the reference #pet names an anchor that no schema has. Add `$anchor: pet` to one.",
  ],
  [
    "references in a circle",
    documentOf(
      { parameters: [{ $ref: "#/components/parameters/A" }] },
      {
        components: {
          parameters: { A: { $ref: "#/components/parameters/B" }, B: { $ref: "#/components/parameters/A" } },
        },
      },
    ),
    "#/paths/~1pets/get/parameters/0: the reference leads back to itself. Write its contents in one place.",
  ],
  [
    "two operations with one id",
    documentWith({ paths: { "/a": { get: { operationId: "read" } }, "/b": { put: { operationId: "read" } } } }),
    "#/paths/~1b/put: the operationId read is that of #/paths/~1a/get too. Give one of them another.",
  ],
  [
    "one path item at two paths, so that its id is there twice",
    documentWith({ paths: { "/a": { get: { operationId: "read" } }, "/b": { $ref: "#/paths/~1a" } } }),
    "#/paths/~1a/get: the operationId read is that of #/paths/~1a/get too. Give one of them another.",
  ],
  [
    "a webhook with the id of an operation",
    documentOf({ operationId: "read" }, { webhooks: { pet: { post: { operationId: "read" } } } }),
    "#/webhooks/pet/post: the operationId read is that of #/paths/~1pets/get too. Give one of them another.",
  ],
  [
    "a callback with the id of an operation",
    documentOf({ operationId: "read", callbacks: { done: { "{$url}": { post: { operationId: "read" } } } } }),
    "#/paths/~1pets/get/callbacks/done/{$url}/post: the operationId read is that of #/paths/~1pets/get too. Give one of them another.",
  ],
  [
    "a template without its parameter",
    documentWith({ paths: { "/pets/{id}/{toy}": { parameters: [id], get: {} } } }),
    "#/paths/~1pets~1{id}~1{toy}/get: GET /pets/{id}/{toy} has no parameter for {toy}. Add one with `name: toy` and `in: path`.",
  ],
  [
    "a parameter without its template",
    documentOf({ parameters: [id] }),
    "#/paths/~1pets/get: GET /pets has a path parameter id, but no {id} to put it in. Mend one of the two.",
  ],
  [
    "a cycle of path items",
    documentWith({
      paths: { "/a": { $ref: "#/paths/~1b" }, "/b": { get: {}, $ref: "#/paths/~1c" }, "/c": { $ref: "#/paths/~1b" } },
    }),
    "#/paths/~1a: the path item leads back to itself through #/paths/~1b. Describe its operations in one of them.",
  ],
  [
    "a parameter that is listed twice",
    documentOf({
      parameters: [
        { name: "a", in: "query" },
        { name: "a", in: "query" },
      ],
    }),
    "#/paths/~1pets/get/parameters/1: the query parameter a is listed twice. Remove one.",
  ],
  [
    "a security scheme that is not there",
    documentOf({ security: [{ token: [] }] }),
    "#/paths/~1pets/get/security/0/token: there is no security scheme token. Define it under components.securitySchemes.",
  ],
  [
    "a link to no operation",
    documentOf({ responses: { "200": { description: "", links: { next: { operationId: "reed" } } } } }),
    "#/paths/~1pets/get/responses/200/links/next: the link leads to reed, but no operation has this id.",
  ],
  [
    "a variable of a server that is not described",
    documentWith({ servers: [{ url: "https://{env}.example.com" }] }),
    "#/servers/0: the address has {env}, but no variable env. Add it under `variables`, with a default.",
  ],
  [
    "a status that is none",
    documentOf({ responses: { "20O": { description: "" } } }),
    '#/paths/~1pets/get/responses/20O: 20O is no status. Write one such as "200", "4XX" for all of a kind, or "default".',
  ],
  [
    "a list that is none",
    documentOf({ parameters: { limit: {} } }),
    "#/paths/~1pets/get/parameters: this must be a list.",
  ],
  [
    "an operation that is none",
    documentWith({ paths: { "/a": { get: "soon" } } }),
    "#/paths/~1a/get: this must be an object.",
  ],
  [
    "an operation that was left empty",
    documentWith({ paths: { "/a": { get: null } } }),
    "#/paths/~1a/get: this must be an object.",
  ],
  [
    "a parameter of the body, as in Swagger",
    documentOf({ parameters: [{ name: "pet", in: "body" }] }),
    "#/paths/~1pets/get/parameters/0: the parameter pet needs an `in`: one of path, query, querystring, header, cookie.",
  ],
  ["Swagger 2.0", { swagger: "2.0" }, "#: this is Swagger 2.0. Convert it to OpenAPI 3.1 first."],
  ["another version", documentWith({}, "4.0.0"), "#: `openapi` must be 3.0, 3.1 or 3.2, and is 4.0.0."],
])("%s is refused with its place and the remedy", (_, document, message) => {
  expect(() => readApi(document)).toThrow(
    new OpenApiError(message.slice(0, message.indexOf(": ")), message.slice(message.indexOf(": ") + 2)),
  );
});

test.each([
  [
    "yaml",
    "openapi: 3.1.0\ninfo: { title: Pets, version: 1 }\npaths:\n  /pets:\n    get:\n      responses:\n        200: { $ref: '#/no' }\n",
    ":7:14",
  ],
  [
    "json",
    '{\n  "openapi": "3.1.0",\n  "info": {"title": "", "version": ""},\n  "paths": {\n    "/a": {"get": {"parameters": [\n      {"$ref": "#/no"}\n    ]}}}\n}',
    ":6:7",
  ],
])("of a file in %s the line and the column are named", async (extension, source, place) => {
  const folder = await mkdtemp(join(tmpdir(), "openapi-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, `openapi.${extension}`);
  await writeFile(file, source);
  await expect(readApiFile(file)).rejects.toThrow(`${file}${place} (#/paths/`);
});
