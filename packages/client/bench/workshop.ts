/** A temporary folder with our client as it is now, built, and the rivals, generated from the same spec. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { redocly } from "@spherepay/spec/redocly";

const client = fileURLToPath(new URL("..", import.meta.url));
const spec = fileURLToPath(import.meta.resolve("@spherepay/spec/openapi.json"));
/** Where the packages of the rivals are installed. */
export const rivalPackages = fileURLToPath(new URL("rivals/", import.meta.url));
const runFile = promisify(execFile);

export interface Workshop {
  folder: string;
  /** The module that users of our client import. */
  ours: string;
  rivals: string;
  remove(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "client-bench-"));
  const rivals = join(folder, "rivals");
  const remove = () => rm(folder, { recursive: true });
  try {
    await run("pnpm", "--dir", rivalPackages, "install", "--frozen-lockfile");
    await mkdir(rivals);
    await symlink(join(client, "node_modules"), join(folder, "node_modules"));
    await cp(join(client, "package.json"), join(folder, "client/package.json"));
    await Promise.all([
      run(process.execPath, join(client, "scripts/build.ts"), join(folder, "client/dist")),
      run("openapi-typescript", spec, "--output", join(rivals, "schema.ts")),
      run(
        join(rivalPackages, "node_modules/.bin/openapi-ts"),
        "--input",
        spec,
        "--output",
        join(rivals, "hey-api"),
        "--no-log-file",
        "--silent",
      ),
      redocly(["generate-client", spec, "--output", join(rivals, "redocly.ts")], client),
    ]);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, rivals, ours: join(folder, "client/dist/index.js"), remove };
}

/** Runs a program, and fails with all that it printed. */
export async function run(command: string, ...parameters: string[]): Promise<string> {
  try {
    return (await runFile(command, parameters, { cwd: client })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${parameters.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The examples of the spec: what the app sends, and what it is answered. */
export async function readExamples(): Promise<Examples> {
  const { examples } = JSON.parse(await readFile(spec, "utf8")).components;
  return {
    body: examples.CreateIndividual.value,
    answers: { 200: examples.CustomerCreated.value, 400: examples.AddressRequired.value },
  };
}

export interface Examples {
  body: object;
  answers: { 200: { id: string }; 400: { error: Record<string, string[]> } };
}
