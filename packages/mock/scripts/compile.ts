/** Makes of `src` and of all that it uses one package without dependencies, with what is known about its contents. */
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundle } from "./bundle.ts";
import { billOfMaterials, packagesOf, thirdPartyLicenses } from "./bundled.ts";

const folder = fileURLToPath(new URL("../", import.meta.url));
const dist = join(folder, "dist");
const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));

await rm(dist, { recursive: true, force: true });
const packages = await packagesOf(await bundle(true));
await writeFile(join(dist, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(packages));
await writeFile(join(dist, "sbom.json"), billOfMaterials(packages, version));
await declare();

/** Writes the declarations that the public ones lead to. */
async function declare(): Promise<void> {
  const all = await mkdtemp(join(tmpdir(), "declarations-"));
  try {
    await promisify(execFile)("tsc", ["-p", "tsconfig.build.json", "--outDir", all], { cwd: folder });
    const names = new Set(["index"]);
    for (const name of names) {
      const text = await readFile(join(all, `${name}.d.ts`), "utf8");
      // All that is public stands in `src` itself.
      for (const [, other] of text.matchAll(/"\.\/([^"]+)\.ts"/g)) names.add(other!);
      await copyFile(join(all, `${name}.d.ts`), join(dist, `${name}.d.ts`));
    }
  } finally {
    await rm(all, { recursive: true });
  }
}
