import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { installRuntimes, runtimePath } from "@spherepay/testing/runtimes";
import { markdownTable } from "@spherepay/testing/table";
import { run } from "@spherepay/testing/tools";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPackedMock } from "../packed-mock.ts";

/** What every runtime should see. */
const expected = {
  inProcess: {
    valid: '200 {"id":',
    wrong: '400 {"ts":',
    dynamic: '200 {"emai',
    status: '503 {"ts":',
    dropped: "TypeError",
    half: "TypeError",
    yaml: "200 [1,2]",
  },
  overSocket: {
    fetched: '200 {"id":',
    valid: "HTTP/1.1 200",
    before: "nothing",
    after: "nothing",
    half: "HTTP/1.1 200, not whole",
    late: "HTTP/1.1 200",
    noHttp: "HTTP/1.1 400",
    twoHosts: "HTTP/1.1 400",
    proxied: "HTTP/1.1 405",
    headers: "HTTP/1.1 431",
    large: "HTTP/1.1 413",
    slow: "HTTP/1.1 408",
  },
  statuses: [
    [200, null],
    [200, null],
    [null, "before"],
    [200, "after"],
    [200, null],
    [200, null],
    [413, null],
  ],
  gone: "TypeError",
};

const table: [name: string, command: string, ...options: string[]][] = [
  ["Node.js 20", runtimePath("node-20/bin/node")],
  ["Node.js 22", runtimePath("node-22/bin/node")],
  ["Node.js 24", runtimePath("node-24/bin/node")],
  ["Node.js 26", runtimePath("node-26/bin/node")],
  ["Bun", runtimePath(".bin/bun")],
  ["Deno", runtimePath(".bin/deno"), "run", "--allow-all"],
];
const head = ["Runtime", "Version", "In process", "Faults", "Server", "Broken requests", "Command"];
const rows: string[][] = [];

let project: string;

beforeAll(async () => {
  await installRuntimes();
  project = await installPackedMock();
}, 300_000);
afterAll(() => rm(project, { recursive: true }));

test.each(table)("%s runs the packed mock", { timeout: 120_000 }, async (name, command, ...options) => {
  const seen: unknown = JSON.parse(await run(command, [...options, "main.mjs"], project));
  expect(seen).toEqual(expected);
  const cli = join(project, "node_modules/@spherepay/mock/dist/cli.js");
  expect(await run(command, [...options, cli, "--check", "document.yaml"], project)).toBe("1 operation, no warning\n");
  const [version] = /\d+\.\d+\.\d+/.exec(await run(command, ["--version"], project))!;
  rows.push([name, version, "yes", "yes", "yes", "yes", "yes"]);
});

test("what is installed is one package of at most 5 MB", async () => {
  const packages = await readdir(join(project, "node_modules"), { recursive: true, withFileTypes: true });
  const manifests = packages.filter(({ name }) => name === "package.json");
  expect(manifests).toHaveLength(1);
  const files = packages.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000_000);
});

test("the README says what was run, and how it went", async () => {
  expect(rows).toHaveLength(table.length);
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const marked = /(?<=<!-- runtimes -->\n\n).*(?=\n\n<!-- \/runtimes -->)/s;
  expect(readme).toMatch(marked);
  await expect(
    readme.replace(marked, markdownTable(head, rows)),
    "Run `pnpm --filter @spherepay/mock exec vitest run test/long/runtimes.test.ts -u` and commit what it changes.",
  ).toMatchFileSnapshot("../../README.md");
});
