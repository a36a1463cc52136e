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
import { elsewhere, elsewhereUse, fields, json, petStore, petStoreUse } from "./generated-documents.ts";
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
    { name: "nothing", document: { ...elsewhere, paths: {} } },
  ];
  const found: typeof leftOut = {};
  for (const { name, document, ...more } of documents) {
    const api = readApi(document);
    const { source, omitted } = generateOperations(api);
    await cp(new URL("../src", import.meta.url), `${folder}/${name}`, { recursive: true });
    await writeFile(`${folder}/${name}/generated/schema.ts`, generateSchema(api, document));
    await writeFile(`${folder}/${name}/generated/operations.ts`, source);
    if ("use" in more) await writeFile(`${folder}/${name}/use.ts`, more.use);

    const { operationTable } = await import(/* @vite-ignore */ `${folder}/${name}/generated/operations.ts`);
    const ids = [...Object.keys(operationTable), ...omitted.map(({ id }) => id)];
    expect(ids.toSorted()).toEqual(api.operations.map(({ id }) => id).toSorted());
    if (omitted.length > 0) found[name] = Object.fromEntries(omitted.map(({ id, reason }) => [id, reason]));
  }
  expect(found).toEqual(leftOut);
  const printed = await promisify(execFile)("tsc", ["-p", folder]).then(
    ({ stdout }) => stdout,
    ({ stdout, message }) => stdout || message,
  );
  expect(printed).toBe("");
});

test("the table says how each operation is sent", () => {
  const { source } = generateOperations(readApi(petStore));
  expect(source).toContain('live: "https://pets.example"');
  expect(source).toContain('listPets: {"method":"get","path":"/pets"}');
  expect(source).toContain(
    'addPet: {"method":"post","path":"/pets","contentType":"application/vnd.pet+json","required":["name"]}',
  );
  expect(source).toContain(
    '"delete-photo": {"method":"delete","path":"/pets/{petId}/photos/{photo}","mayBeEmpty":true}',
  );
  expect(source).toContain("*\\/");
});

const generate = (document: object) =>
  generateOperations(readApi({ openapi: "3.1.0", info: { title: "Any", version: "1" }, ...document }));
const answers = { responses: { 204: { description: "Done." } } };
const bearer = { type: "http", scheme: "Bearer" };
const apiKey = { type: "apiKey", in: "query", name: "key" };

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
    'errorBody = {"fields":["why"],"general":["why","all"]}',
  ],
  [
    "with an answer that may be null, needs no field of it",
    {
      paths: {
        "/a": {
          get: { responses: { 200: { description: "A.", ...json({ type: ["object", "null"], required: ["b"] }) } } },
        },
      },
    },
    'getA: {"method":"get","path":"/a"}',
  ],
  [
    "with a body that may be anything, sends JSON",
    { paths: { "/a": { put: { ...answers, requestBody: { content: { "*/*": { schema: { type: "object" } } } } } } } },
    'putA: {"method":"put","path":"/a","contentType":"application/json","mayBeEmpty":true}',
  ],
  [
    "whose HEAD describes a body, expects none",
    { paths: { "/a": { head: { responses: { 200: { description: "A.", ...json(fields("b")) } } } } } },
    'headA: {"method":"head","path":"/a","mayBeEmpty":true}',
  ],
  [
    "which a bearer token or an API key opens, is called with the token",
    {
      components: { securitySchemes: { apiKey, bearer } },
      paths: { "/a": { get: { ...answers, security: [{ apiKey: [] }, { bearer: [] }] } } },
    },
    'getA: {"method":"get","path":"/a","mayBeEmpty":true}',
  ],
])("an API %s", (_, document, source) => {
  const generated = generate({ paths: {}, ...document });
  expect(generated.source).toContain(source);
  expect(generated.omitted).toEqual([]);
});

test.each([
  ["is called as something else", { get: { ...answers, operationId: "http" } }, "No method can be called http."],
  ["has a method that fetch refuses", { trace: answers }, "The client does not send TRACE."],
  [
    "needs two credentials at once",
    { get: { ...answers, security: [{ bearer: [], apiKey: [] }] } },
    "It asks for apiKey, and the client sends bearer tokens only.",
  ],
  [
    "has a body where fetch sends none",
    { get: { ...answers, requestBody: json({}) } },
    "No runtime's fetch sends a body with GET.",
  ],
  [
    "has a body in no media type",
    { put: { ...answers, requestBody: { content: {} } } },
    "The body is of no media type, and the client writes JSON only.",
  ],
])("an operation that %s is left out, and the others are not", (_, pathItem, reason) => {
  const { source, omitted } = generate({
    components: { securitySchemes: { apiKey, bearer } },
    paths: { "/a": pathItem, "/b": { get: answers } },
  });
  const [method] = Object.keys(pathItem);
  expect(omitted).toMatchObject([{ pointer: `#/paths/~1a/${method}`, reason: expect.stringContaining(reason) }]);
  expect(source).toContain('operationTable = {\n  getB: {"method":"get","path":"/b","mayBeEmpty":true},\n}');
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
