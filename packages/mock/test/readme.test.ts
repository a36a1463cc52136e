import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const [vitestTest = "", nodeTest = "", ...programs] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code]) => code!,
);

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "readme-"));
  for (const [name, folder] of Object.entries({
    "@spherepay/client": "../../client",
    "@spherepay/mock": "..",
    "@types/node": "../../../node_modules/@types/node",
    vitest: "../../../node_modules/vitest",
  })) {
    const link = join(project, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(fileURLToPath(new URL(folder, import.meta.url)), link);
  }
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true, noEmit: true, types: ["node"] };
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await writeFile(join(project, "vitest.test.ts"), vitestTest);
  await writeFile(join(project, "node.test.ts"), nodeTest);
  for (const [index, program] of programs.entries()) await writeFile(join(project, `program-${index}.ts`), program);
});
afterAll(() => rm(project, { recursive: true }));

/** What a command prints; a failure has it too. */
async function run(command: string, ...options: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, options, { cwd: project, env: { ...process.env, NO_COLOR: "1" } }))
      .stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

test("the README has programs beside its two tests", () => {
  expect(programs).toHaveLength(2);
});

test("every snippet compiles, strictly", async () => {
  expect(await run("tsc")).toBe("");
});

test("the test for vitest passes", async () => {
  expect(await run("vitest", "run", "vitest.test.ts", "--root", project)).toMatch(/Tests +1 passed \(1\)/);
});

test("the test for node:test passes, and the process ends by itself", async () => {
  const printed = await run(process.execPath, "--test", "--test-reporter=tap", "node.test.ts");
  expect(printed).toMatch(/^# pass 1$/m);
  expect(printed).toMatch(/^# fail 0$/m);
});

test.each([...programs.entries()])("program %i prints what it says", async (index, program) => {
  expect(await run(process.execPath, `program-${index}.ts`)).toBe(`${/\/\/ (.*)$/m.exec(program)![1]}\n`);
});
