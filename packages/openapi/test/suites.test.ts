import { expect, test } from "vitest";
import { readApi } from "../src/index.ts";
import { listPublicFiles, readPublicFile } from "./documents/index.ts";

/** What is refused, and why. Everything else is read. */
const refused: Record<string, string> = {
  "3.0/json/response-http-behavior.json":
    "#/paths/~1cache/get/security/0/api_key: there is no security scheme api_key. Define it under components.securitySchemes.",
  "3.0/yaml/response-http-behavior.yaml":
    "#/paths/~1cache/get/security/0/api_key: there is no security scheme api_key. Define it under components.securitySchemes.",
};

const files = await listPublicFiles();

test("there are documents to read", () => {
  expect(files.length).toBeGreaterThan(100);
});

test.each(files.filter(({ name }) => refused[name] === undefined))(
  "$name is read, and no operation is lost",
  async ({ file }) => {
    const document = await readPublicFile(file);
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
  const document = await readPublicFile(files.find((file) => file.name === name)!.file);
  expect(() => readApi(document)).toThrow(reason);
});
