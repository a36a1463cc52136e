import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./build.ts";

/** Hashes of what is built, by what it takes to serve it. */
export interface Built {
  /** Code that the servers have loaded: it takes a restart. */
  code: string;
  /** The document that the mock has loaded. */
  document: string;
  /** The files of the reference, which are read anew for each request. */
  reference: string;
}

/**
 * Reads what is built now.
 *
 * @example
 * const { code } = await readBuilt();
 */
export async function readBuilt(): Promise<Built> {
  const [code, document, reference] = await Promise.all([
    hash(
      "packages/{client,mock}/dist/**/*.{js,cjs}",
      "apps/onboarding/dist/**/*.{js,css,svg}",
      "apps/reference/src/server.ts",
      "apps/start/src/{dev-servers,servers,ports}.ts",
    ),
    hash("spec/dist/openapi.json"),
    hash("apps/reference/dist/*"),
  ]);
  return { code, document, reference };
}

async function hash(...patterns: string[]): Promise<string> {
  const sum = createHash("sha256");
  const names: string[] = [];
  // The sample app's forms for workerd are nothing to Node.
  for await (const name of glob(patterns, { cwd: root, exclude: ["**/worker*.js"] })) names.push(name);
  for (const name of names.toSorted()) sum.update(name).update(await readFile(join(root, name)));
  return sum.digest("hex");
}
