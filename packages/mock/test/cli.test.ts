import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** @returns all that has been printed since the last call, when it matches */
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
  const options =
    "port host spec watch strict check dynamic seed ignore-examples errors callbacks no-cors verbose help version";
  for (const option of options.split(" ")) expect(stdout).toContain(`--${option} `);
});

test("prints its version", async () => {
  expect(await finish("--version")).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
});

test.each([
  ["an unknown option", ["--prot", "1"], 2, "'--prot'"],
  ["two documents", ["a.yaml", "--spec", "b.yaml"], 2, "a.yaml and b.yaml"],
  ["an option without its value", ["--seed"], 2, "--seed"],
  ["a port that is no number", ["--port", "x"], 2, "--port"],
  ["a port out of range", ["--port", "65536"], 2, "--port"],
  ["to watch nothing", ["--watch"], 2, "--watch"],
  ["a document that is missing", ["--spec", "missing.yaml"], 1, "Cannot load missing.yaml: "],
  ["a document that is missing, as an argument", ["missing.yaml"], 1, "Cannot load missing.yaml: "],
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
  const printed = await untilPrinted(child.stdout, /--data-raw '.+'\n/);
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

async function startCli(...args: string[]) {
  const child = run("--port", "0", ...args);
  const printed = await untilPrinted(child.stdout, /Ctrl-C/);
  return { child, url: /http:\S+\d/.exec(printed)![0], printed };
}

const SECRET = { authorization: "Bearer sk_secret", "content-type": "application/json" };
const WRONG = JSON.stringify({ type: "per\u001B[31mson", "na\u001B[2Jme": "Ada", address: { state: "CA" } });

test("prints each request with its status and what is wrong, but nothing of what was sent", async () => {
  const { child, url } = await startCli();
  await fetch(`${url}/v2/customer?email=ada@example.com`, { method: "POST", headers: SECRET, body: WRONG });
  await fetch(`${url}/v2/other`, { headers: SECRET });
  expect(await untilPrinted(child.stdout, /other 404\n/)).toContain(`POST /v2/customer?email 400
  type: Invalid enum value. Expected 'individual' | 'business'
  address.country: Required
GET /v2/other 404
`);
});

test("prints bodies when told to, without control characters, and never the key", async () => {
  const { child, url } = await startCli("--verbose");
  const response = await fetch(`${url}/v2/customer`, { method: "POST", headers: SECRET, body: WRONG });
  const printed = await untilPrinted(child.stdout, /\n {2}< .*\n/);
  expect(printed).toContain('  > {"type":"per\\u001b[31mson","na\\u001b[2Jme":"Ada","address":{"state":"CA"}}\n');
  expect(printed).toContain(`  < ${await response.text()}\n`);
  expect(printed).not.toContain("sk_secret");
  expect(printed).not.toContain("\u001B");
});

test("loads the document again when it changes, and keeps it when it is broken", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const spec = join(folder, "api.json");
  const answer = (schema: object, example: unknown) =>
    writeFileSync(
      join(folder, "answer.json"),
      JSON.stringify({ description: "OK", content: { "application/json": { schema, example } } }),
    );
  const paths = { "/a": { get: { operationId: "getA", responses: { 200: { $ref: "answer.json" } } } } };
  const whole = JSON.stringify({ openapi: "3.1.0", info: { title: "A", version: "1" }, paths });
  writeFileSync(spec, whole);
  answer({}, 1);

  const { child, url } = await startCli("--spec", spec, "--watch");
  const ask = async () => (await fetch(`${url}/a`)).text();
  expect(await ask()).toBe("1");

  answer({ type: "string", pattern: "[" }, "2");
  await untilPrinted(child.stdout, /again\n/);
  expect(await ask()).toBe('"2"');
  expect(await untilPrinted(child.stdout, /Warning.*\n/)).toMatch(/^Warning: pattern .*not checked/m);

  writeFileSync(spec, "{");
  expect(await untilPrinted(child.stderr, /\n/)).toMatch(/^Cannot load .+ goes on with the document as it was\.$/m);
  expect(await ask()).toBe('"2"');

  writeFileSync(spec, whole);
  answer({}, 4);
  await untilPrinted(child.stdout, /again/);
  expect(await ask()).toBe("4");

  // Stopped while it is about to watch anew, it ends all the same.
  answer({}, 5);
  await untilPrinted(child.stdout, /again/);
  const closed = once(child, "close");
  child.kill("SIGINT");
  expect(await closed).toEqual([0, null]);
});

/** Writes a document of one operation, whose answer has a schema and an example. */
function writeSpec(schema: object, example: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "mock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const spec = join(folder, "api.json");
  const content = { "application/json": { schema, example } };
  const paths = { "/a": { get: { operationId: "getA", responses: { 200: { description: "OK", content } } } } };
  writeFileSync(spec, JSON.stringify({ openapi: "3.1.0", info: { title: "A", version: "1" }, paths }));
  return spec;
}

test("checks a document, and exits with 1 when something is wrong with it", async () => {
  expect(await finish(writeSpec({ type: "integer" }, 1), "--check")).toEqual({
    code: 0,
    stdout: "1 operation, no warning\n",
    stderr: "",
  });
  const wrong = writeSpec({ type: "string", pattern: "[" }, 2);
  const { code, stdout } = await finish(wrong, "--check");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Warning: .*pattern.*\nWarning: .*example.*\n1 operation, 2 warnings\n$/);
  expect(await finish(wrong, "--strict")).toMatchObject({ code: 1, stderr: expect.stringContaining("pattern") });
});

test("answers with what the options of Prism choose", async () => {
  const spec = writeSpec({ type: "string", minLength: 3, maxLength: 9 }, "ab");
  const ask = async (...args: string[]) => {
    const { url, child } = await startCli(spec, ...args);
    const answers = await Promise.all(
      [1, 2].map(() => fetch(`${url}/a`, { headers: { origin: "https://a.example" } })),
    );
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    child.kill();
    const [{ status, headers }] = answers as [Response, Response];
    return { status, origin: headers.get("access-control-allow-origin"), texts };
  };
  expect(await ask()).toEqual({ status: 200, origin: "https://a.example", texts: ['"ab"', '"ab"'] });
  expect(await ask("--errors", "--no-cors")).toMatchObject({ status: 500, origin: null });
  const { texts: ignored } = await ask("--ignore-examples");
  expect(ignored[0]).toMatch(/^".{3,9}"$/);
  expect(ignored[0]).toBe(ignored[1]);
  const { texts: seeded } = await ask("-d", "--seed", "text");
  expect(seeded[0]).toMatch(/^".{3,9}"$/);
  expect(seeded[0]).toBe(seeded[1]);
  const { texts: drawn } = await ask("--dynamic");
  expect(drawn[0]).not.toBe(drawn[1]);
});
