import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyWorkspace, type WorkspaceCopy } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** What comes from turbo's cache is what would be built. The cache is the copy's own: what is tried here stays here. */
let workspace: WorkspaceCopy;
beforeAll(async () => {
  workspace = await copyWorkspace();
  workspace.env["TURBO_CACHE_DIR"] = join(workspace.folder, ".turbo/cache");
});
afterAll(() => workspace.remove("."));

async function turbo(...parameters: string[]): Promise<string> {
  const { failed, output } = await workspace.run("pnpm", "exec", "turbo", "run", ...parameters);
  if (failed) throw new Error(output);
  return output;
}

test("a module that is removed is gone for good, from dist and from the package", async () => {
  const build = () => turbo("build", "--filter=@spherepay/client", "--filter=@spherepay/mock");
  const packages = ["packages/client", "packages/mock"];
  const entries = await Promise.all(packages.map((name) => workspace.read(`${name}/src/index.ts`)));
  for (const [index, name] of packages.entries()) {
    await workspace.write(`${name}/src/removed.ts`, "export const removed = true;\n");
    // The mock's declarations are those that its entry leads to.
    await workspace.write(`${name}/src/index.ts`, `${entries[index]}export * from "./removed.ts";\n`);
  }
  await workspace.write("packages/client/src/generated/removed.ts", "export const removed = true;\n");
  await build();
  for (const [index, name] of packages.entries()) {
    expect(await workspace.read(`${name}/dist/removed.d.ts`)).toContain("removed");
    await workspace.remove(`${name}/src/removed.ts`);
    await workspace.write(`${name}/src/index.ts`, `${entries[index]}\n// Edited.\n`);
  }
  await build();
  for (const name of packages) await workspace.remove(`${name}/dist`);
  expect(await build()).toMatch(/(\d+) successful, \1 total\nCached: +\1 cached/);

  for (const name of packages) {
    const { output } = await workspace.run("pnpm", "--dir", name, "pack", "--json");
    const shipped = JSON.parse(output).files.map(({ path }: { path: string }) => path);
    expect(shipped).toContain("dist/index.js");
    expect(shipped.filter((path: string) => path.includes("removed"))).toEqual([]);
  }
  expect((await workspace.run("git", "status", "--short", "packages/client/src/generated")).output).toBe("");
}, 60_000);

describe("a hash knows what its task reads", () => {
  type Task = { taskId: string; hash: string | null; dependencies: string[] };
  /** Each task by its name. Some hashes turbo knows only while it runs. */
  async function readTasks(): Promise<Map<string, Task>> {
    const output = await turbo("build", "test", "test:long", "typecheck", "--dry=json");
    const { tasks } = JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)) as { tasks: Task[] };
    return new Map(tasks.map((task) => [task.taskId, task]));
  }

  let before: Map<string, Task>;
  beforeAll(async () => {
    before = await readTasks();
  });

  /** Names the tasks whose hash changes with a new text of a file. */
  async function findChanged(file: string, text: string): Promise<string[]> {
    await mkdir(dirname(join(workspace.folder, file)), { recursive: true });
    await workspace.write(file, text);
    const after = await readTasks();
    const changed = [...after.keys()].filter((name) => after.get(name)!.hash !== before.get(name)?.hash);
    before = after;
    return changed;
  }

  test.each(["spec/schemas/Address.yaml", "spec/Address.yml", "spec/any/where/it.json", "spec/texts/overview.md"])(
    "of the bundle: %s",
    async (file) => {
      expect(await findChanged(file, "{}\n")).toEqual(
        expect.arrayContaining(["@spherepay/spec#bundle", "@spherepay/client#generate", "@spherepay/reference#build"]),
      );
    },
  );

  test.each(["spec/README.md", "spec/customer.arazzo.yaml", "spec/test/another.test.ts"])(
    "and %s is no part of it",
    async (file) => {
      expect(await findChanged(file, "{}\n")).not.toContain("@spherepay/spec#bundle");
    },
  );

  test("of what reads the model of the document", async () => {
    const changed = await findChanged("packages/openapi/src/pointer.ts", "export {};\n");
    expect(changed).toContain("@spherepay/client#generate");
    expect(changed).toContain("@spherepay/reference#build");
    expect(changed).not.toContain("@spherepay/mock#compile");
  });

  test("of tests: what they share", async () => {
    const changed = await findChanged("packages/testing/src/table.ts", "export {};\n");
    expect(changed).toContain("@spherepay/testing#transit");
    expect(changed).not.toContain("@spherepay/client#generate");
    for (const name of ["client", "mock", "reference", "onboarding", "start"])
      for (const task of ["test", "test:long", "typecheck"])
        expect(before.get(`@spherepay/${name}#${task}`)?.dependencies).toContain("@spherepay/testing#transit");
  });
});
