import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyWorkspace, type WorkspaceCopy } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { installTools, toolPath } from "@spherepay/testing/tools";

/**
 * The commands of CONTRIBUTING.md are run as they are printed, but for the port and the folder: a server of the cache,
 * and builds in two copies of the workspace. The tests follow each other.
 */
const contributing = await readFile(new URL("../../../../CONTRIBUTING.md", import.meta.url), "utf8");
const section = /^## Share the build cache\n(.*?)^## /ms.exec(contributing)![1]!;
const [serve, build] = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands!);

let store: string;
let server: { url: string; stop(): Promise<void> };
const copies: WorkspaceCopy[] = [];

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "remote-cache-"));
  await installTools();
  server = await startServer();
  copies.push(await copyWorkspace(), await copyWorkspace());
  // A machine of its own has a cache of its own.
  for (const { env } of copies) delete env["TURBO_CACHE_DIR"];
}, 300_000);
afterAll(async () => {
  await server?.stop();
  for (const copy of copies) await copy.remove(".");
  await rm(store, { recursive: true });
});

test("a first machine builds everything and shares it", async () => {
  const built = await buildIn(copies[0]!);
  expect(built.length).toBeGreaterThan(5);
  expect(new Set(built.map(({ cache }) => cache.status))).toEqual(new Set(["MISS"]));
  expect(await readdir(join(store, "team_spherepay"))).toHaveLength(built.length * 2);
}, 240_000);

test("a second machine builds nothing and has the same", async () => {
  const built = await buildIn(copies[1]!);
  expect(built.filter(({ cache }) => cache.source !== "REMOTE")).toEqual([]);
  for (const file of ["packages/client/dist/index.js", "packages/mock/dist/openapi.json"]) {
    expect(await copies[1]!.read(file)).toBe(await copies[0]!.read(file));
  }
}, 240_000);

test("what was changed on the server is built again, and nothing else", async () => {
  const before = await buildIn(copies[1]!);
  const client = before.find(({ taskId }) => taskId === "@spherepay/client#build");
  await appendFile(join(store, "team_spherepay", client!.hash), "changed");
  await copies[1]!.remove(".turbo/cache");

  const built = await buildIn(copies[1]!);
  const missed = built.filter(({ cache }) => cache.status === "MISS");
  expect(missed.map(({ taskId }) => taskId)).toEqual(["@spherepay/client#build"]);
}, 240_000);

test("the server refuses who does not know the token", async () => {
  const response = await fetch(`${server.url}/v8/artifacts/0000000000000000?slug=team_spherepay`);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).not.toBe(404);
});

/** Runs the commands that build, and tells how each task went. */
async function buildIn(copy: WorkspaceCopy): Promise<Task[]> {
  copy.env["TURBO_RUN_SUMMARY"] = "true";
  copy.env["npm_config_yes"] = "true";
  const { failed, output } = await copy.run("sh", "-c", replace(build!, "http://127.0.0.1:3000", server.url));
  if (failed) throw new Error(output);
  const runs = join(copy.folder, ".turbo/runs");
  const [summary] = await readdir(runs);
  const { tasks } = JSON.parse(await readFile(join(runs, summary!), "utf8")) as { tasks: Task[] };
  await rm(runs, { recursive: true });
  // A package may have nothing to build.
  return tasks.filter(({ command }) => command !== "<NONEXISTENT>");
}

/** A task as turbo sums it up. */
interface Task {
  taskId: string;
  command: string;
  /** Names it in the cache. */
  hash: string;
  cache: { status: "HIT" | "MISS"; source?: "LOCAL" | "REMOTE" };
}

/** Runs the commands that start the server. */
async function startServer(): Promise<typeof server> {
  const commands = replace(replace(serve!, "PORT=3000", "PORT=0"), "/var/lib/turbo-cache", store);
  // There npx finds it installed, if the version is the one that was tried.
  const cwd = toolPath("..");
  const env = { ...process.env, npm_config_yes: "false" };
  const child = spawn("sh", ["-c", commands], { cwd, env, detached: true });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  // The shell has children of its own, and its output ends when the last of them is gone.
  const ended = Promise.all([once(child, "exit"), once(child.stdout, "close")]);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGTERM");
    await ended;
  };
  try {
    const url = await vi.waitUntil(() => /listening at (http:[\d.:/]+)/.exec(output)?.[1], { timeout: 60_000 });
    return { url, stop };
  } catch (error) {
    await stop();
    throw new Error(`The server does not listen:\n${output}`, { cause: error });
  }
}

function replace(commands: string, search: string, replacement: string): string {
  if (!commands.includes(search)) throw new Error(`CONTRIBUTING.md no longer says ${search} in:\n${commands}`);
  return commands.replace(search, replacement);
}
