/** A copy of the workspace as before the first release, and what a test does in it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { editSpec } from "@spherepay/testing/edit-spec";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";

/** A copy of the workspace in which releases are made. */
export type ReleaseCopy = Awaited<ReturnType<typeof copyUnreleased>>;

/** Copies the workspace as before the first release, whatever has been released since. Nothing is built. */
export async function copyUnreleased() {
  const workspace = await copyWorkspace();

  const succeed = async (command: string, ...parameters: string[]): Promise<string> => {
    const { failed, output } = await workspace.run(command, ...parameters);
    if (failed) throw new Error(`${command} ${parameters.join(" ")} failed:\n${output}`);
    return output;
  };
  const commit = async (): Promise<void> => {
    await succeed("git", "add", "--all");
    await succeed("git", "commit", "--quiet", "--allow-empty", "--message=A commit");
  };
  const edit = async (file: string, change: (text: string) => string): Promise<void> => {
    const text = await workspace.read(file);
    const changed = change(text);
    if (changed === text) throw new Error(`The edit of ${file} changes nothing.`);
    await workspace.write(file, changed);
  };
  /** Leaves these changesets, by name, and no other. */
  const changesets = async (wanted: Record<string, { client: string; mock: string }>): Promise<void> => {
    for (const name of await readdir(join(workspace.folder, ".changeset"))) {
      if (name.endsWith(".md")) await workspace.remove(`.changeset/${name}`);
    }
    for (const [name, { client, mock }] of Object.entries(wanted)) {
      const bumps = `"@spherepay/client": ${client}\n"@spherepay/mock": ${mock}`;
      await workspace.write(`.changeset/${name}.md`, `---\n${bumps}\n---\n\nThe ${name}.\n`);
    }
  };
  /** Builds what is released. */
  const build = () => succeed("pnpm", "exec", "turbo", "run", "build", "--filter=@spherepay/release^...");
  /** The first build is in the cache of the workspace, where turbo keeps it by whether CI is set. */
  const buildAsHere = async (): Promise<void> => {
    workspace.env["CI"] = process.env["CI"];
    await build();
    delete workspace.env["CI"];
  };

  await succeed("rm", "-rf", "packages/release/last", "packages/client/CHANGELOG.md", "packages/mock/CHANGELOG.md");
  for (const name of ["client", "mock"]) {
    const file = `packages/${name}/package.json`;
    const manifest = await workspace.read(file);
    await workspace.write(file, manifest.replace(/"version": ".*"/, '"version": "0.0.0"'));
  }
  await changesets({});
  await commit();

  return {
    ...workspace,
    succeed,
    commit,
    edit,
    changesets,
    build,
    buildAsHere,
    version: () => workspace.run("node", "packages/release/src/version.ts"),
    oldUsers: () => workspace.run("node", "packages/release/src/old-users.ts"),
  };
}

/** Makes a field of the request required, and gives it to the example that lacks it. */
export async function requireCity(workspace: ReleaseCopy): Promise<void> {
  await editSpec(workspace, "required: [state, country]", "required: [state, country, city]");
  await editSpec(workspace, /(type: individual\n *address:\n)( *)/, "$1$2city: Anytown\n$2");
}
