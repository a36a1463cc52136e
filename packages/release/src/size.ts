import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { join } from "node:path";
import { build } from "esbuild";

/** Size of a bundle in bytes. */
export interface Size {
  minified: number;
  gzip: number;
  brotli: number;
}

/**
 * Bundles the built client as an app does, and measures it without its version: two versions that differ in nothing
 * else are of one size.
 *
 * @param folder folder of the client
 * @throws Error when the client is not built
 */
export async function measureClient(folder: string): Promise<Size> {
  const { outputFiles } = await build({
    stdin: { contents: 'export { createSphereClient } from "./dist/index.js";', resolveDir: join(folder) },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild wrote no bundle.");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const code = bundle.text.replaceAll(`"${version}"`, '""');
  const [zipped, brotli] = await Promise.all([promisify(gzip)(code), promisify(brotliCompress)(code)]);
  return { minified: Buffer.byteLength(code), gzip: zipped.length, brotli: brotli.length };
}
