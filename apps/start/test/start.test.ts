import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "@spherepay/testing/free-port";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";
import { expect, onTestFinished, test } from "vitest";
import { choosePorts } from "../src/ports.ts";
import { addressesIn, isListening, runCommand } from "./command.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const anyPorts = { MOCK_PORT: "0", REFERENCE_PORT: "0", ONBOARDING_PORT: "0" };
/** The command may be gone a moment before the last server is. */
const patiently = { timeout: 10_000 };

const start = (variables: Record<string, string> = {}) =>
  runCommand(root, ["pnpm", "start"], { ...process.env, ...anyPorts, ...variables });

async function takenPort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  return (taken.address() as AddressInfo).port;
}

test("with everything built, one block names the servers, and the curl line in it creates the vendor's customer", async () => {
  const { output, interrupt, ended } = start();
  await expect.poll(output, { timeout: 50_000 }).toContain("Ctrl-C stops everything");
  expect(output()).toMatch(
    /^\$ node apps\/start\/src\/start\.ts\n\n {2}Onboarding app .*\n {2}Reference .*\n {2}Mock API /,
  );
  const urls = addressesIn(output());
  expect(urls).toHaveLength(3);
  for (const url of urls) expect(await isListening(url)).toBe(true);

  const [command] = /curl [^]*?'\{.*\}'/.exec(output())!;
  const { stdout } = await promisify(execFile)("sh", ["-c", command]);
  expect(JSON.parse(stdout).id).toBe("customer_d41608fae4d34d308f85bc3c2b6ca29a");

  interrupt();
  await ended;
  await expect.poll(() => Promise.all(urls.map(isListening)), patiently).not.toContain(true);
});

test("ending the command alone ends the servers too", async () => {
  const { output, terminate, ended } = start();
  await expect.poll(output, { timeout: 50_000 }).toContain("Ctrl-C stops everything");
  const urls = addressesIn(output());
  terminate();
  await ended;
  await expect.poll(() => Promise.all(urls.map(isListening)), patiently).not.toContain(true);
});

test("what is not built yet is named as it is built, with the time, and the block is the end", async () => {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  // An edit that no cache has.
  const words = "apps/onboarding/src/words.ts";
  await workspace.write(words, `${await workspace.read(words)}\n// ${randomUUID()}\n`);
  const { output } = runCommand(workspace.folder, ["pnpm", "start"], { ...workspace.env, ...anyPorts });
  await expect.poll(output, { timeout: 50_000 }).toContain("Ctrl-C stops everything");
  expect(output()).toMatch(
    /^.*\n\nBuilding what has changed:\n\n(?: +\d+\.\d s {2}[a-z]+ [a-z]+\n)* +\d+\.\d s {2}onboarding build\n +\d+\.\d s {2}done\n\n {2}Onboarding app [^]+ Ctrl-C stops everything\.\n\n$/,
  );
});

test("Ctrl-C ends a build too, and nothing is started then", async () => {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  const words = "apps/onboarding/src/words.ts";
  await workspace.write(words, `${await workspace.read(words)}\n// ${randomUUID()}\n`);
  const { output, interrupt, ended } = runCommand(workspace.folder, ["pnpm", "start"], {
    ...workspace.env,
    ...anyPorts,
  });
  await expect.poll(output, { timeout: 50_000, interval: 20 }).toContain("onboarding build");
  interrupt();
  await ended;
  expect(output()).toMatch(/s {2}onboarding build\n$/);
});

test.each(["start", "dev"])(
  "%s says of a taken port, as its last line, which it is and how to choose another",
  async (command) => {
    const port = await takenPort();
    const variables = { ...process.env, ...anyPorts, REFERENCE_PORT: `${port}` };
    const { output, ended } = runCommand(root, ["pnpm", command], variables);
    const [code] = await ended;
    expect(output()).toBe(
      `$ node apps/start/src/${command}.ts\n\n` +
        `Port ${port}, which the reference needs, is taken. Free it, or set REFERENCE_PORT to another.\n` +
        // pnpm's own, which it leaves out only together with what it says of an installation.
        "[ELIFECYCLE] Command failed with exit code 1.\n",
    );
    expect(code).toBe(1);
  },
);

test.each([
  ["MOCK_PORT", "mock"],
  ["REFERENCE_PORT", "reference"],
  ["ONBOARDING_PORT", "onboarding app"],
])("%s is tried before anything is built", async (variable, name) => {
  const port = await takenPort();
  await expect(choosePorts({ ...anyPorts, [variable]: `${port}` })).rejects.toThrow(
    `Port ${port}, which the ${name} needs, is taken. Free it, or set ${variable} to another.`,
  );
});

test("a port that is none is refused in words", async () => {
  for (const value of ["mock", "65536", "-1", ""]) {
    await expect(choosePorts({ ...anyPorts, MOCK_PORT: value })).rejects.toThrow(
      `MOCK_PORT must be a port from 0 to 65535, not "${value}".`,
    );
  }
});

test("two servers cannot have one port", async () => {
  const MOCK_PORT = String(await freePort());
  await expect(choosePorts({ ...anyPorts, MOCK_PORT, REFERENCE_PORT: MOCK_PORT })).rejects.toThrow(
    `Port ${MOCK_PORT}, which the reference needs, is taken.`,
  );
});
