import { access, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyWorkspace } from "../src/workspace-copy.ts";

const root = join(import.meta.dirname, "../../..");

test("a copy runs its own sources with the installed packages, and leaves this workspace alone", async () => {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  expect((await workspace.run("git", "status", "--porcelain")).output).toBe("");

  await workspace.write("packages/testing/src/free-port.ts", "export const freePort = () => 4321;\n");
  await workspace.write(
    "apps/start/try.ts",
    'import { freePort } from "@spherepay/testing/free-port";\nimport { parse } from "yaml";\nconsole.log(freePort(), parse("a: 1"));\n',
  );
  expect(await workspace.run("node_modules/.bin/node", "apps/start/try.ts")).toEqual({
    failed: false,
    output: "4321 { a: 1 }\n",
  });
  await expect(access(join(root, "apps/start/try.ts"))).rejects.toThrow("ENOENT");
});

test("an installation in a copy leaves what is installed here alone", async () => {
  const before = await describeInstalled();
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  expect(await workspace.run("pnpm", "install", "--frozen-lockfile", "--prefer-offline")).toMatchObject({
    failed: false,
  });
  expect(await describeInstalled()).toEqual(before);
});

/** What an installation writes to, whatever is missing: its record, and links to every package. */
async function describeInstalled() {
  const store = join(root, "node_modules/.pnpm");
  const links = (await readdir(join(store, "node_modules"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  const targets = links.toSorted().map(async (link) => [link, await readlink(link)]);
  return { lock: await readFile(join(store, "lock.yaml"), "utf8"), links: await Promise.all(targets) };
}
