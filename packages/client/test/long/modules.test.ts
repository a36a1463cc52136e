/** The packed client in each kind of module that its README names. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installTools, run, toolPath } from "@spherepay/testing/tools";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPackedClient } from "../packed-client.ts";
import { compileAndRun, type ModuleKind } from "../packed-modules.ts";

let project: string;
beforeAll(async () => {
  await installTools();
  project = await installPackedClient();
}, 300_000);
afterAll(() => rm(project, { recursive: true }));

const kinds: Record<string, ModuleKind> = {
  "nodenext, an ES module": { type: "module", options: ["--module", "nodenext"] },
  "nodenext, CommonJS": { type: "commonjs", options: ["--module", "nodenext"] },
  "node16, an ES module": { type: "module", options: ["--module", "node16"] },
  "node16, CommonJS": { type: "commonjs", options: ["--module", "node16"] },
  bundler: { type: "module", options: ["--module", "esnext", "--moduleResolution", "bundler"] },
  node10: { type: "commonjs", options: ["--module", "commonjs", "--moduleResolution", "node10"] },
};
const compilers = ["5.5", "5.9", "6", "7"];

const table = compilers.flatMap((compiler) =>
  Object.entries(kinds)
    // TypeScript 7 no longer has it.
    .filter(([kind]) => !(kind === "node10" && compiler === "7"))
    .map(([kind, { type, options }]) => ({ compiler, kind, type, options })),
);
test.each(table)("TypeScript $compiler, $kind", async ({ compiler, kind, type, options }) => {
  const deprecated = kind === "node10" && compiler === "6" ? ["--ignoreDeprecations", "6.0"] : [];
  const tsc = toolPath(`typescript-${compiler}/bin/tsc`);
  const output = await compileAndRun(project, tsc, { type, options: [...options, ...deprecated] });
  expect(output).toBe("SphereConnectionError SphereConnectionError\n");
});

test("Jest as it is, without a setting", async () => {
  const folder = join(project, "jest");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), "{}");
  await writeFile(join(folder, "app.test.js"), jestTest);
  const output = await run(process.execPath, [toolPath("jest/bin/jest.js"), "--rootDir", folder], folder);
  expect(output).toContain("1 passed, 1 total");
});

const jestTest = `
const { createSphereClient, SphereApiError } = require("@spherepay/client");
const { createSphereHttp } = require("@spherepay/client/http");

test("both entries", async () => {
  const fetch = jest.fn(async () => new Response("{}", { status: 400 }));
  const params = { path: { customer_id: "customer_1" } };
  await expect(createSphereClient({ apiKey: "any", fetch }).getCustomer({ params })).rejects.toThrow(SphereApiError);
  const { response } = await createSphereHttp({ apiKey: "any", fetch }).GET("/v2/customer/{customer_id}", { params });
  expect(response.status).toBe(400);
  expect(fetch).toHaveBeenCalledTimes(2);
});
`;
