import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  chromium,
  commandLine,
  expected,
  installPackedClient,
  run,
  runScenario,
  workerd,
  type Runtime,
} from "../packed-client.ts";
import { sharesOneModule } from "../packed-modules.ts";

const runtimes = fileURLToPath(new URL("../runtimes/", import.meta.url));
const installed = (path: string) => join(runtimes, "node_modules", path);

let project: string;

beforeAll(async () => {
  await run(runtimes, "pnpm", "install", "--frozen-lockfile");
  project = await installPackedClient();
}, 300_000);
afterAll(() => rm(project, { recursive: true }));

const table: Runtime[] = [
  { name: "Node.js 20", start: commandLine(installed("node-20/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 22", start: commandLine(installed("node-22/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 24", start: commandLine(installed("node-24/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 26", start: commandLine(installed("node-26/bin/node")), tells: true, posts: 1 },
  { name: "Bun", start: commandLine(installed(".bin/bun")), tells: true, posts: 1 },
  { name: "Deno", start: commandLine(installed(".bin/deno"), "run", "--allow-net"), tells: true, posts: 1 },
  { name: "workerd", start: workerd(installed(".bin/workerd")), tells: false, posts: 1 },
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

test.each([
  ["Node.js 20", "node-20/bin/node"],
  ["Node.js 22", "node-22/bin/node"],
  ["Node.js 24", "node-24/bin/node"],
  ["Node.js 26", "node-26/bin/node"],
  ["Bun", ".bin/bun"],
  ["Deno", ".bin/deno", "run", "--allow-read"],
])("what %s imports is what it requires", async (_, command, ...options) => {
  expect(await sharesOneModule(project, installed(command), ...options)).toBe(true);
});

// A Chromium that was brought along has a version of its own.
test.skipIf(process.env["CHROMIUM_PATH"])("the README says what was run, and how it went", async () => {
  expect(rows).toHaveLength(table.length);
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const marked = /(?<=<!-- runtimes -->\n\n).*(?=\n\n<!-- \/runtimes -->)/s;
  expect(readme).toMatch(marked);
  await expect(
    readme.replace(marked, markdownTable(rows)),
    "Run `pnpm --filter @spherepay/client exec vitest run test/long/runtimes.test.ts -u` and commit what it changes.",
  ).toMatchFileSnapshot("../../README.md");
});

/** The table as oxfmt lays it out. */
function markdownTable(body: string[][]): string {
  const width = (column: number) => Math.max(...[head, ...body].map((row) => row[column]!.length));
  const line = (row: string[], fill = " ") => `| ${row.map((cell, i) => cell.padEnd(width(i), fill)).join(" | ")} |`;
  return [
    line(head),
    line(
      head.map(() => ""),
      "-",
    ),
    ...body.map((row) => line(row)),
  ].join("\n");
}
