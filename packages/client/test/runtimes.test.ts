import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMockServer, type MockServer } from "@spherepay/mock";
import { launchBrowser } from "@spherepay/testing/browser";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startMock } from "./start-mock.ts";

const runtimes = fileURLToPath(new URL("runtimes/", import.meta.url));
const installed = (path: string) => join(runtimes, "node_modules", path);
const created = "customer_d41608fae4d34d308f85bc3c2b6ca29a";

type Urls = Record<"mock" | "busy" | "breaking" | "silent" | "gone", string>;
type Ran = { version: string; result: unknown };

let project: string;
let mock: MockServer;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "runtimes-"));
  mock = await startMockServer();
  await run("pnpm", ["install", "--frozen-lockfile"], runtimes);
  await run("pnpm", ["pack", "--pack-destination", project], fileURLToPath(new URL("..", import.meta.url)));
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"))!;
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", `./${tarball}`]);
  await cp(join(runtimes, "scenario.mjs"), join(project, "scenario.mjs"));
}, 300_000);
afterAll(async () => {
  await mock?.close();
  await rm(project, { recursive: true });
});

async function run(command: string, options: string[], folder = project): Promise<string> {
  const env = { ...process.env, DENO_DIR: join(project, "deno"), DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1" };
  return (await promisify(execFile)(command, options, { cwd: folder, env, timeout: 240_000 })).stdout;
}

/** Writes a program that does something with the scenario's result. */
async function program(name: string, urls: Urls, use: (result: string) => string): Promise<string> {
  const call = use(`await scenario(${JSON.stringify(urls)})`);
  const file = join(project, name);
  await writeFile(file, `import { scenario } from "./scenario.mjs";\n${call};\n`);
  return file;
}

function commandLine(command: string, ...options: string[]) {
  return async (urls: Urls): Promise<Ran> => {
    const file = await program("main.mjs", urls, (result) => `console.log(JSON.stringify(${result}))`);
    const version = /\d+\.\d+\.\d+/.exec(await run(command, ["--version"]))![0];
    return { version, result: JSON.parse(await run(command, [...options, file])) };
  };
}

async function inWorkerd(urls: Urls): Promise<Ran> {
  const handler = (result: string) => `export default { fetch: async () => Response.json(${result}) }`;
  const entry = await program("worker.mjs", urls, handler);
  await build({ entryPoints: [entry], outfile: join(project, "worker.js"), bundle: true, format: "esm" });
  await writeFile(
    join(project, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (
          modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-01-01")),
        (name = "internet", network = (allow = ["private"])),
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );`,
  );
  const command = installed(".bin/workerd");
  const worker = spawn(command, ["serve", "--control-fd=3", "worker.capnp"], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  onTestFinished(() => void worker.kill());
  const listening = await new Promise<Buffer>((resolve) => worker.stdio[3]!.once("data", resolve));
  const { port } = JSON.parse(String(listening)) as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}`);
  const version = (await run(command, ["--version"])).replace("workerd", "").trim();
  return { version, result: await response.json() };
}

async function inChromium(urls: Urls): Promise<Ran> {
  const promise = (result: string) => `globalThis.ran = (async () => ${result})()`;
  const entry = await program("page.mjs", urls, promise);
  const script = join(project, "page.js");
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: "browser" });
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  // A page of another origin than all of the servers, which let it in.
  await page.goto(urls.mock.replace("127.0.0.1", "localhost"));
  await page.addScriptTag({ path: script });
  return { version: browser.version(), result: await page.evaluate("ran") };
}

/** How each runtime is started, whether its errors tell that there was no connection, and whether it repeats a POST. */
const table = [
  { name: "Node.js 20", start: commandLine(installed("node-20/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 22", start: commandLine(installed("node-22/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 24", start: commandLine(installed("node-24/bin/node")), tells: true, posts: 1 },
  { name: "Node.js 26", start: commandLine(installed("node-26/bin/node")), tells: true, posts: 1 },
  { name: "Bun", start: commandLine(installed(".bin/bun")), tells: true, posts: 1 },
  { name: "Deno", start: commandLine(installed(".bin/deno"), "run", "--allow-net"), tells: true, posts: 1 },
  { name: "workerd", start: inWorkerd, tells: false, posts: 1 },
  // Chromium itself sends a POST again when a connection that it had used before breaks. No page can prevent that.
  { name: "Chromium", start: inChromium, tells: false, posts: 2 },
];
const head = ["Runtime", "Version", "Success", "Error", "Retry", "Timeout", "Refused connection", "Lost connection"];
const rows: string[][] = [];

test.each(table)("$name runs the packed client", { timeout: 120_000 }, async ({ name, start, tells, posts }) => {
  const busy = await startMock({ status: 429, headers: { "retry-after": "0" } });
  const breaking = await startMock({ headers: { "x-fault": "the next request" } }, { drop: "after", times: Infinity });
  const silent = await startMock({ delay: 60_000, times: Infinity });
  const gone = await startMock();
  await gone.close();

  const urls = { mock: mock.url, busy: busy.url, breaking: breaking.url, silent: silent.url, gone: gone.url };
  const { version, result } = await start(urls);

  const refused = tells ? "not_sent" : "unknown";
  expect(result).toEqual({
    success: created,
    error: {
      name: "SphereApiError",
      status: 400,
      fieldErrors: { address: ["Required"] },
      attempts: 1,
      outcome: "rejected",
    },
    retry: created,
    kept: created,
    broken: { name: "SphereConnectionError", attempts: 1, outcome: "unknown" },
    refused: { name: "SphereConnectionError", attempts: 1, outcome: refused },
    timeout: { name: "SphereTimeoutError", attempts: 1, outcome: "unknown" },
  });
  expect(busy.requests).toHaveLength(2);
  expect(silent.requests).toHaveLength(1);
  expect(breaking.requests).toHaveLength(1 + posts);
  const lost = posts === 1 ? "sent once" : "**sent twice**";
  rows.push([name, version, "yes", "yes", "yes", "yes", `\`${refused}\``, lost]);
});

// A Chromium that was brought along has a version of its own.
test.skipIf(process.env["CHROMIUM_PATH"])("the README says what was run, and how it went", async () => {
  expect(rows).toHaveLength(table.length);
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const marked = /(?<=<!-- runtimes -->\n\n).*(?=\n\n<!-- \/runtimes -->)/s;
  expect(readme).toMatch(marked);
  await expect(
    readme.replace(marked, markdownTable(rows)),
    "Run `pnpm --filter @spherepay/client exec vitest run test/runtimes.test.ts -u` and commit what it changes.",
  ).toMatchFileSnapshot("../README.md");
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
