import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readApi } from "@spherepay/openapi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";

const spec = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example", "x-name": "live" }],
  paths: { "/pets": { get: { operationId: "listPets", responses: { 204: { description: "There are none." } } } } },
};

let folder: string;
let first: ReturnType<typeof run>;
const at = (path: string) => join(folder, path);

/** A folder with our scripts, and a spec of its own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "generate-"));
  await mkdir(at("node_modules/@spherepay/spec"), { recursive: true });
  const exports = { "./openapi.json": "./openapi.json" };
  await writeFile(at("node_modules/@spherepay/spec/package.json"), JSON.stringify({ exports }));
  await writeFile(at("package.json"), JSON.stringify({ type: "module" }));
  await cp(new URL("../scripts", import.meta.url), at("scripts"), { recursive: true });
  await cp(new URL("../src/parameters.ts", import.meta.url), at("src/parameters.ts"));
  const name = "node_modules/@spherepay/openapi";
  await symlink(fileURLToPath(new URL(`../${name}`, import.meta.url)), at(name));
  first = await generate(spec);
});
afterAll(() => rm(folder, { recursive: true }));

async function generate(document: object) {
  await writeFile(at("node_modules/@spherepay/spec/openapi.json"), JSON.stringify(document));
  return run("generate");
}

function run(script: string, CI = "") {
  const options = { env: { ...process.env, CI }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [at(`scripts/${script}.ts`)], options);
  return { status, output: stdout + stderr };
}

/** Text by name of what is built, and of what is committed. */
async function read() {
  const folders = [at(".generated"), at("src/generated")].map(async (name) => {
    const files = (await readdir(name)).map(async (file) => [file, await readFile(join(name, file), "utf8")]);
    return Object.fromEntries(await Promise.all(files));
  });
  return Promise.all(folders);
}

test("the types and the table are written as they are made", async () => {
  expect(first).toEqual({ status: 0, output: "" });
  const [, committed] = await read();
  const api = readApi(spec);
  expect(committed).toEqual({
    "operations.ts": generateOperations(api).source,
    "schema.ts": generateSchema(api),
  });
});

test("an operation that the client cannot send is named, as is one whose method has another name, and the others are there", async () => {
  const { responses } = spec.paths["/pets"].get;
  const parts = { requestBody: { content: { "multipart/mixed": {} } }, responses };
  const item = { put: parts, get: { operationId: "then", responses } };
  const { status, output } = await generate({ ...spec, paths: { ...spec.paths, "/a": item } });
  expect({ status, output }).toEqual({
    status: 0,
    output:
      "#/paths/~1a/put: putA is no method of the client. The body is multipart/mixed, and FormData makes multipart/form-data only.\n" +
      "#/paths/~1a/get: Its method is then_: then is JavaScript's own.\n",
  });
  const [, committed] = await read();
  expect(committed["operations.ts"]).toContain("listPets");
});

test.each([
  [
    "two operations with one id",
    { get: { operationId: "a", responses: {} }, put: { operationId: "a", responses: {} } },
    /openapi\.json:1:\d+ \(#\/paths\/~1a\/put\): the operationId a is that of #\/paths\/~1a\/get too\. .*\n$/,
  ],
  [
    "a reference to nothing",
    {
      get: {
        responses: {
          200: { description: "A.", content: { "application/json": { schema: { items: { $ref: "#/no" } } } } },
        },
      },
    },
    /openapi\.json:1:\d+ \(#\/paths\/~1a\/get\/.*\/items\): the reference #\/no points to nothing\. .*\n$/,
  ],
])("%s is refused in words, and no file changes", async (_, item, message) => {
  const before = await read();
  const { status, output } = await generate({ ...spec, paths: { "/a": item } });
  expect(status).toBe(1);
  expect(output).toMatch(message);
  expect(output.split("\n")).toHaveLength(2);
  expect(await read()).toEqual(before);
});

test("a file that is no longer generated is removed; in CI it is refused", async () => {
  const before = await read();
  await writeFile(at("src/generated/old.ts"), "export {};\n");

  const refused = run("place-generated", "true");
  expect(refused.status).toBe(1);
  expect(refused.output).toContain("packages/client/src/generated/old.ts does not match spec/openapi.yaml.");

  expect(run("place-generated")).toEqual({ status: 0, output: "" });
  expect(await read()).toEqual(before);
});
