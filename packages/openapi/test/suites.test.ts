import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readApi } from "../src/index.ts";

/** What is refused, and why. Everything else is read. */
const refused: Record<string, string> = {
  "3.0/json/response-http-behavior.json":
    "#/paths/~1cache/get/security/0/api_key: there is no security scheme api_key. Define it under components.securitySchemes.",
  "3.0/yaml/response-http-behavior.yaml":
    "#/paths/~1cache/get/security/0/api_key: there is no security scheme api_key. Define it under components.securitySchemes.",
};

const examples = dirname(createRequire(import.meta.url).resolve("@readme/oas-examples/package.json"));
const folders = ["3.0", "3.1"].map((version) => join(examples, version));
// A folder of public documents. Where nobody has it, there is nothing to be tested with it.
if (process.env["SUITES"]) folders.push(join(process.env["SUITES"], "documents"));

const files = (await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }))))
  .flat()
  .filter((entry) => entry.isFile() && /\.(?:json|ya?ml)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

test("there are documents to read", () => {
  expect(files.length).toBeGreaterThan(100);
});

async function read(file: string) {
  const source = await readFile(file, "utf8");
  return file.endsWith(".json") ? JSON.parse(source) : parse(source, { merge: true });
}

const isRefused = (file: string) => refused[relative(examples, file)] !== undefined;

test.each(files.filter((file) => !isRefused(file)).map((file) => [relative(examples, file), file]))(
  "%s is read, and no operation is lost",
  async (_, file) => {
    const document = await read(file);
    const operations = readApi(document).operations.map(({ method, path }) => `${method} ${path}`);
    const described = Object.entries<object>(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => /^(?:get|put|post|delete|options|head|patch|trace)$/.test(key))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations).toEqual(expect.arrayContaining(described));
    expect(operations.length).toBeGreaterThanOrEqual(described.length);
  },
);

test.each(Object.entries(refused))("%s is refused: %s", async (name, reason) => {
  const document = await read(join(examples, name));
  expect(() => readApi(document)).toThrow(reason);
});
