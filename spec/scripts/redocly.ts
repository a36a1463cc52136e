/** Redocly's command line, as every room of this workspace calls it. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

/** The program, to be run with Node. */
export const redoclyProgram = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** Environment in which it works as for users, reports nothing to its vendor and looks for no newer version of itself. */
export const redoclyEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  // With `test`, which vitest sets, `split` prints its files instead of writing them.
  NODE_ENV: "production",
};

/**
 * Runs Redocly to its end.
 *
 * @param parameters such as `["lint", "spherepay"]`
 * @param cwd folder to run it in. @default the current one
 * @returns what it printed on standard output
 * @throws Error with all that it printed, when it fails
 * @example
 * const json = await redocly(["bundle", "openapi.yaml", "--ext=json"]);
 */
export async function redocly(parameters: string[], cwd?: string): Promise<string> {
  return promisify(execFile)(process.execPath, [redoclyProgram, ...parameters], {
    cwd,
    env: redoclyEnvironment,
    maxBuffer: 2 ** 28,
  }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => Promise.reject(new Error(stdout + stderr)),
  );
}
