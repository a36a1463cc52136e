/**
 * Fails when the pending changesets promise less than what has changed since the last release, and writes
 * `dist/receipt.md`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { examine, findProblems } from "./examine.ts";
import { packageNames } from "./last-release.ts";
import { writeReceipt } from "./receipt.ts";

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
  console.log(receipt);
  if (problems.length > 0) {
    // To the same stream, so that what to do comes last.
    console.log(problems.join("\n\n"));
    process.exitCode = 1;
  } else if (!last) {
    console.log("Nothing has been released yet. What is pending is the first release, and any bump will do.");
  } else if (isQuiet) {
    console.log("Nothing to release: all is as it was released.");
  } else {
    console.log("The pending changesets say enough.");
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
