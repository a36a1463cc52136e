import { fileURLToPath } from "node:url";
import { run } from "./tools.ts";

const folder = fileURLToPath(new URL("../runtimes/", import.meta.url));

/** Installs the runtimes that packed packages are tried on. Does nothing when they are there. */
export async function installRuntimes(): Promise<void> {
  await run("pnpm", ["install", "--frozen-lockfile"], folder);
}

/**
 * Path of a file of the runtimes.
 *
 * @param path within `runtimes/node_modules`
 * @example
 * const bun = runtimePath(".bin/bun");
 */
export function runtimePath(path: string): string {
  return `${folder}node_modules/${path}`;
}
