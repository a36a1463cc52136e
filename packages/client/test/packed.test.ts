import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, commandLine, expected, installPackedClient, runScenario, type Runtime } from "./packed-client.ts";

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
