import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, onTestFinished } from "vitest";
import manifest from "../package.json" with { type: "json" };

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

function run(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  // A test that fails half-way leaves no process behind.
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function finish(...args: string[]) {
  const child = run(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

async function untilPrinted(stream: Readable, pattern: RegExp): Promise<string> {
  let printed = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (pattern.test(printed)) break;
  }
  return printed;
}

test("prints its options", async () => {
  const { code, stdout } = await finish("--help");
  expect(code).toBe(0);
  for (const option of ["--port", "--host", "--spec", "--help", "--version"]) expect(stdout).toContain(option);
});

test("prints its version", async () => {
  expect(await finish("--version")).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
});

test.each([
  ["an unknown option", ["--prot", "1"], 2, "'--prot'"],
  ["an argument", ["openapi.yaml"], 2, "'openapi.yaml'"],
  ["a port that is no number", ["--port", "x"], 2, "--port"],
  ["a port out of range", ["--port", "65536"], 2, "--port"],
  ["a document that is missing", ["--spec", "missing.yaml"], 1, "Cannot load missing.yaml: "],
  ["a document that is not OpenAPI", ["--spec", "package.json"], 1, "Cannot load package.json: "],
])("refuses %s in one line", async (_, args, code, reason) => {
  const result = await finish(...args);
  expect(result).toEqual({ code, stdout: "", stderr: expect.stringContaining(reason) });
  expect(result.stderr).toMatch(/^spherepay-mock: .+\.\n$/);
});

test("names a port that is taken and the option that changes it", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as { port: number };
  const { code, stderr } = await finish("--port", String(port));
  blocker.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken; choose another with --port`);
});

test.each(["SIGINT", "SIGTERM"] as const)("prints a command that works, and frees its port on %s", async (signal) => {
  const child = run("--port", "0");
  const printed = await untilPrinted(child.stdout, /-d '.+'\n/);
  const url = /http:\S+/.exec(printed)?.[0] ?? "";
  const command = /curl [^]+'/.exec(printed)?.[0] ?? "";

  const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent`]);
  expect(JSON.parse(stdout)).toHaveProperty("id", "customer_d41608fae4d34d308f85bc3c2b6ca29a");

  const closed = once(child, "close");
  child.kill(signal);
  expect(await closed).toEqual([0, null]);
  const free = createServer().listen(Number(new URL(url).port), "127.0.0.1");
  await once(free, "listening");
  free.close();
});
