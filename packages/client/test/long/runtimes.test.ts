import { readFile, rm } from "node:fs/promises";
import { installRuntimes, runtimePath } from "@spherepay/testing/runtimes";
import { markdownTable } from "@spherepay/testing/table";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  chromium,
  commandLine,
  expected,
  installPackedClient,
  runScenario,
  workerd,
  type Runtime,
} from "../packed-client.ts";

let project: string;

beforeAll(async () => {
  await installRuntimes();
  project = await installPackedClient();
}, 300_000);
afterAll(() => rm(project, { recursive: true }));

const table: Runtime[] = [
  { name: "Node.js 20", start: commandLine(runtimePath("node-20/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 22", start: commandLine(runtimePath("node-22/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 24", start: commandLine(runtimePath("node-24/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 26", start: commandLine(runtimePath("node-26/bin/node")), tells: true, posts: 1 },
  { name: "Bun", start: commandLine(runtimePath(".bin/bun")), tells: true, posts: 1 },
  { name: "Deno", start: commandLine(runtimePath(".bin/deno"), "run", "--allow-net"), tells: true, posts: 1 },
  { name: "workerd", start: workerd(runtimePath(".bin/workerd")), tells: false, posts: 1 },
  // Chromium itself sends a POST again when a connection that it had used before breaks. No page can prevent that.
  { name: "Chromium", start: chromium, tells: false, posts: 2 },
];
const head = ["Runtime", "Version", "Success", "Error", "Retry", "Timeout", "Refused connection", "Lost connection"];
const rows: string[][] = [];

test.each(table)("$name runs the packed client", { timeout: 120_000 }, async (runtime) => {
  const { version, seen } = await runScenario(runtime, project);
  expect(seen).toEqual(expected(runtime));
  const refused = `\`${runtime.tells ? "not_sent" : "unknown"}\``;
  const lost = runtime.posts === 1 ? "sent once" : "**sent twice**";
  rows.push([runtime.name, version, "yes", "yes", "yes", "yes", refused, lost]);
});

// A Chromium that was brought along has a version of its own.
test.skipIf(process.env["CHROMIUM_PATH"])("the README says what was run, and how it went", async () => {
  expect(rows).toHaveLength(table.length);
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const marked = /(?<=<!-- runtimes -->\n\n).*(?=\n\n<!-- \/runtimes -->)/s;
  expect(readme).toMatch(marked);
  await expect(
    readme.replace(marked, markdownTable(head, rows)),
    "Run `pnpm --filter @spherepay/client exec vitest run test/long/runtimes.test.ts -u` and commit what it changes.",
  ).toMatchFileSnapshot("../../README.md");
});
