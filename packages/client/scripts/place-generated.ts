/**
 * Brings `src/generated/`, which is committed, to what `.generated/` holds, which is built. With CI set it writes
 * nothing and fails when they differ, so that no pull request can leave its types behind.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";

const built = new URL("../.generated/", import.meta.url);
const committed = new URL("../src/generated/", import.meta.url);

await mkdir(committed, { recursive: true });
for (const name of await readdir(built)) {
  const wanted = await readFile(new URL(name, built), "utf8");
  const found = await readFile(new URL(name, committed), "utf8").catch(() => undefined);
  if (found === wanted) continue;
  if (process.env["CI"]) {
    console.error(
      `packages/client/src/generated/${name} does not match spec/openapi.yaml.\n` +
        "Run `npx pnpm@12.18.0 build` without CI set, and commit what it changes.",
    );
    process.exitCode = 1;
  } else {
    await writeFile(new URL(name, committed), wanted);
  }
}
