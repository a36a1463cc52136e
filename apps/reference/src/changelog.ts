import { readdir, readFile } from "node:fs/promises";
import { parseChangesetFile } from "@changesets/parse";
import { mapProse } from "./text.ts";

/** What the published packages have changed, and what they will. */
export interface Changelog {
  /** The published packages that have been released, by name; the newest release comes first. */
  packages: { name: string; releases: Release[] }[];
  /** What waits for the next release; the weightiest comes first. */
  pending: PendingChange[];
}

/** One version of a package. */
export interface Release {
  version: string;
  /** Markdown, with headings from the third level on. */
  changes: string;
}

/** A changeset. */
export interface PendingChange {
  packages: { name: string; bump: string }[];
  /** Markdown. */
  summary: string;
}

const bumps = ["major", "minor", "patch"];

/**
 * Reads the changelogs of all packages in `packages/` that are published, and the changesets that wait in
 * `.changeset/`.
 *
 * @param workspace folder of the workspace, with a slash at its end
 * @throws Error when a changeset is not one
 * @example
 * const changelog = await readChangelog(new URL("../../../", import.meta.url));
 */
export async function readChangelog(workspace: URL): Promise<Changelog> {
  const folders = (await listNames(new URL("packages/", workspace))).map(
    (name) => new URL(`packages/${name}/`, workspace),
  );
  const packages = await Promise.all(
    folders.map(async (folder) => {
      const manifest = await readIfThere(new URL("package.json", folder));
      const { name, private: isPrivate } = JSON.parse(manifest ?? '{ "private": true }');
      const changelog = isPrivate ? undefined : await readIfThere(new URL("CHANGELOG.md", folder));
      return { name: String(name), releases: parseReleases(changelog ?? "") };
    }),
  );
  const changesets = (await listNames(new URL(".changeset/", workspace))).filter(
    (name) => name.endsWith(".md") && name.toLowerCase() !== "readme.md",
  );
  const pending = await Promise.all(
    changesets.map(async (name) =>
      parseChangeset(await readFile(new URL(`.changeset/${name}`, workspace), "utf8"), name),
    ),
  );
  return {
    packages: packages.filter(({ releases }) => releases.length > 0),
    pending: pending.filter((change) => change.packages.length > 0).toSorted((one, other) => weigh(one) - weigh(other)),
  };
}

/**
 * Takes a changelog that changesets wrote apart.
 *
 * @param markdown a package's CHANGELOG.md
 * @example
 * const [latest] = parseReleases("# client\n\n## 1.2.0\n\n### Minor Changes\n\n- Reads books.\n");
 */
export function parseReleases(markdown: string): Release[] {
  const releases: { version: string; lines: string[] }[] = [];
  // A mark that no line of text holds tells headings from what looks like one within a block of code.
  const marked = mapProse(markdown.replaceAll("\r\n", "\n"), (line) => line.replace(/^## +(?=\S)/, "\0"));
  for (const line of marked.split("\n")) {
    if (line.startsWith("\0")) releases.push({ version: line.slice(1).trim(), lines: [] });
    else releases.at(-1)?.lines.push(line);
  }
  return releases.map(({ version, lines }) => ({ version, changes: lines.join("\n").trim() }));
}

/**
 * Reads a changeset. Packages that it does not release are left out.
 *
 * @param name name of its file, for the error
 * @throws Error with that name and the reason, when it is not a changeset
 * @example
 * parseChangeset('---\n"@spherepay/client": minor\n---\n\nReads books.\n', "calm-cats.md");
 */
export function parseChangeset(markdown: string, name: string): PendingChange {
  try {
    const { releases, summary } = parseChangesetFile(markdown);
    const released = releases.filter(({ type }) => type !== "none");
    return { packages: released.map((release) => ({ name: release.name, bump: release.type })), summary };
  } catch (error) {
    throw new Error(`.changeset/${name}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Writes the changelog as one Markdown file.
 *
 * @example
 * await writeFile("dist/changelog.md", writeChangelog(changelog));
 */
export function writeChangelog({ packages, pending }: Changelog): string {
  const changes = pending.map(({ packages: changed, summary }) => {
    const names = changed.map(({ name, bump }) => `\`${name}\` (${bump})`).join(", ");
    return `- ${summary.replaceAll(/\n(?=.)/g, "\n  ")}\n\n  ${names}`;
  });
  const blocks = [
    "# Changelog",
    packages.length === 0 && nothingReleased,
    changes.length > 0 && `## Unreleased\n\n${changes.join("\n")}`,
    ...packages.flatMap(({ name, releases }) => [
      `## ${name}`,
      ...releases.flatMap(({ version, changes: text }) => [
        `### ${version}`,
        mapProse(text, (line) => line.replace(/^#{3,5} /, "#$&")),
      ]),
    ]),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/** What a reader finds before the first release. */
export const nothingReleased = "Nothing has been released yet.";

function weigh({ packages }: PendingChange): number {
  return Math.min(...packages.map(({ bump }) => bumps.indexOf(bump)));
}

async function listNames(folder: URL): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

async function readIfThere(file: URL): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    // A file among the folders of packages can't hold one either.
    if (["ENOENT", "ENOTDIR"].includes((error as { code?: string }).code ?? "")) return undefined;
    throw error;
  }
}
