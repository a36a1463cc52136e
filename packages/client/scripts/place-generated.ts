/**
 * Brings `src/generated/`, which is committed, to what `.generated/` holds, which is built. With CI set it writes
 * nothing and fails when they differ, so that no pull request can leave its types behind.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const committed = new URL("../src/generated/", import.meta.url);
const files: Record<string, string> = JSON.parse(
  await readFile(new URL("../.generated/files.json", import.meta.url), "utf8"),
);

await mkdir(committed, { recursive: true });
const present = await readdir(committed);
for (const name of new Set([...Object.keys(files), ...present])) {
  const file = new URL(name, committed);
  const wanted = files[name];
  const found = present.includes(name) ? await readFile(file, "utf8") : undefined;
  if (found === wanted) continue;
  if (process.env["CI"]) {
    console.error(
      `packages/client/src/generated/${name} does not match spec/openapi.yaml.\n` +
        "Run `npx pnpm@12.18.0 build` without CI set, and commit what it changes.",
    );
    process.exitCode = 1;
  } else if (wanted === undefined) {
    await rm(file);
  } else {
    await writeFile(file, wanted);
  }
}
