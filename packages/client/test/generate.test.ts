import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const pet = { $ref: "#/components/schemas/Pet" };

const petStore = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example", "x-name": "live" }],
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }],
        responses: { 200: { description: "Pets.", ...json({ type: "array", items: pet }) } },
      },
      post: {
        operationId: "addPet",
        requestBody: { $ref: "#/components/requestBodies/NewPet" },
        responses: {
          201: { description: "Added.", ...json(pet) },
          409: { $ref: "#/components/responses/Conflict" },
          default: { description: "Failed." },
        },
      },
    },
    "/pets/{petId}/photos/{photo}": {
      parameters: [
        { name: "petId", in: "path", required: true, schema: { type: "string" } },
        { $ref: "#/components/parameters/photo" },
      ],
      delete: { operationId: "delete-photo", responses: { 204: { description: "Gone." } } },
      put: {
        operationId: "tagPhoto",
        summary: "Tag a photo",
        description: "Ends a comment: */",
        requestBody: { ...json({ type: "object", properties: { tag: { type: "string" } } }) },
        responses: { 200: { description: "Tagged.", ...json(pet) }, 204: { description: "Tagged already." } },
      },
    },
  },
  components: {
    schemas: { Pet: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
    parameters: { photo: { name: "photo", in: "path", required: true, schema: { type: "integer" } } },
    requestBodies: {
      NewPet: {
        required: true,
        content: { "multipart/form-data": { schema: pet }, "application/vnd.pet+json": { schema: pet } },
      },
    },
    responses: {
      Conflict: { description: "There is one.", ...json({ type: "object", properties: { why: { type: "string" } } }) },
    },
  },
};

/** Type-checks a use of the methods that are generated for a document, and returns what the compiler prints. */
async function typecheck(document: object, use: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "generated-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const options = {
    extends: fileURLToPath(new URL("../tsconfig.build.json", import.meta.url)),
    compilerOptions: { noEmit: true, rootDir: "." },
  };
  await mkdir(`${folder}/src/generated`, { recursive: true });
  await writeFile(`${folder}/package.json`, JSON.stringify({ type: "module" }));
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify({ ...options, include: ["src"] }));
  await cp(new URL("../src/call.ts", import.meta.url), `${folder}/src/call.ts`);
  await writeFile(`${folder}/src/use.ts`, `import type { SphereOperations } from "./generated/operations.ts";\n${use}`);
  await writeFile(`${folder}/src/generated/schema.ts`, await generateSchema(document as never));
  await writeFile(`${folder}/src/generated/operations.ts`, generateOperations(document));
  try {
    return execFileSync("tsc", ["-p", folder], { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test("every kind of operation becomes a method with its own types", async () => {
  const use = `
    declare const pets: SphereOperations;
    const list: { name: string }[] = await pets.listPets();
    await pets.listPets({ params: { query: { limit: 3 } } });
    const { name }: { name: string } = await pets.addPet({ body: { name: list[0]!.name } });
    const gone: undefined = await pets["delete-photo"]({ params: { path: { petId: name, photo: 1 } } });
    const tagged: { name: string } | undefined = await pets.tagPhoto({ params: { path: { petId: name, photo: 1 } }, body: {} });
    const { data, response } = await pets.addPet({ body: { name } }, { timeout: 10 }).withResponse();
    export default [gone, tagged, data.name, response.status];
    // @ts-expect-error the body is required
    await pets.addPet({});
    // @ts-expect-error the path parameters are required
    await pets["delete-photo"]();
    // @ts-expect-error the type of a parameter is checked
    await pets.listPets({ params: { query: { limit: "3" } } });
    // @ts-expect-error an answer has the fields of its schema only
    (await pets.addPet({ body: { name } })).age;
  `;
  expect(await typecheck(petStore, use)).toBe("");
});

test("the table says how each operation is sent", () => {
  const source = generateOperations(petStore);
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

test.each([
  ["an operation without a name", { "/a": { get: { responses: {} } } }, "GET /a has no operationId."],
  [
    "a body that is not JSON",
    { "/a": { post: { operationId: "send", requestBody: { content: { "text/csv": {} } }, responses: {} } } },
    "send has a body in text/csv, but the client speaks JSON only.",
  ],
  [
    "a reference into nothing",
    { "/a": { post: { operationId: "send", requestBody: { $ref: "#/components/requestBodies/no" }, responses: {} } } },
    "#/components/requestBodies/no points to nothing.",
  ],
])("%s is refused in words", (_, paths, message) => {
  expect(() => generateOperations({ paths })).toThrow(message);
});

test("a server without a name is refused in words", () => {
  expect(() => generateOperations({ servers: [{ url: "https://a.example" }] })).toThrow(
    "https://a.example has no x-name",
  );
});
