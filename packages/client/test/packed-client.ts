import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launchBrowser } from "@spherepay/testing/browser";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import type { startHandshakeServers } from "./handshake-servers.ts";
import { startMock } from "./start-mock.ts";

const created = "customer_d41608fae4d34d308f85bc3c2b6ca29a";

/** A function of `runtimes/`, in a file of the same name, and what it is called with. */
interface Program {
  name: "scenario" | "handshakes";
  argument: unknown;
  /** Certificates that the runtime has to trust, as PEM; for Chromium by the hash of a key. */
  trusted?: { authority: string; key: string };
  /** Environment variables, for runtimes that have some. */
  env?: NodeJS.ProcessEnv;
}
type Start = (project: string, program: Program) => Promise<{ version: string; result: any }>;

/** How a runtime is started, whether its errors tell that there was no connection, and how often it sends a POST. */
export interface Runtime {
  name: string;
  start: Start;
  tells: boolean;
  posts: number;
}

/** Packs the client and installs it as a user does. Returns the folder. */
export async function installPackedClient(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), "packed-"));
  await run(fileURLToPath(new URL("..", import.meta.url)), "pnpm", "pack", "--pack-destination", project);
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"))!;
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  await run(project, "npm", "install", "--no-audit", "--no-fund", `./${tarball}`);
  for (const program of ["scenario.mjs", "handshakes.mjs"]) {
    await cp(new URL(`runtimes/${program}`, import.meta.url), join(project, program));
  }
  return project;
}

/** Runs a command to its end, and returns what it printed on standard output. */
export function run(folder: string, command: string, ...options: string[]): Promise<string> {
  return runWith({}, folder, command, ...options);
}

async function runWith(more: NodeJS.ProcessEnv, folder: string, command: string, ...options: string[]) {
  const quiet = { DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1" };
  const env = { ...process.env, ...quiet, ...more };
  return (await promisify(execFile)(command, options, { cwd: folder, env, timeout: 240_000 })).stdout;
}

/** Runs the scenario in a runtime. Returns the runtime's version, and what the caller and the servers saw. */
export async function runScenario({ start }: Runtime, project: string) {
  const mock = await startMock();
  const busy = await startMock({ status: 429, headers: { "retry-after": "0" } });
  const breaking = await startMock({ headers: { "x-fault": "the next request" } }, { drop: "after", times: Infinity });
  const silent = await startMock({ delay: 60_000, times: Infinity });
  // Closed everywhere, and no fetch blocks it; a port of our own could be given to another server.
  const gone = "http://127.0.0.1:2";
  const urls = { mock: mock.url, busy: busy.url, breaking: breaking.url, silent: silent.url, gone };
  const { version, result } = await start(project, { name: "scenario", argument: urls });
  const requests = { busy: busy.requests.length, breaking: breaking.requests.length, silent: silent.requests.length };
  return { version, seen: { result, requests } };
}

/** Runs the failing handshakes in a runtime. Returns the outcome of each case. */
export async function runHandshakes(
  { start }: Runtime,
  project: string,
  { cases, trusted }: Pick<Awaited<ReturnType<typeof startHandshakeServers>>, "cases" | "trusted">,
  env: NodeJS.ProcessEnv = {},
): Promise<string[]> {
  const argument = cases.map(({ url, call }) => ({ url, call }));
  return (await start(project, { name: "handshakes", argument, trusted, env })).result;
}

/** What the caller and the servers should see. */
export function expected({ tells, posts }: Runtime): object {
  const result = {
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
    refused: { name: "SphereConnectionError", attempts: 1, outcome: tells ? "not_sent" : "unknown" },
    timeout: { name: "SphereTimeoutError", attempts: 1, outcome: "unknown" },
  };
  return { result, requests: { busy: 2, breaking: 1 + posts, silent: 1 } };
}

/** A runtime that is a command, and runs the file that comes last on its command line. */
export function commandLine(command: string, ...options: string[]): Start {
  return async (project, program) => {
    const file = await writeProgram(project, program, (result) => `console.log(JSON.stringify(${result}))`);
    const trust = program.trusted && { NODE_EXTRA_CA_CERTS: "authority.pem", DENO_CERT: "authority.pem" };
    const result = JSON.parse(await runWith({ ...trust, ...program.env }, project, command, ...options, file));
    return { version: await versionOf(project, command), result };
  };
}

/**
 * workerd, which here runs a handler to its end. As a server it would close a connection whose first request has not
 * arrived within 15 seconds, and on a busy machine neither process may have run for that long.
 */
export function workerd(command: string): Start {
  return async (project, program) => {
    const handler = (result: string) => `export default { test: async () => console.log(JSON.stringify(${result})) }`;
    const entry = await writeProgram(project, program, handler);
    const trust = program.trusted ? `, tlsOptions = (trustedCertificates = [embed "authority.pem"])` : "";
    await build({ entryPoints: [entry], outfile: join(project, "worker.js"), bundle: true, format: "esm" });
    await writeFile(
      join(project, "worker.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [
          (name = "main", worker = (
            modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-01-01")),
          (name = "internet", network = (allow = ["private"]${trust})),
        ],
      );`,
    );
    const result = JSON.parse(await run(project, command, "test", "worker.capnp"));
    return { version: await versionOf(project, command), result };
  };
}

/** Chromium, where the scenario runs in a page of another origin than all of the servers, which let it in. */
export const chromium: Start = async (project, program) => {
  const entry = await writeProgram(project, program, (result) => `globalThis.ran = (async () => ${result})()`);
  const script = join(project, "page.js");
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: "browser" });
  const { trusted } = program;
  const browser = await launchBrowser(...(trusted ? [`--ignore-certificate-errors-spki-list=${trusted.key}`] : []));
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const { url } = await startMock();
  await page.goto(url.replace("127.0.0.1", "localhost"));
  await page.addScriptTag({ path: script });
  return { version: browser.version(), result: await page.evaluate("ran") };
};

/** Writes a program that does something with the result of the function that it calls. */
async function writeProgram(
  project: string,
  { name, argument, trusted }: Program,
  use: (result: string) => string,
): Promise<string> {
  if (trusted) await writeFile(join(project, "authority.pem"), trusted.authority);
  const file = join(project, "main.mjs");
  const call = use(`await ${name}(${JSON.stringify(argument)})`);
  await writeFile(file, `import { ${name} } from "./${name}.mjs";\n${call};\n`);
  return file;
}

/** Such as 24.21.0, or 2026-11-17. */
async function versionOf(project: string, command: string): Promise<string> {
  return /\d+[.-]\d+[.-]\d+/.exec(await run(project, command, "--version"))![0];
}
