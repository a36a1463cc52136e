import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";

const folder = fileURLToPath(new URL("../", import.meta.url));

/** Its languages take as much room as all else, and few documents use it. */
const fakerApart: Plugin = {
  name: "faker apart",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@faker-js\/faker$/ }, () => ({ path: "faker", namespace: "apart" }));
    onResolve({ filter: /^\.\/faker\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /^faker$/, namespace: "apart" }, () => ({
      contents: `Object.defineProperty(exports, "faker", { get: () => require("./faker.cjs").faker });`,
    }));
  },
};

const common: BuildOptions = {
  absWorkingDir: folder,
  bundle: true,
  platform: "node",
  target: "node20.19",
  mainFields: ["module", "main"],
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
};

/**
 * Bundles `src` and what it uses into `dist`: modules for what is public, one file for the parts of Prism, one for faker.
 *
 * @param write whether anything is written
 * @returns what went into which file
 */
export async function bundle(write: boolean): Promise<Metafile[]> {
  const all: BuildOptions[] = [
    { entryPoints: ["src/index.ts", "src/cli.ts"], outdir: "dist", format: "esm", splitting: true },
    {
      entryPoints: ["src/document/parts.cjs"],
      outfile: "dist/parts.cjs",
      format: "cjs",
      plugins: [fakerApart],
    },
    {
      stdin: { contents: `export { faker } from "@faker-js/faker/locale/en";`, resolveDir: folder },
      outfile: "dist/faker.cjs",
      format: "cjs",
    },
  ];
  return Promise.all(
    all.map(async (options) => (await build({ ...common, ...options, metafile: true, write })).metafile),
  );
}
