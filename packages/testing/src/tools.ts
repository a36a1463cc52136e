import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("../tools/", import.meta.url));

/** Installs what the tests try the packages with. Does nothing when it is there. */
export async function installTools(): Promise<void> {
  await run("pnpm", ["install", "--frozen-lockfile"], folder);
}

/**
 * Path of a file of the tools.
 *
 * @param path within `tools/node_modules`
 * @example
 * const bun = toolPath(".bin/bun");
 */
export function toolPath(path: string): string {
  return `${folder}node_modules/${path}`;
}

/**
 * Runs a command to its end.
 *
 * @returns what it printed, on both streams
 * @throws Error with the same when it fails, or takes longer than four minutes
 * @example
 * await run("npm", ["install"], project);
 */
export async function run(command: string, parameters: string[], cwd: string): Promise<string> {
  const env = { ...process.env, NO_COLOR: "1", DO_NOT_TRACK: "1", YARN_ENABLE_TELEMETRY: "0" };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, parameters, { cwd, env, timeout: 240_000 });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${parameters.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
