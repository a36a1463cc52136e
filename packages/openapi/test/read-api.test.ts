import { expect, test } from "vitest";
import { readApi } from "../src/index.ts";
import { documentOf, documentWith } from "./document.ts";

const read = (operation: object, parts: object = {}, openapi = "3.1.0") => {
  const [first] = readApi(documentOf(operation, parts, openapi)).operations;
  return first!;
};
const ok = { "200": { description: "Done." } };

test("a document says what it is called, and a version that YAML takes for a number is text", () => {
  const document = documentWith({ info: { title: "Pets", version: 1.1, summary: "All pets", description: "Words" } });
  expect(readApi(document)).toMatchObject({ title: "Pets", version: "1.1", summary: "All pets", description: "Words" });
});

test("operations come in the document's order, with the method as it is sent, and extensions are none", () => {
  const paths = {
    "/b": { post: { responses: ok }, get: { responses: ok }, "x-note": { get: {} } },
    "x-paths": { get: {} },
    "/a": { delete: { responses: ok } },
  };
  const { operations } = readApi(documentWith({ paths }));
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /b", "GET /b", "DELETE /a"]);
  expect(operations[0]!.pointer).toBe("#/paths/~1b/post");
});

test("an operation without an id is called after its method and path, and no two are called the same", () => {
  const paths = {
    "/pets/{petId}": {
      parameters: [{ name: "petId", in: "path" }],
      get: {},
      put: { operationId: "getPetsPetId" },
    },
    "/pets-{petId}": { get: { parameters: [{ name: "petId", in: "path" }] } },
    "/아이/{이름}": { get: { parameters: [{ name: "이름", in: "path" }] } },
    "/b%C3%BCcher": { get: {} },
  };
  const { operations } = readApi(documentWith({ paths }));
  expect(operations.map(({ id }) => id)).toEqual([
    "getPetsPetId2",
    "getPetsPetId",
    "getPetsPetId3",
    "get아이이름",
    "getBücher",
  ]);
});

test("path items are read where their references lead, and what is nearer wins", () => {
  const document = documentWith({
    paths: {
      "/pets": { $ref: "#/components/pathItems/Pets", summary: "Near" },
      "/dogs": { $ref: "#/paths/~1pets" },
    },
    components: { pathItems: { Pets: { summary: "Far", get: { responses: ok }, description: "Words" } } },
  });
  const { operations } = readApi(document);
  expect(operations).toMatchObject([
    { path: "/pets", method: "GET", summary: "Near", description: "Words", pointer: "#/components/pathItems/Pets/get" },
    { path: "/dogs", method: "GET", summary: "Near" },
  ]);
});

test("an operation has the parameters of its path, and its own in place of equal ones", () => {
  const paths = {
    "/pets/{id}": {
      parameters: [
        { name: "id", in: "path", description: "Path's" },
        { name: "id", in: "query", description: "Another" },
        { $ref: "#/components/parameters/Limit" },
      ],
      get: { parameters: [{ name: "id", in: "path", description: "Own" }], responses: ok },
    },
  };
  const components = { parameters: { Limit: { name: "limit", in: "query", required: true } } };
  const [operation] = readApi(documentWith({ paths, components })).operations;
  expect(operation!.parameters).toMatchObject([
    { name: "id", in: "path", description: "Own", required: true },
    { name: "id", in: "query", description: "Another", required: false },
    { name: "limit", in: "query", required: true },
  ]);
});

test.each([
  ["path", {}, "simple", false],
  ["query", {}, "form", true],
  ["header", {}, "simple", false],
  ["cookie", {}, "form", true],
  ["query", { explode: false }, "form", false],
  ["query", { style: "pipeDelimited" }, "pipeDelimited", false],
  ["query", { style: "spaceDelimited", explode: true }, "spaceDelimited", true],
  ["query", { style: "deepObject", explode: true }, "deepObject", true],
  ["path", { style: "matrix" }, "matrix", false],
  ["path", { style: "label", explode: true }, "label", true],
])("a parameter in %s with %j has the style %s, explode %s", (place, stated, style, explode) => {
  const path = place === "path" ? "/pets/{x}" : "/pets";
  const parameters = [{ name: "x", in: place, schema: { type: "string" }, ...stated }];
  const [operation] = readApi(documentWith({ paths: { [path]: { get: { parameters } } } })).operations;
  expect(operation!.parameters).toMatchObject([{ style, explode, allowReserved: false, allowEmptyValue: false }]);
});

