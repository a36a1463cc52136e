import { access } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyWorkspace } from "../src/workspace-copy.ts";

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
  await expect(access(join(import.meta.dirname, "../../../apps/start/try.ts"))).rejects.toThrow("ENOENT");
});
