/** What bundlers make of the built package: no more than they would make of its sources. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { operationTable } from "../src/generated/operations.ts";
import * as http from "../src/http.ts";
import * as index from "../src/index.ts";

const client = fileURLToPath(new URL("..", import.meta.url));

/** An app that uses some exports of a module, without comments. Names are as they were: how short they get is chance. */
async function bundle(names: string[], module: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names.join(", ")} } from ${JSON.stringify(module)};`, resolveDir: client },
    bundle: true,
    minifyWhitespace: true,
    minifySyntax: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0]!.text;
}

describe.each([
  { module: "index", exports: Object.keys(index) },
  { module: "http", exports: Object.keys(http) },
])("of $module", ({ module, exports }) => {
  const apps = [...exports.map((name) => ({ title: name, names: [name] })), { title: "all of it", names: exports }];
  test.each(apps)("an app with $title is not a byte larger", async ({ names }) => {
    const built = await bundle(names, `./dist/${module}.js`);
    const sources = await bundle(names, `./src/${module}.ts`);
    expect(built.length).toBeLessThanOrEqual(sources.length);
  });
});

test("an app that only tells errors apart has no operation in it", async () => {
  const app = await bundle(["isSphereApiError"], "./dist/index.js");
  expect(app).toContain("SphereApiError");
  expect(Object.values(operationTable).filter(({ path }) => app.includes(`"${path}"`))).toEqual([]);
});

test("what imports the client and what requires it have one between them", async () => {
  const { metafile } = await build({
    stdin: { contents: 'export * from "@spherepay/client/http"; require("@spherepay/client");', resolveDir: client },
    bundle: true,
    external: ["openapi-fetch"],
    metafile: true,
    write: false,
  });
  const built = Object.keys(metafile.inputs).filter((path) => path.startsWith("dist/"));
  expect(built.toSorted()).toEqual(["dist/http.js", "dist/index.js", "dist/shared.js"]);
});
