import { access } from "node:fs/promises";
import { join } from "node:path";
import { bumpAt, isSmaller, largest, type Bump } from "./bump.ts";
import {
  builtSpec,
  describeBuild,
  findReleaseCommit,
  git,
  lastSpec,
  packageNames,
  publishedPackages,
  readLastRelease,
  readVersions,
  workspace,
  type PackageName,
  type Release,
} from "./last-release.ts";
import { readPending, type Pending } from "./pending.ts";
import { findSpecChanges, sum, type RatedChange } from "./spec-changes.ts";

const builtFiles = ["spec/dist/openapi.yaml", `${publishedPackages["@spherepay/client"]}/dist/index.d.ts`];

/** One package, and what its next release needs. */
export interface PackageState {
  /** The smallest honest bump. */
  needed: Bump;
  /** Why it is needed, in words; empty where nothing is. */
  reason: string;
  pending: Pending;
}

/** All that is known of the next release. */
export interface Examination {
  /** `undefined` before the first release. */
  last: Release | undefined;
  build: Release;
  specChanges: RatedChange[];
  packages: Record<PackageName, PackageState>;
}

/**
 * Compares what is built with the last release and with the changesets that wait.
 *
 * @throws Error when something is not built, the history is too short, or versions were set by hand
 */
export async function examine(): Promise<Examination> {
  for (const file of builtFiles) {
    await access(join(workspace, file)).catch(() => {
      throw new Error(`${file} is missing. Run \`npx pnpm@12.18.0 build\` first.`);
    });
  }
  const last = await readLastRelease();
  const pending = await readPending();
  if (!last) {
    const first = { needed: "patch", reason: "it has never been released." } as const;
    const states = packageNames.map((name) => [name, { ...first, pending: pending[name] }]);
    return { last, build: await describeBuild(), specChanges: [], packages: Object.fromEntries(states) };
  }
  await refuseForeignVersions(last);
  const commit = await findReleaseCommit();
  const build = await describeBuild();
  const specChanges = await findSpecChanges(lastSpec, builtSpec);
  const worth = sum(specChanges);
  const states = await Promise.all(
    packageNames.map(async (name) => {
      const source = `${publishedPackages[name]}/src`;
      const changed = await git("diff", "--name-only", commit, "--", source, `:!${source}/generated`);
      const user = name === "@spherepay/client" ? "client" : "mock";
      const fromSpec = bumpAt(last.versions[name], worth[user]);
      const needed = largest([fromSpec, changed ? "patch" : "none"]);
      const heaviest = specChanges.find((change) => change[user] === worth[user]);
      const reason = fromSpec !== "none" ? heaviest!.words : changed ? `${source} has changed.` : "";
      return [name, { needed, reason, pending: pending[name] }];
    }),
  );
  return { last, build, specChanges, packages: Object.fromEntries(states) };
}

/**
 * What has to be written before this can be released, each as one message; none when all is well.
 */
export function findProblems({ packages }: Examination): string[] {
  const short = packageNames.filter((name) => isSmaller(packages[name].pending.bump, packages[name].needed));
  const missing = short.filter((name) => !packages[name].pending.file);
  const tooSmall = short.filter((name) => packages[name].pending.file);
  const line = (name: PackageName) => `    "${name}": ${packages[name].needed}`;
  const need = (name: PackageName) => `${name} needs ${packages[name].needed}: ${packages[name].reason}`;
  const problems = tooSmall.map((name) => {
    const { file, bump } = packages[name].pending;
    return `${need(name)}\n${file} says ${bump}. In that file, write:\n\n${line(name)}`;
  });
  if (missing.length > 0) {
    const lines = ["    ---", ...missing.map(line), "    ---", "", "    One sentence: what changes for the user."];
    problems.push(
      `${missing.map(need).join("\n")}\n` +
        `No changeset says so. Write .changeset/what-changes.md, with your own last line:\n\n${lines.join("\n")}`,
    );
  }
  return problems;
}

async function refuseForeignVersions(last: Release): Promise<void> {
  const versions = await readVersions();
  for (const name of packageNames) {
    if (versions[name] === last.versions[name]) continue;
    throw new Error(
      `${publishedPackages[name]}/package.json says ${versions[name]}, and the last release was ${last.versions[name]}.\n` +
        `Set it back: versions are set by \`npx pnpm@12.18.0 run version\` alone.`,
    );
  }
}
