import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMockServer, type MockServer } from "@spherepay/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments } from "../src/generated/operations.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code, index }) => ({
  line: readme.slice(0, index).split("\n").length,
  code: code!,
}));
const tests = snippets.filter(({ code }) => code.includes('from "vitest"'));
const programs = snippets.filter((snippet) => !tests.includes(snippet));

let project: string;
let mock: MockServer;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "readme-"));
  mock = await startMockServer();
  // Who reads a customer twice sees it approved the second time.
  const headers = { authorization: "Bearer secret_key", prefer: "example=approved" };
  const approved = await fetch(`${mock.url}/v2/customer/customer_1`, { headers });
  mock.fail({ operation: "getCustomer", status: 200 });
  mock.fail({ operation: "getCustomer", status: 200, body: await approved.text() });
  for (const [name, folder] of Object.entries({
    "@spherepay/client": "..",
    "@spherepay/mock": "../../mock",
    "@types/node": "../../../node_modules/@types/node",
    vitest: "../../../node_modules/vitest",
  })) {
    await mkdir(join(project, "node_modules", name, ".."), { recursive: true });
    await symlink(fileURLToPath(new URL(folder, import.meta.url)), join(project, "node_modules", name));
  }
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    strict: true,
    noEmit: true,
    types: ["node"],
    // Prism's declarations, below the mock's, lack some of their own dependencies.
    skipLibCheck: true,
  };
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await writeFile(join(project, "to-mock.js"), toMock(environments.sandbox, mock.url));
  for (const { line, code } of programs) await writeFile(join(project, `line-${line}.ts`), code);
  for (const { line, code } of tests) await writeFile(join(project, `line-${line}.test.ts`), code);
});
afterAll(async () => {
  await mock?.close();
  await rm(project, { recursive: true });
});

/** A module that takes requests for one origin to another. */
function toMock(from: string, to: string): string {
  return `const { fetch } = globalThis;
    globalThis.fetch = (url, init) => fetch(String(url).replace(${JSON.stringify(from)}, ${JSON.stringify(to)}), init);`;
}

/** What a command prints; a failure has it too. */
async function run(command: string, ...options: string[]): Promise<string> {
  const env = { ...process.env, SPHERE_API_KEY: "secret_key", NO_COLOR: "1" };
  try {
    return (await promisify(execFile)(command, options, { cwd: project, env })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** What a program says that it prints: the comments behind its calls of `console.log`. */
function promised(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, output]) => output!);
}

test("the README has programs and a test", () => {
  expect(programs.length).toBeGreaterThan(5);
  expect(tests).toHaveLength(1);
});

test("every snippet compiles, strictly", async () => {
  expect(await run("tsc")).toBe("");
});

test.each(programs)("the program in line $line prints what it says", async ({ line, code }) => {
  expect(promised(code)).not.toEqual([]);
  expect(await run(process.execPath, "--import", "./to-mock.js", `line-${line}.ts`)).toBe(
    promised(code)
      .map((output) => `${output}\n`)
      .join(""),
  );
});

test.each(tests)("the test in line $line passes", async ({ line, code }) => {
  await run("vitest", "run", `line-${line}.test.ts`, "--root", project, "--reporter=json", "--outputFile=report.json");
  const report: unknown = JSON.parse(await readFile(join(project, "report.json"), "utf8"));
  const passed = code.match(/^test\(/gm)!.length;
  expect(report).toMatchObject({ success: true, numTotalTests: passed, numPassedTests: passed });
});
