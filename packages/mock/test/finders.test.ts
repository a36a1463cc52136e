import { kindOf, readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { describe, expect, test } from "vitest";
import { loadDocument } from "../src/document/load.ts";
import { isJson } from "../src/document/media-type.ts";
import type { Parameter } from "../src/document/operations.ts";
import { createMock } from "../src/index.ts";

/** A schema whose error body can be told from others. */
const envelope = (mark: string) => ({ type: "object", "x-error-body": { fields: mark, general: mark } });
const ref = (path: string) => ({ $ref: `#/components/${path}` });
const answer = (schema: object, mediaType = "application/json") => ({
  description: "An answer",
  content: { [mediaType]: { schema } },
});
const plain = answer({ type: "object" });
const get = (responses: object, more: object = {}) => ({ "/a": { get: { ...more, responses } } });

function documentOf(paths: object, components: object = {}): object {
  return { openapi: "3.1.0", info: { title: "A", version: "1" }, paths, components };
}

/** Documents, and which error body each has. */
const ERROR_BODIES: [name: string, found: string | undefined, paths: object, components?: object][] = [
  [
    "behind an unused envelope",
    "used",
    get({ 400: answer(ref("schemas/Used")) }),
    { schemas: { Unused: envelope("unused"), Used: envelope("used") } },
  ],
  ["in an inline schema", "inline", get({ 400: answer(envelope("inline")) })],
  [
    "in an answer that is a component",
    "shared",
    get({ 200: plain, 429: ref("responses/TooMany") }),
    { responses: { TooMany: answer(ref("schemas/Error")) }, schemas: { Error: envelope("shared") } },
  ],
  [
    "not in a request body",
    "answer",
    get({ 400: answer(envelope("answer")) }, { requestBody: { content: answer(envelope("request")).content } }),
  ],
  ["not in a request body alone", undefined, get({ 400: plain }, { requestBody: answer(envelope("request")) })],
  [
    "not in a parameter",
    undefined,
    get({ 400: plain }, { parameters: [{ name: "q", in: "query", schema: envelope("parameter") }] }),
  ],
  ["not in a success", "failure", get({ 200: answer(envelope("success")), 500: answer(envelope("failure")) })],
  ["not in a redirect", undefined, get({ 302: answer(envelope("redirect")), 404: plain })],
  ["not in a component alone", undefined, get({ 400: plain }, {}), { schemas: { Unused: envelope("unused") } }],
  ["in an answer of a class", "class", get({ "3XX": answer(envelope("redirect")), "4XX": answer(envelope("class")) })],
  ["in the default answer", "default", get({ 200: plain, default: answer(envelope("default")) })],
  [
    "in the lowest status, which JavaScript puts first",
    "400",
    get({ default: answer(envelope("default")), 500: answer(envelope("500")), 400: answer(envelope("400")) }),
  ],
  [
    "in the first of the answers without a number",
    "default",
    get({ default: answer(envelope("default")), "4XX": answer(envelope("4XX")) }),
  ],
  [
    "in the first media type that has one",
    "problem",
    get({
      400: {
        description: "No",
        content: {
          "text/plain": { schema: { type: "string" } },
          "application/problem+json": { schema: envelope("problem") },
          "application/json": { schema: envelope("json") },
        },
      },
    }),
  ],
  [
    "in the first path",
    "first",
    {
      "/z": { post: { responses: { 500: answer(envelope("first")) } } },
      "/a": { get: { responses: { 400: answer(envelope("second")) } } },
    },
  ],
  [
    "in the first method that the author wrote",
    "trace",
    {
      "/a": Object.fromEntries(
        ["trace", "post", "put", "delete"].map((method) => [method, { responses: { 400: answer(envelope(method)) } }]),
      ),
    },
  ],
  ["in the outer schema", "outer", get({ 400: answer({ ...envelope("outer"), allOf: [envelope("inner")] }) })],
  ["in allOf", "inner", get({ 400: answer({ allOf: [{ type: "object" }, envelope("inner")] }) })],
  ["in anyOf, in oneOf", "deep", get({ 400: answer({ oneOf: [{ anyOf: [envelope("deep")] }, envelope("flat")] }) })],
  ["in a property", "property", get({ 400: answer({ properties: { error: envelope("property") } }) })],
  ["in the items of a list", "items", get({ 400: answer({ type: "array", items: envelope("items") }) })],
  [
    "not in a property of that name",
    undefined,
    get({ 400: answer({ properties: { "x-error-body": { type: "string" } } }) }),
  ],
  ["not in an example", undefined, get({ 400: answer({ examples: [envelope("example")] }) })],
  [
    "beyond a schema that holds itself",
    "last",
    get({ 400: answer(ref("schemas/Tree")) }),
    { schemas: { Tree: { properties: { children: { items: ref("schemas/Tree") }, error: envelope("last") } } } },
  ],
  [
    "in none of two schemas that hold each other",
    undefined,
    get({ 400: answer(ref("schemas/One")) }),
    {
      schemas: {
        One: { properties: { other: ref("schemas/Other") } },
        Other: { properties: { one: ref("schemas/One") } },
      },
    },
  ],
  [
    "behind a reference that closes a circle",
    "other",
    get({ 400: answer(ref("schemas/One")) }),
    {
      schemas: {
        One: { properties: { self: ref("schemas/One"), other: ref("schemas/Other") } },
        Other: { allOf: [ref("schemas/Last")], properties: { one: ref("schemas/One") } },
        Last: { ...envelope("other"), properties: { one: ref("schemas/One") } },
      },
    },
  ],
];

test.each(ERROR_BODIES)("the error body is found %s, and by the model too", async (_, found, paths, components) => {
  const document = documentOf(paths, components);
  const { errorBody } = await loadDocument(document);
  expect(errorBody).toEqual(found && { fields: found, general: found });
  expect(readApi(document).errorBody?.fields.template).toBe(found);
});

const JSON_TYPES = [
  "application/json",
  "text/json",
  "Application/JSON",
  "application/json; charset=utf-8",
  "application/json;charset=utf-8",
  "application/problem+json",
  "Application/vnd.parcels.v1+JSON; profile=x",
  "image/x+json",
];
const OTHER_TYPES = [
  undefined,
  "",
  "text/plain",
  "json",
  "application/json-seq",
  "application/jsonl",
  "application/xml; of=application/json",
  "application/x-json",
  "image/json",
  "application/json+xml",
];

test.each(JSON_TYPES)("%s is JSON, and to the model too", (type) => {
  expect(isJson(type)).toBe(true);
  expect(kindOf(type)).toBe("json");
});

test.each(OTHER_TYPES)("%s is not JSON, nor to the model", (type) => {
  expect(isJson(type)).toBe(false);
  expect(kindOf(type ?? "")).not.toBe("json");
});

describe.each(JSON_TYPES)("a document with bodies of %s", async (type) => {
  const schema = { type: "object", properties: { name: { type: "string" } } };
  const { fetch } = await createMock({
    spec: documentOf({
      "/a": {
        put: {
          requestBody: { content: { [type]: { schema } } },
          responses: { 200: { description: "OK", content: { [type]: { schema: {}, example: "a text" } } } },
        },
      },
    }),
  });
  const put = (body: string) =>
    fetch("http://mock/a", { method: "PUT", headers: { "content-type": type.toLowerCase() }, body });

  test("has its requests read", async () => {
    expect((await put('{"name":"Ada"}')).status).toBe(200);
    expect((await put('{"name":1}')).status).toBe(422);
    expect((await put('{"name":')).status).toBe(400);
  });

  test("has its answers written", async () => {
    const response = await put("{}");
    expect([response.headers.get("content-type"), await response.text()]).toEqual([type, '"a text"']);
  });
});

const documents = await listDocuments();

test.each(documents)("the operations and the error body of $name are those of the model", async ({ document }) => {
  const { operations, errorBody } = await loadDocument(document);
  const api = readApi(document);
  expect(operations.map(({ method, path }) => [method, path])).toEqual(
    api.operations.map(({ method, path }) => [method, path]),
  );
  for (const [index, { id, name, route }] of operations.entries()) {
    const { id: modelled, source } = api.operations[index]!;
    const isNamed = source["operationId"] !== undefined;
    expect([id, name]).toEqual(isNamed ? [modelled, modelled] : [undefined, route]);
  }
  expect(errorBody).toEqual(
    api.errorBody && { fields: api.errorBody.fields.template, general: api.errorBody.general.template },
  );
});

test.each(documents)("the parameters, bodies and answers of $name are those of the model", async ({ document }) => {
  const { operations } = await loadDocument(document);
  const contents = (list: readonly { mediaType: string }[] = []) => list.map(({ mediaType }) => mediaType);
  const written = (one: Pick<Parameter, "in" | "name" | "required" | "style" | "explode" | "allowEmptyValue">) => [
    [one.in, one.name, one.required, one.allowEmptyValue],
    // The whole query has no style (section "Parameter Object").
    one.in === "querystring" ? [] : [one.style, one.explode],
  ];
  expect(
    operations.map(({ parameters, body, responses }) => ({
      parameters: parameters.map(written),
      body: body && [body.required, contents(body.contents)],
      responses: responses.map((one) => [one.status, contents(one.contents), one.headers.map(({ name }) => name)]),
    })),
  ).toEqual(
    readApi(document).operations.map(({ parameters, body, responses }) => ({
      parameters: parameters.map(written),
      body: body && [body.required, contents(body.contents)],
      responses: responses.map((one) => [one.status, contents(one.contents), one.headers.map(({ name }) => name)]),
    })),
  );
});
