import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { expect, onTestFinished, test } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";
import {
  bodies,
  bodiesUse,
  directions,
  directionsUse,
  elsewhere,
  elsewhereUse,
  fields,
  json,
  names,
  namesUse,
  petStore,
  petStoreUse,
} from "./generated-documents.ts";
import { leftOut } from "./left-out.ts";

test("the client compiles with what is generated from each document, and all of their operations are in it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "generated-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const options = {
    extends: fileURLToPath(new URL("../tsconfig.build.json", import.meta.url)),
    compilerOptions: { noEmit: true, rootDir: "." },
  };
  await writeFile(`${folder}/package.json`, JSON.stringify({ type: "module" }));
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify({ ...options, include: ["**/*"] }));
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), `${folder}/node_modules`);

  const documents = [
    ...(await listDocuments()),
    { name: "pet-store", document: petStore, use: petStoreUse },
    { name: "elsewhere", document: elsewhere, use: elsewhereUse },
    { name: "directions", document: directions, use: directionsUse },
    { name: "kinds", document: bodies, use: bodiesUse },
    { name: "names-of-others", document: names, use: namesUse },
    { name: "nothing", document: { ...elsewhere, paths: {} } },
  ];
  const found: typeof leftOut = {};
  for (const { name, document, ...more } of documents) {
    const api = readApi(document);
    const { source, omitted, renamed } = generateOperations(api);
    await cp(new URL("../src", import.meta.url), `${folder}/${name}`, { recursive: true });
    await writeFile(`${folder}/${name}/generated/schema.ts`, generateSchema(api));
    await writeFile(`${folder}/${name}/generated/operations.ts`, source);
    if ("use" in more) await writeFile(`${folder}/${name}/use.ts`, more.use);

    const { operationTable } = await import(/* @vite-ignore */ `${folder}/${name}/generated/operations.ts`);
    const unchanged = api.operations.filter(({ id }) => ![...omitted, ...renamed].some((one) => one.id === id));
    expect(Object.keys(operationTable)).toEqual(expect.arrayContaining(unchanged.map(({ id }) => id)));
    expect(Object.keys(operationTable)).toHaveLength(api.operations.length - omitted.length);
    if (omitted.length > 0) found[name] = Object.fromEntries(omitted.map(({ id, reason }) => [id, reason]));
  }
  expect(found).toEqual(leftOut);
  const printed = await promisify(execFile)("tsc", ["-p", folder]).then(
    ({ stdout }) => stdout,
    ({ stdout, message }) => stdout || message,
  );
  expect(printed).toBe("");
});

const generate = (document: object) =>
  generateOperations(readApi({ openapi: "3.1.0", info: { title: "Any", version: "1" }, ...document }));
/** Without the marks for bundlers, which `bundles.test.ts` holds. */
const unmarked = ({ source }: { source: string }) => source.replaceAll("/* @__PURE__ */ ", "");
/** The entries of the table, by name, as source in one line. */
const tableOf = (generated: { source: string }) => {
  const [, table = ""] = /operationTable = \{(\n.*?)\n\} as const/s.exec(unmarked(generated)) ?? [];
  const entries = table.replaceAll(
    /\{\n {4}|,\n {4}|,\n {2}\}/g,
    (end) => ({ "{": "{ ", "}": " }" })[end.trim().at(-1)!] ?? ", ",
  );
  return Object.fromEntries([...entries.matchAll(/^  (.+?): (\{.*\}),$/gm)].map(([, name, entry]) => [name, entry]));
};
const answers = { responses: { 204: { description: "Done." } } };
const answer = (schema: object, more: object = {}) => ({ 200: { description: "It.", ...json(schema), ...more } });
const schemes = {
  bearer: { type: "http", scheme: "Bearer" },
  clerk: { type: "http", scheme: "basic" },
  token: { type: "http", scheme: "Token" },
  digest: { type: "http", scheme: "Digest" },
  login: { type: "oauth2", flows: {} },
  key: { type: "apiKey", in: "query", name: "k" },
  card: { type: "mutualTLS" },
};