test("a parameter may be written as a media type", () => {
  const content = { "application/json": { schema: { type: "object" } } };
  const { parameters } = read({ parameters: [{ name: "filter", in: "query", content }] });
  expect(parameters[0]).toMatchObject({ content: { mediaType: "application/json", kind: "json" } });
  expect(parameters[0]!.schema).toBeUndefined();
});

test("headers that other parts of the document describe are no parameters", () => {
  const names = ["Accept", "content-type", "AUTHORIZATION", "X-Trace"];
  const { parameters } = read({ parameters: names.map((name) => ({ name, in: "header" })) });
  expect(parameters.map(({ name }) => name)).toEqual(["X-Trace"]);
});

test.each([
  ["application/json", "json"],
  ["Application/JSON", "json"],
  ["application/json; charset=utf-8", "json"],
  ["text/json", "json"],
  ["application/problem+json", "json"],
  ["application/vnd.pets.v1+JSON;v=1", "json"],
  ["application/merge-patch+json", "json"],
  ["application/x-www-form-urlencoded", "form"],
  ["multipart/form-data", "multipart"],
  ["multipart/mixed", "multipart"],
  ["text/plain", "text"],
  ["text/event-stream", "text"],
  ["application/xml", "text"],
  ["image/svg+xml", "text"],
  ["application/jsonl", "text"],
  ["application/octet-stream", "binary"],
  ["image/png", "binary"],
  ["image/*", "binary"],
  ["application/jsonish", "binary"],
  ["*/*", "json"],
])("%s is %s", (mediaType, kind) => {
  const { body } = read({ requestBody: { content: { [mediaType]: { schema: { type: "object" } } } } });
  expect(body).toMatchObject({ required: false, contents: [{ mediaType, kind }] });
});

test("whatever type of text or bytes is binary", () => {
  const { body } = read({ requestBody: { content: { "*/*": { schema: { type: "string" } } } } });
  expect(body!.contents[0]!.kind).toBe("binary");
});

test("answers keep their order, kinds of statuses and default among them", () => {
  const responses = {
    default: { description: "Else." },
    "4xx": { description: "Yours." },
    "404": { $ref: "#/components/responses/Gone", description: "Nearer." },
    "200": { description: "Done.", "x-evidence": "inferred" },
    "x-note": {},
  };
  const components = { responses: { Gone: { description: "Farther.", content: { "text/plain": {} } } } };
  expect(read({ responses }, { components }).responses).toMatchObject([
    { status: "200", evidence: "inferred", contents: [] },
    { status: "404", description: "Nearer.", contents: [{ mediaType: "text/plain" }] },
    { status: "default" },
    { status: "4XX" },
  ]);
});

test("an answer's headers keep names that begin with x-, and Content-Type is said by its media type", () => {
  const headers = { "x-rate-limit": { schema: { type: "integer" }, required: true }, "Content-Type": {} };
  const { responses } = read({ responses: { "200": { description: "", headers } } });
  expect(responses[0]!.headers).toMatchObject([{ name: "x-rate-limit", required: true, style: "simple" }]);
});

test("examples are those of `examples` by name, else the one of `example`; null is a value", () => {
  const components = { examples: { Cat: { summary: "A cat", value: { name: "Tom" } } } };
  const content = {
    "application/json": { examples: { cat: { $ref: "#/components/examples/Cat" }, none: { value: null } } },
    "text/plain": { example: "Tom" },
    "text/csv": { examples: { file: { externalValue: "https://example.com/pets.csv" } } },
  };
  const { responses } = read({ responses: { "200": { description: "", content } } }, { components });
  expect(responses[0]!.contents.map(({ examples }) => examples)).toEqual([
    [
      { name: "cat", summary: "A cat", value: { name: "Tom" } },
      { name: "none", value: null },
    ],
    [{ value: "Tom" }],
    [{ name: "file", externalValue: "https://example.com/pets.csv" }],
  ]);
});

