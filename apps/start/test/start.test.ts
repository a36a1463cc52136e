import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const shell = promisify(execFile);

/** Runs `pnpm start` as a person would, in a process group of its own, as a terminal does. */
async function start(variables: Record<string, string>) {
  const env = { ...process.env, MOCK_PORT: "0", REFERENCE_PORT: "0", ONBOARDING_PORT: "0", ...variables };
  const child = spawn("pnpm", ["start"], { cwd: root, env, detached: true });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "exit");
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
  });
  return {
    ended,
    output: () => output,
    interrupt: () => process.kill(-child.pid!, "SIGINT"),
    terminate: () => child.kill("SIGTERM"),
  };
}

/** The command may be gone a moment before the last server is. */
const patiently = { timeout: 10_000 };

async function isListening(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** The addresses that the block names. */
async function addresses(output: () => string): Promise<string[]> {
  await expect.poll(output, { timeout: 50_000 }).toContain("Ctrl-C stops everything");
  return [...output().matchAll(/(?:app|Reference|API) +(http:\S+)/g)].map(([, url]) => url!);
}

test("one block names the servers, and the curl line in it creates the vendor's customer", async () => {
  const { output, interrupt, ended } = await start({});
  const urls = await addresses(output);
  expect(urls).toHaveLength(3);
  for (const url of urls) expect(await isListening(url)).toBe(true);

  const [command] = /curl [^]*?'\{.*\}'/.exec(output())!;
  const { stdout } = await shell("sh", ["-c", command]);
  expect(JSON.parse(stdout).id).toBe("customer_d41608fae4d34d308f85bc3c2b6ca29a");

  interrupt();
  await ended;
  await expect.poll(() => Promise.all(urls.map(isListening)), patiently).not.toContain(true);
});

test("ending the command alone ends the servers too", async () => {
  const { output, terminate, ended } = await start({});
  const urls = await addresses(output);
  terminate();
  await ended;
  await expect.poll(() => Promise.all(urls.map(isListening)), patiently).not.toContain(true);
});

test.each([
  ["MOCK_PORT", "mock"],
  ["REFERENCE_PORT", "reference"],
  ["ONBOARDING_PORT", "onboarding app"],
])("a taken port is named, with %s to change it, and nothing stays behind", async (variable, name) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;

  const { output, ended } = await start({ [variable]: String(port) });
  const [code] = await ended;

  expect(output()).toContain(
    `Port ${port}, which the ${name} needs, is taken. Free it, or set ${variable} to another.`,
  );
  expect(code).not.toBe(0);
});

test("a port that is none is refused in words", async () => {
  const { output, ended } = await start({ MOCK_PORT: "mock" });
  await ended;
  expect(output()).toContain('MOCK_PORT must be a port from 0 to 65535, not "mock".');
});