test("the table says how each operation is sent", () => {
  const generated = generate(petStore);
  expect(tableOf(generated)).toEqual({
    listPets: '{ method: "GET", path: "/pets", parameters: styles({ query: { limit: "form*" } }), proof: isList }',
    addPet: '{ method: "POST", path: "/pets", write: jsonAs("application/vnd.pet+json"), proof: isObject }',
    '"delete-photo"': '{ method: "DELETE", path: "/pets/{petId}/photos/{photo}", read: readNothing }',
    tagPhoto:
      '{ method: "PUT", path: "/pets/{petId}/photos/{photo}", write: json, mayBeEmpty: true, proof: hasAny("name") }',
  });
  expect(generated.source).toContain('live: "https://pets.example"');
  expect(generated.source).toContain("*\\/");
  expect(generated.source.match(/^import \{.*/gm)).toEqual([
    'import { json, jsonAs, readNothing } from "../body.ts";',
    'import { styles } from "../parameters.ts";',
    'import { hasAny, isList, isObject } from "../proof.ts";',
  ]);
});

test("bodies and answers are written and read by their media types", () => {
  expect(tableOf(generate(bodies))).toEqual({
    upload: '{ method: "POST", path: "/files", write: multipart({ cover: "image/png" }), proof: isObject }',
    replace: '{ method: "PUT", path: "/files", write: binary(), read: readBlob }',
    rename: '{ method: "PATCH", path: "/files", write: form({ tags: "pipeDelimited" }), read: readText }',
    watch: '{ method: "GET", path: "/files", read: readStream }',
    note: '{ method: "PUT", path: "/notes", write: text("text/markdown"), read: readByMediaType, redirects: [303] }',
    mend: '{ method: "PATCH", path: "/notes", write: jsonAs("application/merge-patch+json"), accept: "application/json", proof: isObject }',
    any: '{ method: "GET", path: "/notes", proof: hasAny("any") }',
    drop: '{ method: "DELETE", path: "/notes", read: readByMediaType }',
  });
});

test("an operation has the name of its method, unless no method can have it", () => {
  const { source, renamed, omitted } = generate(names);
  expect(Object.keys(tableOf({ source })).join(" ")).toBe(
    "search then__ then_ __proto___ constructor new http Http copy getSelf toJSON_ getLoop",
  );
  expect(renamed).toMatchObject([
    { id: "then", pointer: "#/paths/~1a b~1{id}/get", reason: expect.stringContaining("then__") },
    { id: "__proto__", reason: expect.stringContaining("__proto___") },
    { id: "toJSON", reason: expect.stringContaining("toJSON_") },
  ]);
  expect(omitted).toEqual([]);
});

test.each([
  ["without servers, is wherever the document is", {}, '  default: "",\n'],
  [
    "with servers that have no names, has made ones",
    { servers: [{ url: "https://a.example/" }, { url: "/b", "x-name": "b" }, { url: "https://c.example" }] },
    '  default: "https://a.example",\n  b: "/b",\n  server3: "https://c.example",\n',
  ],
  [
    "with two servers of one name, has both",
    { servers: ["a", "b"].map((host) => ({ url: `https://${host}.example`, "x-name": "live" })) },
    '  live: "https://a.example",\n  live2: "https://b.example",\n',
  ],
  [
    "with a server that has variables, keeps them",
    {
      servers: [
        { url: "https://{a}.example/{b}/", variables: { a: { default: "x", enum: ["x", "y"] }, b: { default: "z" } } },
      ],
    },
    'default: withVariables("https://{a}.example/{b}", { a: { default: "x", enum: ["x", "y"] }, b: { default: "z" } }),',
  ],
  [
    "with an error body that is defined in an answer, looks there",
    {
      paths: {
        "/a": {
          get: {
            responses: {
              204: { description: "Done." },
              400: {
                description: "No.",
                ...json({ "x-error-body": { fields: { why: "$fields" }, general: { why: { all: "$message" } } } }),
              },
            },
          },
        },
      },
    },
    'errorBody = { fields: ["why"], general: ["why", "all"] }',
  ],
  [
    "says what the document itself asks for",
    { components: { securitySchemes: schemes }, security: [{ bearer: [] }, { digest: [] }] },
    'documentSecurity: NonNullable<OperationDescription["security"]> = [["bearer"]];',
  ],
  [
    "has the credential schemes that it uses and no others",
    {
      components: { securitySchemes: schemes },
      paths: { "/a": { get: { ...answers, security: [{ key: [] }, { token: [], clerk: [] }, { login: [] }] } } },
    },
    `credentialSchemes = {
  clerk: basic,
  token: authorization("token"),
  login: bearer,
  key: apiKey("query", "k"),
} satisfies`,
  ],
])("an API %s", (_, document, source) => {
  expect(unmarked(generate({ paths: {}, ...document }))).toContain(source);
});

const parameter = (place: string, name: string, more: object) => ({
  name,
  in: place,
  schema: { type: "array" },
  ...more,
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "parameters in the query",
    {
      parameters: [
        parameter("query", "a", {}),
        parameter("query", "b", { explode: false }),
        parameter("query", "c", { style: "pipeDelimited", explode: false, allowReserved: true }),
        parameter("query", "d", { style: "deepObject", explode: true }),
        { name: "e", in: "query", content: { "application/json": {} } },
        parameter("query", "__proto__", {}),
      ],
    },
    'styles({ query: { a: "form*", b: "form", c: "pipeDelimited+", d: "deepObject", e: "json", ["__proto__"]: "form*" } })',
  ],
  [
    "parameters in headers and cookies",
    {
      parameters: [parameter("header", "A", { explode: true }), parameter("cookie", "b", { explode: false })],
    },
    'styles({ header: { A: "simple*" }, cookie: { b: "form" } })',
  ],
  [
    "an answer that may be null",
    { responses: answer({ type: ["object", "null"], required: ["b"] }) },
    'proof: orNull(hasAny("b"))',
  ],
  [
    "an answer that may be null, in OpenAPI 3.0's words",
    { responses: answer({ nullable: true, ...fields("b") }) },
    'proof: orNull(hasAny("b"))',
  ],
  [
    "a link that reads the answer",
    {
      responses: answer(fields("b"), {
        links: {
          next: { operationId: "putA", parameters: { "path.c": "$response.body#/b/c", d: "$response.body#/d" } },
        },
      }),
    },
    'proof: hasAll(["b", "c"], "d")',
  ],
  [
    "answers of two forms",
    { responses: { ...answer(fields("b")), 202: { description: "L.", ...json({ type: "array" }) } } },
    'proof: either(hasAny("b"), isList)',
  ],
  [
    "alternatives",
    { responses: answer({ oneOf: [fields("b"), fields("c")] }) },
    'proof: either(hasAny("b"), hasAny("c"))',
  ],
  ["an object of which nothing is required", { responses: answer({ properties: { b: {} } }) }, "proof: isObject"],
  ["a map", { responses: answer({ type: "object", additionalProperties: true }) }, "proof: isObject"],
  [
    "a list or an object",
    { responses: answer({ oneOf: [{ type: "array" }, { type: "object" }] }) },
    "either(isList, isObject)",
  ],
  ["a HEAD, which has no body", { method: "head", responses: answer(fields("b")) }, "read: readNothing"],
  [
    "an answer of which the JSON is asked for",
    {
      responses: {
        200: { description: "It.", content: { "text/xml": {}, "application/json": { schema: fields("b") } } },
      },
    },
    'accept: "application/json"',
  ],
  [
    "every redirect",
    { responses: { "3XX": { description: "There." } } },
    "read: readNothing, redirects: [300, 301, 302, 303, 304, 305, 307, 308]",
  ],
  ["nothing but a certificate", { security: [{ card: [] }] }, '{ method: "GET", path: "/a", read: readByMediaType }'],
  ["a certificate and a key", { security: [{ card: [], key: [] }, { digest: [] }] }, 'security: [["key"]]'],
  ["a key if there is one", { security: [{}, { key: [] }] }, 'security: [[], ["key"]]'],
  ["servers of its own", { servers: [{ url: "https://b.example" }] }, 'servers: { default: "https://b.example" }'],
])("an operation with %s", (_, { method = "get", ...operation }, expected) => {
  const document = {
    components: { securitySchemes: schemes },
    paths: {
      "/a": {
        [String(method)]: { responses: {}, ...operation, operationId: "a" },
        put: { ...answers, operationId: "putA" },
      },
    },
  };
  expect(tableOf(generate(document))["a"]).toContain(expected);
});

