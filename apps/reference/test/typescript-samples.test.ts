/** The TypeScript samples of every document, by the compiler, against a client that is generated from it. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateOperations } from "../../../packages/client/scripts/generate-operations.ts";
import { generateSchema } from "../../../packages/client/scripts/generate-schema.ts";
import { createSamples } from "../src/samples.ts";

const bytes = "bytes, which no literal holds";
const otherType = "the first media type, where the client sends another";

/** What samples cannot say yet: document, operation and reason. */
const wrong = [
  ["bodies", "leaveNote", otherType],
  ["bodies", "replaceArtwork", bytes],
  ["bodies", "uploadArtwork", bytes],
  ["bodies", "uploadFirmware", bytes],
  ["bodies", "uploadPages", bytes],
  ["names", "then", "a method of another name"],
  ["next-3.2", "selectQuakes", otherType],
  ["next-3.2", "sendTremors", "items one by one, where the client sends text"],
  ["schemas-2020", "leaveAnything", "a field that the document does not name"],
  ["schemas-3.0", "addPicture", bytes],
];

const root = fileURLToPath(new URL("../../..", import.meta.url));
const documents = (await listDocuments()).map(({ name, document }) => ({ name, api: readApi(document) }));

/** What the compiler says, by document and operation. */
const objections: Record<string, Record<string, string>> = {};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typescript-samples-"));
  const operations = new Map<string, [document: string, operation: string]>();
  for (const { name, api } of documents) {
    const filter = (file: string) => !file.endsWith("http.ts");
    await cp(join(root, "packages/client/src"), join(folder, name, "src"), { recursive: true, filter });
    const { source, omitted } = generateOperations(api);
    await writeFile(join(folder, name, "src/generated/operations.ts"), source);
    await writeFile(join(folder, name, "src/generated/schema.ts"), generateSchema(api));
    const leftOut = new Set(omitted.map(({ id }) => id));
    const samples = createSamples(api, {}).filter(
      ({ language, operationId }) => language === "TypeScript" && !leftOut.has(operationId),
    );
    for (const [index, sample] of samples.entries()) {
      const file = `${name}/sample-${index}.ts`;
      operations.set(file, [name, sample.operationId]);
      await writeFile(join(folder, file), sample.source.replace("@spherepay/client", "./src/index.ts"));
    }
  }
  const compilerOptions = {
    noEmit: true,
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["."] }),
  );
  const output = await new Promise<string>((resolve) => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    execFile(process.execPath, [tsc, "--pretty", "false"], { cwd: folder }, (_, stdout) => resolve(stdout));
  });
  for (const [, file, words] of output.matchAll(/^(\S.*?)\(\d+,\d+\): (.*)$/gm)) {
    const [document, operation] = operations.get(file!) ?? [file!, ""];
    (objections[document] ??= {})[operation] = words!;
  }
});
afterAll(() => rm(folder, { recursive: true }));

test.each(documents)("the samples of $name compile, but for those that are listed", ({ name }) => {
  const listed = wrong.filter(([document]) => document === name);
  expect(objections[name] ?? {}).toEqual(
    Object.fromEntries(listed.map(([, operation]) => [operation, expect.anything()])),
  );
});

test("the clients themselves compile", () => {
  const names = new Set(documents.map(({ name }) => name));
  expect(Object.keys(objections).filter((document) => !names.has(document))).toEqual([]);
});
