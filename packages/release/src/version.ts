/**
 * Makes the next release: pending changesets become versions and changelogs, each with its receipt, and `last/` keeps
 * what is released. Refuses what the gate refuses; changes nothing when no changeset waits.
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { examine, findProblems } from "./examine.ts";
import { keepRelease, packageNames, readVersions, workspace } from "./last-release.ts";
import { writeChangelogEntry } from "./receipt.ts";

if (import.meta.main) {
  try {
    console.log(await makeVersions());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/**
 * Makes the next release in this workspace.
 *
 * @returns a line for each package, or that there is nothing to release
 * @throws Error with what the gate says, or when changesets fails
 * @example
 * console.log(await makeVersions());
 */
export async function makeVersions(): Promise<string> {
  const examination = await examine();
  const { packages, build } = examination;
  const problems = findProblems(examination);
  if (problems.length > 0) throw new Error(problems.join("\n\n"));
  const released = packageNames.filter((name) => packages[name].pending.bump !== "none");
  if (released.length === 0) return "No changeset waits: there is nothing to release.";
  // As one more changeset, the receipt is placed and indented by changesets itself. By its name it comes last.
  for (const name of released) {
    const entry = await writeChangelogEntry(examination, name);
    if (!entry) continue;
    const file = join(workspace, `.changeset/~receipt-${name.replace(/^.*\//, "")}.md`);
    await writeFile(file, `---\n"${name}": ${packages[name].pending.bump}\n---\n\n${entry}\n`);
  }
  const changesets = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
  await promisify(execFile)(process.execPath, [changesets, "version"], { cwd: workspace }).catch(({ stdout, stderr }) =>
    Promise.reject(new Error(`changeset version failed.\n${stdout}${stderr}`)),
  );
  const versions = await readVersions();
  await keepRelease({ ...build, versions });
  return released.map((name) => `${name} ${build.versions[name]} → ${versions[name]}`).join("\n");
}
