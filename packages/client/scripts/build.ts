/**
 * Builds the package that users get: `node scripts/build.ts [folder]`, by default into `dist`.
 *
 * Each entry is one ES module; what they have in common is in `shared.js`, once, so that an error of one is an
 * `instanceof` the other's class. `cjs` holds the same as CommonJS, with declarations of its own, because TypeScript tells
 * the kind of a module by the nearest package.json.
 */
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const client = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(client, "dist"));
const { version } = JSON.parse(await readFile(join(client, "package.json"), "utf8"));

await rm(folder, { recursive: true, force: true });
for (const [name, code] of await bundle()) {
  const { code: commonJs } = await transform(code, { format: "cjs", platform: "node", charset: "utf8" });
  await write(name, code);
  await write(`cjs/${name}`, commonJs);
}
for (const [name, code] of await declare()) {
  await write(name, code);
  await write(`cjs/${name}`, code);
}
await write("cjs/package.json", '{ "type": "commonjs" }\n');

/** The entries and what they share, as ES modules by name. */
async function bundle(): Promise<[name: string, code: string][]> {
  const { outputFiles } = await build({
    entryPoints: [join(client, "src/index.ts"), join(client, "src/http.ts")],
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: "shared",
    format: "esm",
    platform: "neutral",
    packages: "external",
    charset: "utf8",
    write: false,
  });
  return outputFiles.map(({ path, text }) => [path.slice(folder.length + 1), text]);
}

/** The declarations of all modules, with their comments. */
async function declare(): Promise<(readonly [name: string, code: string])[]> {
  execFileSync("tsc", ["-p", join(client, "tsconfig.build.json"), "--outDir", folder], { stdio: "inherit" });
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".d.ts"));
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const));
}

async function write(name: string, code: string): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, code.replaceAll('"0.0.0-source"', JSON.stringify(version)));
}
