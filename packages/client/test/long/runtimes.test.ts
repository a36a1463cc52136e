import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { installRuntimes, runtimePath } from "@spherepay/testing/runtimes";
import { markdownTable } from "@spherepay/testing/table";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startHandshakeServers, type Kind } from "../handshake-servers.ts";
import {
  chromium,
  commandLine,
  expected,
  installPackedClient,
  runHandshakes,
  runScenario,
  workerd,
  type Runtime,
} from "../packed-client.ts";
import { sharesOneModule } from "../packed-modules.ts";

let project: string;

beforeAll(async () => {
  await installRuntimes();
  project = await installPackedClient();
}, 300_000);
afterAll(() => rm(project, { recursive: true }));

const node = (version: number, proxies = true): Row => ({
  name: `Node.js ${version}`,
  start: commandLine(runtimePath(`node-${version}/bin/node`)),
  tells: true,
  posts: 1,
  proves: ["no connection", "wrong certificate", "closed handshake"],
  proxies,
});
const deno = commandLine(runtimePath(".bin/deno"), "run", "--allow-net");
const connections: Kind[] = ["no connection", "wrong certificate"];
const handshakes: Kind[] = ["closed handshake", "broken handshake"];

/** A runtime, where its errors tell that nothing was sent, and whether it takes a proxy from the environment. */
interface Row extends Runtime {
  proves: Kind[];
  proxies: boolean;
}
const table: Row[] = [
  node(20, false),
  node(22),
  node(24),
  node(26),
  {
    name: "Bun",
    start: commandLine(runtimePath(".bin/bun")),
    tells: true,
    posts: 1,
    proves: connections,
    proxies: true,
  },
  { name: "Deno", start: deno, tells: true, posts: 1, proves: [...connections, ...handshakes], proxies: true },
  { name: "workerd", start: workerd(runtimePath(".bin/workerd")), tells: false, posts: 1, proves: [], proxies: false },
  // Chromium itself sends a POST again when a connection that it had used before breaks. No page can prevent that.
  { name: "Chromium", start: chromium, tells: false, posts: 2, proves: [], proxies: false },
];
const kinds: Kind[] = [...connections, ...handshakes];
const ways = ["Refused connection", "Wrong certificate", "Closed handshake", "Broken handshake"];
const head = ["Runtime", "Version", "Success", "Error", "Retry", "Timeout", ...ways, "Lost connection"];
const rows: string[][] = [];

test.each(table)("$name runs the packed client", { timeout: 120_000 }, async (runtime) => {
  const { version, seen } = await runScenario(runtime, project);
  expect(seen).toEqual(expected(runtime));

  const servers = await startHandshakeServers();
  onTestFinished(() => servers.close());
  const outcomes = await runHandshakes(runtime, project, servers);
  const outcomeOf = (kind: Kind) => (runtime.proves.includes(kind) ? "not_sent" : "unknown");
  const expectedOutcomes = servers.cases.map(({ kind, name }) => [kind, name, outcomeOf(kind)]);
  expect(servers.cases.map(({ kind, name }, index) => [kind, name, outcomes[index]])).toEqual(expectedOutcomes);
  for (const { kind, name, bytes } of servers.cases) {
    expect(bytes > 0, `the server read the request: ${kind}, ${name}`).toBe(kind === "request read");
  }
  const told = kinds.map((kind) => `\`${outcomeOf(kind)}\``);
  const lost = runtime.posts === 1 ? "sent once" : "**sent twice**";
  rows.push([runtime.name, version, "yes", "yes", "yes", "yes", ...told, lost]);
});

test.each(table.filter(({ proxies }) => proxies))("$name after a proxy refused", async (runtime) => {
  const servers = await startHandshakeServers();
  onTestFinished(() => servers.close());
  const proxy = createServer((_, response) => response.end()).on("connect", (_request, socket) => {
    socket.on("error", () => {}).end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
  });
  onTestFinished(() => void proxy.close());
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { HTTPS_PROXY, https_proxy: HTTPS_PROXY, NO_PROXY: "", no_proxy: "", NODE_USE_ENV_PROXY: "1" };
  const good = servers.cases.filter(({ kind }) => kind === "request read").slice(0, 1);
  const outcome = runtime.name === "Deno" ? "not_sent" : "unknown";
  expect(await runHandshakes(runtime, project, { ...servers, cases: good }, env)).toEqual([outcome]);
  expect(good).toMatchObject([{ bytes: 0 }]);
});

test.each([
  ["Node.js 20", "node-20/bin/node"],
  ["Node.js 22", "node-22/bin/node"],
  ["Node.js 24", "node-24/bin/node"],
  ["Node.js 26", "node-26/bin/node"],
  ["Bun", ".bin/bun"],
  ["Deno", ".bin/deno", "run", "--allow-read"],
])("what %s imports is what it requires", async (_, command, ...options) => {
  expect(await sharesOneModule(project, runtimePath(command), ...options)).toBe(true);
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
