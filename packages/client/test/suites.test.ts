import { execFile } from "node:child_process";
import { cp, mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Api, readApi } from "@spherepay/openapi";
import { listDocuments, listPublicFiles, readPublicFile } from "@spherepay/openapi/documents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";

/** What is no method, in all of the documents: how often, by reason. */
const reasons: Record<string, number> = {
  "fetch sends no body with GET.": 3,
  "It asks for oldClerk, and the HTTP scheme digest needs more than one request.": 1,
  "The body is multipart/mixed, and FormData makes multipart/form-data only.": 1,
};

/** What the generated files import. */
const imported = ["body", "call", "credentials", "operation", "parameters", "proof", "servers"];

let folder: string;
let described = 0;
const left: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "suites-"));
  const options = {
    extends: fileURLToPath(new URL("../tsconfig.build.json", import.meta.url)),
    compilerOptions: { noEmit: true, rootDir: "." },
    include: ["**/*"],
  };
  await writeFile(`${folder}/package.json`, JSON.stringify({ type: "module" }));
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify(options));
  for (const file of imported) await cp(new URL(`../src/${file}.ts`, import.meta.url), `${folder}/${file}.ts`);
  for (const { name, document } of await listDocuments()) await generate(name, document);
  // Each of the examples is there as YAML too.
  const files = (await listPublicFiles()).filter(({ name }) => !name.includes("/yaml/"));
  for (const { name, file } of files) await generate(name, await readPublicFile(file));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

async function generate(name: string, document: object): Promise<void> {
  const api = readable(document);
  if (!api) return;
  const { source, omitted } = generateOperations(api);
  described += api.operations.length;
  left.push(...omitted.map(({ reason }) => reason));

  const place = `${folder}/${name.replaceAll(/\W+/g, "-")}`;
  await mkdir(place);
  await writeFile(`${place}/operations.ts`, source);
  await writeFile(`${place}/schema.ts`, generateSchema(api));
}

/** The tests of packages/openapi say which documents are refused, and why. */
function readable(document: object): Api | undefined {
  try {
    return readApi(document);
  } catch {
    return undefined;
  }
}

test("of the operations of all documents, 99 % are methods, and each other one is left out for a reason", () => {
  expect(described).toBeGreaterThan(800);
  expect(left.length / described).toBeLessThanOrEqual(0.01);
  const found = Object.fromEntries(
    [...new Set(left)].map((one) => [one, left.filter((other) => other === one).length]),
  );
  expect(found).toEqual(reasons);
});

test("what is generated of each document compiles", async () => {
  const printed = await promisify(execFile)("tsc", ["-p", folder]).then(
    ({ stdout }) => stdout,
    ({ stdout, message }) => stdout || message,
  );
  expect(printed).toBe("");
});
