import { cp, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@spherepay/testing/tools";

/** Packs the mock and installs it as a user does, with a program that tries it. Returns the folder. */
export async function installPackedMock(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), "packed-"));
  await run("pnpm", ["pack", "--pack-destination", project], fileURLToPath(new URL("..", import.meta.url)));
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"))!;
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], project);
  await cp(new URL("runtimes/", import.meta.url), project, { recursive: true });
  await writeFile(
    join(project, "main.mjs"),
    `import { scenario } from "./scenario.mjs";\nconsole.log(JSON.stringify(await scenario()));\n`,
  );
  return project;
}