test("the fields of a form say how they are written", () => {
  const encoding = { file: { contentType: "image/png", headers: { "X-Crop": {} } }, tags: { style: "pipeDelimited" } };
  const { body } = read({ requestBody: { content: { "multipart/form-data": { encoding } } } });
  expect(body!.contents[0]!.encoding).toMatchObject({
    file: { contentType: "image/png", headers: [{ name: "X-Crop" }] },
    tags: { style: "pipeDelimited", explode: false },
  });
  expect(body!.contents[0]!.encoding["file"]).not.toHaveProperty("style");
});

test.each([
  [{}, {}, ["bearer"]],
  [{ security: [] }, {}, []],
  [{ security: [{ basic: [] }] }, {}, ["basic"]],
  [{ security: [{ "#/components/securitySchemes/basic": [] }] }, {}, ["basic"]],
  [{ security: [{}, { bearer: [], key: [] }] }, {}, ["", "bearer+key"]],
])("security of an operation with %j is its own, else the document's", (operation, parts, expected) => {
  const components = {
    securitySchemes: {
      bearer: { type: "http", scheme: "Bearer" },
      basic: { type: "http", scheme: "basic" },
      key: { $ref: "#/components/securitySchemes/queryKey" },
      queryKey: { type: "apiKey", name: "key", in: "query" },
    },
  };
  const { security } = read(operation, { security: [{ bearer: [] }], components, ...parts });
  expect(security.map((together) => together.map(({ scheme }) => scheme.key).join("+"))).toEqual(expected);
});

test("without security anywhere nothing has to be proved", () => {
  expect(read({}).security).toEqual([]);
});

test("kinds of credentials say where they go", () => {
  const securitySchemes = {
    bearer: { type: "http", scheme: "BEARER", bearerFormat: "JWT" },
    key: { type: "apiKey", name: "X-Key", in: "header" },
    oauth: {
      type: "oauth2",
      flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { read: "Reads." } } },
    },
  };
  const document = documentOf({ security: [{ oauth: ["read"] }] }, { components: { securitySchemes } });
  const api = readApi(document);
  expect(api.securitySchemes).toMatchObject({
    bearer: { key: "bearer", type: "http", scheme: "bearer", bearerFormat: "JWT", flows: {} },
    key: { type: "apiKey", name: "X-Key", in: "header" },
    oauth: { flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { read: "Reads." } } } },
  });
  expect(api.operations[0]!.security).toEqual([[{ scheme: api.securitySchemes["oauth"], scopes: ["read"] }]]);
});

test.each([
  [undefined, [{ template: "/", url: "" }]],
  [[], [{ template: "/", url: "" }]],
  [[{ url: "/v1/" }], [{ template: "/v1/", url: "/v1" }]],
  [
    [
      {
        url: "https://{region}.example.com:{port}/v1",
        variables: { region: { default: "eu", enum: ["eu", "us"] }, port: { default: 8443 } },
        "x-name": "live",
      },
    ],
    [{ url: "https://eu.example.com:8443/v1", name: "live", variables: { region: { enum: ["eu", "us"] } } }],
  ],
])("servers %j are %j", (servers, expected) => {
  expect(readApi(documentOf({}, { servers })).servers).toMatchObject(expected);
});

test("the nearest servers hold: the operation's, the path's, the document's", () => {
  const paths = {
    "/a": { servers: [{ url: "https://path" }], get: {}, put: { servers: [{ url: "https://operation" }] } },
    "/b": { get: { servers: [] } },
  };
  const { operations } = readApi(documentWith({ servers: [{ url: "https://document" }], paths }));
  const urls = operations.map(({ servers }) => servers.map(({ url }) => url).join(" "));
  expect(urls).toEqual(["https://path", "https://operation", "https://document"]);
});

test("tags are those declared, then those only used", () => {
  const parts = { tags: [{ name: "B", description: "Words", parent: "A" }, { name: "A" }] };
  expect(readApi(documentOf({ tags: ["C", "A"] }, parts)).tags).toEqual([
    { name: "B", description: "Words", parent: "A" },
    { name: "A" },
    { name: "C" },
  ]);
});

