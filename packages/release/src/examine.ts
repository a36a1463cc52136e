import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { bumpAt, isSmaller, largest, type Bump } from "./bump.ts";
import {
  builtSpec,
  describeBuild,
  findReleaseCommit,
  forEachPackage,
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
import { exportedNames } from "./public-types.ts";
import { findSpecChanges, sum, type RatedChange } from "./spec-changes.ts";

const builtFiles = [
  "spec/dist/openapi.yaml",
  ...Object.values(publishedPackages).map((folder) => `${folder}/dist/index.d.ts`),
];

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
    const packages = await forEachPackage(async (name) => ({ ...first, pending: pending[name] }));
    return { last, build: await describeBuild(), specChanges: [], packages };
  }
  await refuseForeignVersions(last);
  const commit = await findReleaseCommit();
  const build = await describeBuild();
  const specChanges = await findSpecChanges(lastSpec, builtSpec);
  const worth = sum(specChanges);
  const packages = await forEachPackage(async (name) => {
    const user = name === "@spherepay/client" ? "client" : "mock";
    const heaviest = specChanges.find((change) => change[user] === worth[user]);
    const reasons: Reason[] = [
      ...(heaviest ? [{ bump: worth[user], words: heaviest.words }] : []),
      ...compareTypes(last.types[name], build.types[name]),
      ...(await compareSources(name, commit)),
    ];
    const bump = largest(reasons.map((reason) => reason.bump));
    const reason = bump === "none" ? "" : reasons.find((one) => one.bump === bump)!.words;
    return { needed: bumpAt(last.versions[name], bump), reason, pending: pending[name] };
  });
  return { last, build, specChanges, packages };
}

/** Something that has changed, and what it is worth from 1.0 on. */
interface Reason {
  bump: Bump;
  words: string;
}

function compareTypes(before: string, after: string): Reason[] {
  const now = new Set(exportedNames(after));
  const gone = exportedNames(before).filter((name) => !now.has(name));
  return [
    ...gone.map((name): Reason => ({ bump: "major", words: `\`${name}\` is not exported any more.` })),
    ...(before === after ? [] : [{ bump: "patch", words: "its public types have changed." } as const]),
  ];
}

/** What a user gets from the sources and the manifest of a package; not what only we do. */
async function compareSources(name: PackageName, commit: string): Promise<Reason[]> {
  const folder = publishedPackages[name];
  const source = `${folder}/src`;
  const changed = await git("diff", "--name-only", commit, "--", source, `:!${source}/generated`);
  const manifest = `${folder}/package.json`;
  const [before, after] = [
    JSON.parse(await git("show", `${commit}:${manifest}`)),
    JSON.parse(await readFile(join(workspace, manifest), "utf8")),
  ];
  const ours = { version: undefined, scripts: undefined, devDependencies: undefined };
  const entries = ({ bin, exports }: Record<string, object>) => Object.keys({ ...bin, ...exports });
  const gone = entries(before).filter((entry) => !entries(after).includes(entry));
  return [
    ...gone.map((entry): Reason => ({ bump: "major", words: `${manifest} has no \`${entry}\` any more.` })),
    ...(isDeepStrictEqual(before.engines, after.engines)
      ? []
      : [{ bump: "major", words: `${manifest} asks for other engines.` } as const]),
    ...(changed ? [{ bump: "patch", words: `${source} has changed.` } as const] : []),
    ...(isDeepStrictEqual({ ...before, ...ours }, { ...after, ...ours })
      ? []
      : [{ bump: "patch", words: `${manifest} has changed.` } as const]),
  ];
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
