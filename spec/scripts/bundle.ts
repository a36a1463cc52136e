/**
 * Lints `openapi.yaml` and bundles it into `dist/`, as JSON and as YAML. When lint finds a mistake, `dist/` stays as it
 * was. The two run side by side, because starting is most of what each of them does.
 */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { stringify } from "yaml";

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/** Runs Redocly and returns what it printed; where it fails, with that as the error. */
async function redocly(...parameters: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [cli, ...parameters], { env, maxBuffer: 2 ** 28 });
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr)),
  );
}

try {
  const bundling = redocly("bundle", "spherepay", "--ext=json");
  // What lint says of a mistake is the better message, so it is heard first.
  bundling.catch(() => {});
  await redocly("lint", "spherepay", "--format=stylish");
  const json = await bundling;
  await mkdir("dist", { recursive: true });
  await writeFile("dist/openapi.json", json);
  await writeFile("dist/openapi.yaml", stringify(JSON.parse(json), { lineWidth: 0 }));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
