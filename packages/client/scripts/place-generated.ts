/**
 * Brings `src/generated/`, which is committed, to what `.generated/` holds, which is built. With CI set it writes
 * nothing and fails when they differ, so that no pull request can leave its types behind.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const built = new URL("../.generated/", import.meta.url);
const committed = new URL("../src/generated/", import.meta.url);
const read = (name: string, folder: URL) => readFile(new URL(name, folder), "utf8").catch(() => undefined);

await mkdir(committed, { recursive: true });
for (const name of new Set([...(await readdir(built)), ...(await readdir(committed))])) {
  const wanted = await read(name, built);
  if (wanted === (await read(name, committed))) continue;
  if (process.env["CI"]) {
    console.error(
      `packages/client/src/generated/${name} does not match spec/openapi.yaml.\n` +
        "Run `npx pnpm@12.18.0 build` without CI set, and commit what it changes.",
    );
    process.exitCode = 1;
  } else if (wanted === undefined) {
    await rm(new URL(name, committed));
  } else {
    await writeFile(new URL(name, committed), wanted);
  }
}