test.each([
  ["an echo of the request is none", ["id", "name", "kind"], 'write: json, proof: hasAny("id") }'],
  ["what only answers have counts, though the request's schema has it", ["name", "made"], 'proof: hasAny("made") }'],
  ["nothing is asked for that the request has, but an object", ["name"], "write: json, proof: isObject }"],
  ["a secret is never answered", ["pin", "name"], "write: json, proof: isObject }"],
])("of what must be answered, %s", (_, required, expected) => {
  const sent = {
    type: "object",
    properties: { name: {}, made: { readOnly: true } },
    oneOf: [fields("kind"), fields("sort")],
  };
  const answered = { type: "object", required, properties: { pin: { writeOnly: true } } };
  const post = { requestBody: json(sent), responses: answer(answered) };
  expect(tableOf(generate({ paths: { "/a": { post } } }))["postA"]).toContain(expected);
});

test("a path is written as a URL has it", () => {
  const { getAB } = tableOf(generate({ paths: { "/a b/\u00fc|%20#": { get: { ...answers, operationId: "getAB" } } } }));
  expect(getAB).toContain('path: "/a%20b/%C3%BC%7C%20%23"');
});

test.each([
  ["has a method that fetch refuses", { trace: answers }, "fetch refuses to send TRACE."],
  [
    "asks for more than one request",
    { get: { ...answers, security: [{ bearer: [], digest: [] }] } },
    "It asks for digest, and the HTTP scheme digest needs more than one request.",
  ],
  [
    "has a body where fetch sends none",
    { get: { ...answers, requestBody: json({}) } },
    "fetch sends no body with GET.",
  ],
  [
    "has a body that FormData cannot make",
    { put: { ...answers, requestBody: { content: { "multipart/mixed": {} } } } },
    "The body is multipart/mixed, and FormData makes multipart/form-data only.",
  ],
  ["has a body in no media type", { put: { ...answers, requestBody: { content: {} } } }, "The body has no media type."],
])("an operation that %s is left out, and the others are not", (_, pathItem, reason) => {
  const generated = generate({
    components: { securitySchemes: schemes },
    paths: { "/a": pathItem, "/b": { get: answers } },
  });
  const [method] = Object.keys(pathItem);
  expect(generated.omitted).toMatchObject([{ pointer: `#/paths/~1a/${method}`, reason }]);
  expect(Object.keys(tableOf(generated))).toEqual(["getB"]);
});

test.each([
  [
    "a reference into nothing",
    { "/a": { post: { ...answers, requestBody: { $ref: "#/components/requestBodies/no" } } } },
    "#/paths/~1a/post/requestBody",
  ],
  [
    "two operations with one id",
    { "/a": { get: { ...answers, operationId: "a" }, put: { ...answers, operationId: "a" } } },
    "#/paths/~1a/put",
  ],
  ["a template without its parameter", { "/a/{b}": { get: answers } }, "#/paths/~1a~1{b}/get"],
])("nothing is generated from a document with %s", (_, paths, place) => {
  expect(() => generate({ paths })).toThrow(place);
});
