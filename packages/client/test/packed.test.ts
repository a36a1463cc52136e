import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, commandLine, expected, installPackedClient, runScenario, type Runtime } from "./packed-client.ts";
import { compileAndRun, sharesOneModule, type ModuleKind } from "./packed-modules.ts";

let project: string;

beforeAll(async () => {
  project = await installPackedClient();
}, 120_000);
afterAll(() => rm(project, { recursive: true }));

// All others: long/runtimes.test.ts.
test.each<Runtime>([
  { name: "the pinned Node.js", start: commandLine(process.execPath), tells: true, posts: 1 },
  { name: "Chromium", start: chromium, tells: false, posts: 2 },
])("$name runs the packed client", { timeout: 120_000 }, async (runtime) => {
  const { seen } = await runScenario(runtime, project);
  expect(seen).toEqual(expected(runtime));
});

// Other compilers, and Jest: long/modules.test.ts.
test.each<[title: string, type: ModuleKind["type"], ...runtime: string[]]>([
  ["an ES module", "module"],
  ["CommonJS", "commonjs"],
  ["CommonJS where no ES module can be required", "commonjs", "--no-experimental-require-module"],
])("a TypeScript program compiles and runs as %s", async (_, type, ...runtime) => {
  const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
  const output = await compileAndRun(project, tsc, { type, options: ["--module", "nodenext"] }, runtime);
  expect(output).toBe("SphereConnectionError SphereConnectionError\n");
});

test("what Node.js imports is what it requires", async () => {
  expect(await sharesOneModule(project, process.execPath)).toBe(true);
});

test("the version in the code is the package's", async () => {
  const folder = join(project, "node_modules/@spherepay/client");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(join(folder, "dist"), { recursive: true })).filter((file) => /\.(js|ts)$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, "dist", file), "utf8")));
  const said = texts.flatMap((text) => [...text.matchAll(/\bversion = "(.*)"/g)].map(([, found]) => found));
  expect(new Set(said)).toEqual(new Set([version]));
});
