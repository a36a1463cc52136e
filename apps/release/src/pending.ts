import { getReleasePlan } from "@changesets/get-release-plan";
import type { Bump } from "./bump.ts";
import { packageNames, workspace, type PackageName } from "./last-release.ts";

/** What the changesets in `.changeset/` promise of one package. */
export interface Pending {
  bump: Bump;
  /** File of the changeset that promises most, from the root of the workspace. */
  file?: string;
  /** What the changesets say, the weightiest first. */
  summaries: string[];
}

/**
 * Reads the changesets that wait for the next release.
 *
 * @throws Error when one of them is broken, or names a package that is not there
 */
export async function readPending(): Promise<Record<PackageName, Pending>> {
  const { changesets, releases } = await getReleasePlan(workspace);
  return Object.fromEntries(
    packageNames.map((name) => {
      const bump = releases.find((release) => release.name === name)?.type ?? "none";
      const own = changesets.filter((changeset) => changeset.releases.some((release) => release.name === name));
      const largest = own.find((changeset) =>
        changeset.releases.some((release) => release.name === name && release.type === bump),
      );
      const file = largest && `.changeset/${largest.id}.md`;
      return [name, { bump, ...(file && { file }), summaries: own.map(({ summary }) => summary) }];
    }),
  ) as Record<PackageName, Pending>;
}
