import { glob } from "node:fs/promises";
import type { WorkspaceCopy } from "./workspace-copy.ts";

/**
 * Changes a text of the spec, in whatever file it stands.
 *
 * @returns the path of that file, and what it held before
 * @throws Error when no file has it
 * @example
 * await editSpec(workspace, "City or town.", "City.");
 */
export async function editSpec(
  workspace: WorkspaceCopy,
  search: string | RegExp,
  replacement: string,
): Promise<{ file: string; before: string }> {
  const options = {
    cwd: workspace.folder,
    exclude: ["spec/dist", "spec/node_modules", "spec/{redocly,*.arazzo}.yaml"],
  };
  for await (const file of glob("spec/**/*.yaml", options)) {
    const before = await workspace.read(file);
    const after = before.replace(search, replacement);
    if (after === before) continue;
    await workspace.write(file, after);
    return { file, before };
  }
  throw new Error(`${search} is nowhere in the spec.`);
}

/** Adds an optional field, `district`, to the address that a request has. */
export async function addDistrict(workspace: WorkspaceCopy): Promise<void> {
  await editSpec(workspace, /^( *)(?=state:\n)/m, district);
}

const district = `$1district:
$1  type: string
$1  description: District of a city state.
$1  examples: [Mitte]
$1  x-evidence: inferred
$1`;
