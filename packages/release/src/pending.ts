import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { getReleasePlan } from "@changesets/get-release-plan";
import { parseChangesetFile } from "@changesets/parse";
import type { Bump } from "./bump.ts";
import { packageNames, workspace, type PackageName } from "./last-release.ts";

/** What the changesets in `.changeset/` promise of one package. */
export interface Pending {
  bump: Bump;
  /** File of the changeset that promises most, from the root of the workspace. */
  file?: string;
}

/**
 * Reads the changesets that wait for the next release.
 *
 * @throws Error when one of them is broken, says nothing, or names a package that is not there
 */
export async function readPending(): Promise<Record<PackageName, Pending>> {
  await refuseBrokenFiles();
  const { changesets, releases } = await getReleasePlan(workspace);
  return Object.fromEntries(
    packageNames.map((name) => {
      const bump = releases.find((release) => release.name === name)?.type ?? "none";
      const largest = changesets.find((changeset) =>
        changeset.releases.some((release) => release.name === name && release.type === bump),
      );
      const file = largest && `.changeset/${largest.id}.md`;
      return [name, { bump, ...(file && { file }) }];
    }),
  ) as Record<PackageName, Pending>;
}

/** Changesets itself does not say which file is broken, and takes one that has nothing to say. */
async function refuseBrokenFiles(): Promise<void> {
  for (const name of await readdir(join(workspace, ".changeset"))) {
    if (!name.endsWith(".md") || name === "README.md") continue;
    const text = await readFile(join(workspace, ".changeset", name), "utf8");
    const { releases, summary } = parse(name, text);
    if (releases.length > 0 && summary.trim() === "") {
      throw new Error(`.changeset/${name} says nothing. Write under its last line what changes for the user.`);
    }
  }
}

function parse(name: string, text: string): ReturnType<typeof parseChangesetFile> {
  try {
    return parseChangesetFile(text);
  } catch (error) {
    throw new Error(`.changeset/${name}: ${(error as Error).message}`, { cause: error });
  }
}