test("links know the operation that they lead to, by id or by reference", () => {
  const links = {
    byId: { operationId: "readPet", parameters: { "path.id": "$response.body#/id", limit: 10 } },
    byReference: { operationRef: "#/paths/~1pets~1{id}/get", requestBody: "$request.body" },
    abroad: { operationRef: "https://example.com/openapi.json#/paths/~1a/get" },
    named: { $ref: "#/components/links/Named" },
  };
  const document = documentWith({
    paths: {
      "/pets": { post: { responses: { "201": { description: "", links } } } },
      "/pets/{id}": { $ref: "#/components/pathItems/Pet" },
    },
    components: {
      links: { Named: { operationId: "readPet", server: { url: "https://other.example.com" } } },
      pathItems: { Pet: { get: { operationId: "readPet", parameters: [{ name: "id", in: "path" }] } } },
    },
  });
  const [create, readPet] = readApi(document).operations;
  const [byId, byReference, abroad, named] = create!.responses[0]!.links;
  expect(byId!.operation).toBe(readPet);
  expect(byId!.parameters).toEqual([
    { name: "id", in: "path", value: "$response.body#/id" },
    { name: "limit", value: 10 },
  ]);
  expect(byReference).toMatchObject({ requestBody: "$request.body" });
  expect(byReference!.operation).toBe(readPet);
  expect(abroad).not.toHaveProperty("operation");
  expect(abroad).toMatchObject({ operationRef: links.abroad.operationRef });
  expect(named).toMatchObject({ server: { url: "https://other.example.com" }, operation: { id: "readPet" } });
});

test("callbacks and webhooks are operations, and a callback may lead to itself", () => {
  const callback = { "{$request.body#/url}": { post: { operationId: "onPet", callbacks: { again: {} } } } };
  const components = { callbacks: { OnPet: callback } };
  callback["{$request.body#/url}"].post.callbacks.again = { $ref: "#/components/callbacks/OnPet" };
  const document = documentOf(
    { callbacks: { pet: { $ref: "#/components/callbacks/OnPet" } } },
    { components, webhooks: { petBorn: { post: { responses: ok } } } },
  );
  const { operations, webhooks } = readApi(document);
  const [pet] = operations[0]!.callbacks;
  expect(pet).toMatchObject({ name: "pet", expression: "{$request.body#/url}", operations: [{ id: "onPet" }] });
  expect(pet!.operations[0]!.callbacks[0]!.operations).toBe(pet!.operations);
  expect(webhooks).toMatchObject([{ id: "postPetBorn", method: "POST", path: "petBorn" }]);
});

test("OpenAPI 3.2 adds methods, whole queries, streams, and references to media types", () => {
  const item = {
    query: { operationId: "search", parameters: [{ in: "querystring", name: "q", content: { "text/plain": {} } }] },
    additionalOperations: { COPY: { operationId: "copy", responses: { "200": { $ref: "#/components/responses/R" } } } },
  };
  const components = {
    responses: { R: { summary: "Short", content: { "text/event-stream": { $ref: "#/components/mediaTypes/M" } } } },
    mediaTypes: { M: { itemSchema: { type: "string" }, examples: { a: { dataValue: 1, serializedValue: "1" } } } },
  };
  const { operations } = readApi(documentWith({ paths: { "/pets": item }, components }, "3.2.0"));
  expect(operations).toMatchObject([
    { id: "search", method: "QUERY", parameters: [{ in: "querystring", content: { kind: "text" } }] },
    {
      id: "copy",
      method: "COPY",
      responses: [
        { summary: "Short", contents: [{ kind: "text", itemSchema: { types: ["string"] }, examples: [{ value: 1 }] }] },
      ],
    },
  ]);
  expect(readApi(documentWith({ paths: { "/pets": item }, components })).operations).toEqual([]);
});

test("evidence and deprecation stand where the author put them", () => {
  const operation = read({
    deprecated: true,
    "x-evidence": "documented",
    parameters: [{ name: "a", in: "query", deprecated: true, "x-evidence": "inferred" }],
    requestBody: { "x-evidence": "inferred", content: {} },
  });
  expect(operation).toMatchObject({
    deprecated: true,
    evidence: "documented",
    parameters: [{ deprecated: true, evidence: "inferred" }],
    body: { evidence: "inferred" },
  });
});

test("the document is left as it was", () => {
  const document = documentOf({ parameters: [{ name: "a", in: "query" }] }, { tags: [{ name: "A" }] });
  const before = structuredClone(document);
  readApi(document);
  expect(document).toEqual(before);
});
