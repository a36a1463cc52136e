/**
 * Fails when the pending changesets promise less than what has changed since the last release, and writes
 * `dist/receipt.md`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { examine, findProblems } from "./examine.ts";
import { packageNames } from "./last-release.ts";
import { writeReceipt } from "./receipt.ts";

if (import.meta.main) {
  const { failed, output } = await runGate();
  console.log(output);
  if (failed) process.exitCode = 1;
}

/**
 * Runs the gate on this workspace and writes the receipt.
 *
 * @returns whether it fails, and what it prints: the receipt, and last what to do
 * @example
 * const { failed, output } = await runGate();
 */
export async function runGate(): Promise<{ failed: boolean; output: string }> {
  try {
    const examination = await examine();
    const receipt = await writeReceipt(examination);
    const file = new URL("../dist/receipt.md", import.meta.url);
    await mkdir(new URL("./", file), { recursive: true });
    await writeFile(file, receipt);

    const { last, packages } = examination;
    const problems = findProblems(examination);
    const isQuiet = packageNames.every(
      (name) => packages[name].needed === "none" && packages[name].pending.bump === "none",
    );
    const verdict =
      problems.length > 0
        ? problems.join("\n\n")
        : !last
          ? "Nothing has been released yet. What is pending is the first release, and any bump will do."
          : isQuiet
            ? "Nothing to release: all is as it was released."
            : "The pending changesets say enough.";
    return { failed: problems.length > 0, output: `${receipt}\n${verdict}` };
  } catch (error) {
    return { failed: true, output: (error as Error).message };
  }
}
