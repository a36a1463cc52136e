import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { measureClient, type Size } from "./size.ts";
import { describePublicTypes } from "./public-types.ts";

/** Folder of the workspace. */
export const workspace = fileURLToPath(new URL("../../../", import.meta.url));

/** The published packages, by name, with their folders in the workspace. */
export const publishedPackages = {
  "@spherepay/client": "packages/client",
  "@spherepay/mock": "packages/mock",
} as const;

/** Name of a published package. */
export type PackageName = keyof typeof publishedPackages;

/** The names of the published packages. */
export const packageNames = Object.keys(publishedPackages) as PackageName[];

/** The file of the bundled spec that this workspace has built. */
export const builtSpec = join(workspace, "spec/dist/openapi.yaml");

/** What was released, or what would be. */
export interface Release {
  versions: Record<PackageName, string>;
  /** Of the client, in an app. */
  size: Size;
  /** The declarations that a user of each package can name. */
  types: Record<PackageName, string>;
}

const kept = "packages/release/last";

/** Files of the last release; none of them is there before the first. */
export const lastSpec = join(workspace, kept, "openapi.yaml");
const lastRelease = join(workspace, kept, "release.json");
const lastTypes = (name: PackageName) => join(workspace, kept, `${name.replace(/^.*\//, "")}.d.ts`);

/**
 * Reads what the last release was.
 *
 * @returns `undefined` before the first release
 * @throws Error when only some of its files are there, or they are broken
 */
export async function readLastRelease(): Promise<Release | undefined> {
  const json = await readFile(lastRelease, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (json === undefined) return undefined;
  try {
    return { ...JSON.parse(json), types: await forEachPackage((name) => readFile(lastTypes(name), "utf8")) };
  } catch (error) {
    throw new Error(
      `${kept} cannot be read: ${(error as Error).message}\nSet it back with \`git checkout HEAD -- ${kept}\`.`,
      { cause: error },
    );
  }
}

/**
 * Describes what this workspace has built.
 *
 * @throws Error when something is not built
 */
export async function describeBuild(): Promise<Release> {
  const client = join(workspace, publishedPackages["@spherepay/client"]);
  const [types, size] = await Promise.all([
    forEachPackage((name) => describePublicTypes(join(workspace, publishedPackages[name]))),
    measureClient(client),
  ]);
  return { versions: await readVersions(), size, types };
}

/** Keeps what is being released, for the next release to be compared with. */
export async function keepRelease({ types, ...facts }: Release): Promise<void> {
  await mkdir(join(workspace, kept), { recursive: true });
  await copyFile(builtSpec, lastSpec);
  for (const name of packageNames) await writeFile(lastTypes(name), types[name]);
  await writeFile(lastRelease, `${JSON.stringify(facts, null, 2)}\n`);
}

/** The version of each published package in its package.json. */
export async function readVersions(): Promise<Release["versions"]> {
  return forEachPackage(async (name) => {
    const manifest = await readFile(join(workspace, publishedPackages[name], "package.json"), "utf8");
    return JSON.parse(manifest).version;
  });
}

/** What a function returns for each published package, by name. */
export async function forEachPackage<Result>(
  find: (name: PackageName) => Promise<Result>,
): Promise<Record<PackageName, Result>> {
  const entries = await Promise.all(packageNames.map(async (name) => [name, await find(name)] as const));
  return Object.fromEntries(entries) as Record<PackageName, Result>;
}

/**
 * The commit that holds the last release.
 *
 * @returns its hash
 * @throws Error when git does not reach back to it, or what is kept has been edited since
 */
export async function findReleaseCommit(): Promise<string> {
  const answer = await git("rev-parse", "--is-shallow-repository").catch((error: Error) => {
    throw new Error(`The last release is looked up in the history of git: work in a clone.\n${error.message.trim()}`);
  });
  const shallow = answer.trim() === "true";
  const commit = (await git("log", "-1", "--format=%H", "--", `${kept}/release.json`)).trim();
  // The oldest commit of a shallow clone looks as if it had written every file.
  if (shallow)
    throw new Error("This clone is shallow and may not reach back to the last release. Run `git fetch --unshallow`.");
  if (!commit)
    throw new Error(`${kept} is not committed. It is written by \`pnpm run version\` alone: commit it, or delete it.`);
  if (await git("diff", "--name-only", commit, "--", kept)) {
    throw new Error(
      `${kept} is not what the last release was. It is written by \`pnpm run version\` alone: commit what that wrote, or\n` +
        `set it back with \`git checkout ${commit.slice(0, 12)} -- ${kept}\`.`,
    );
  }
  return commit;
}

/**
 * Runs git in the workspace.
 *
 * @returns what it printed
 * @throws Error when it fails
 */
export async function git(...parameters: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", parameters, { cwd: workspace, maxBuffer: 2 ** 28 });
  return stdout;
}
