/** A temporary folder with ours and the rivals, generated from the spec and from a cut of it that has one operation. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readApi } from "@spherepay/openapi";
import { redocly } from "@spherepay/spec/redocly";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";

const client = fileURLToPath(new URL("..", import.meta.url));
const rivalPackages = fileURLToPath(new URL("rivals/", import.meta.url));
const file = fileURLToPath(import.meta.resolve("@spherepay/spec/openapi.json"));
/** The bundled spec. */
export const spec = JSON.parse(await readFile(file, "utf8"));
const runFile = promisify(execFile);

/** Where the packages of the rivals are installed. */
export const rivalModules = join(rivalPackages, "node_modules");

/** The body that the apps send, and what they are answered. */
export const examples: Examples = {
  body: spec.components.examples.CreateIndividual.value,
  answers: {
    200: spec.components.examples.CustomerCreated.value,
    400: spec.components.examples.AddressRequired.value,
  },
};

export interface Examples {
  body: object;
  answers: { 200: { id: string }; 400: { error: Record<string, string[]> } };
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** The folder has one for each document: `five`, which has the rivals, and `one`, which has our sources besides. */
export async function openWorkshop() {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "client-bench-"));
  const remove = () => rm(folder, { recursive: true });
  try {
    await run("pnpm", "--dir", rivalPackages, "install", "--frozen-lockfile");
    await mkdir(join(folder, "node_modules/@spherepay"), { recursive: true });
    await symlink(client, join(folder, "node_modules/@spherepay/client"));
    await symlink(join(client, "node_modules/openapi-fetch"), join(folder, "node_modules/openapi-fetch"));
    const cut = keepOnly("createCustomer");
    await addRivals(join(folder, "five"), spec);
    await addRivals(join(folder, "one"), cut);
    const api = readApi(cut);
    await cp(join(client, "src"), join(folder, "one/src"), { recursive: true });
    await writeFile(join(folder, "one/src/generated/operations.ts"), generateOperations(api).source);
    await writeFile(join(folder, "one/src/generated/schema.ts"), generateSchema(api));
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

async function addRivals(folder: string, source: object): Promise<void> {
  const input = join(folder, "openapi.json");
  const output = (name: string) => join(folder, "rivals", name);
  const orval = { input, output: { target: output("orval.ts"), client: "fetch", baseUrl: spec.servers[0].url } };
  await mkdir(output("."), { recursive: true });
  await writeFile(input, JSON.stringify(source));
  await writeFile(join(folder, "orval.config.mjs"), `export default ${JSON.stringify({ orval })}`);
  const program = (name: string) => join(rivalModules, ".bin", name);
  const heyApi = ["--input", input, "--output", output("hey-api"), "--no-log-file", "--silent"];
  await Promise.all([
    run("openapi-typescript", input, "--output", output("schema.ts")),
    run(program("openapi-ts"), ...heyApi),
    run(program("orval"), "--config", join(folder, "orval.config.mjs"), "--quiet"),
    redocly(["generate-client", input, "--output", output("redocly.ts")], client),
  ]);
}

/** The document with one operation. Links go too: they would lead to operations that are not there. */
function keepOnly(id: string) {
  const paths = Object.entries<Record<string, { operationId?: string }>>(spec.paths).map(([path, item]) => {
    return [
      path,
      Object.fromEntries(Object.entries(item).filter(([, { operationId }]) => operationId === id)),
    ] as const;
  });
  const kept = Object.fromEntries(paths.filter(([, item]) => Object.keys(item).length > 0));
  const text = JSON.stringify({ ...spec, paths: kept }, (key, value) => (key === "links" ? undefined : value));
  return JSON.parse(text);
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

/** A number beside its aim. */
export function verdict(what: string, value: number, most: number): string {
  const [shown, limit] = [value, most].map((number) => number.toLocaleString("en", { maximumFractionDigits: 2 }));
  return `${what}: ${shown}, aim at most ${limit}: ${value <= most ? "met" : "MISSED"}`;
}
