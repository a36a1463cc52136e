import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const execute = promisify(execFile);

/** A copy of the workspace, and ways to work in it. */
export type WorkspaceCopy = Awaited<ReturnType<typeof copyWorkspace>>;

/**
 * Copies the workspace as it is on disk, without what is built, as the first commit of a repository of its own. It uses
 * the packages that are installed here, and turbo's cache of what is built here, so that a build in it takes seconds.
 *
 * @throws Error when the workspace is not installed
 * @example
 * const workspace = await copyWorkspace();
 * onTestFinished(() => workspace.remove("."));
 * const { failed, output } = await workspace.run("pnpm", "run", "build");
 */
export async function copyWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), "workspace-"));
  const list = await execute("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  const files = list.stdout.split("\0").filter(Boolean);
  for (const name of new Set(files.map(dirname))) await mkdir(join(folder, name), { recursive: true });
  // A file that is deleted but not yet committed is still listed.
  await Promise.all(files.map((file) => copyFile(join(root, file), join(folder, file)).catch(unlessAbsent)));
  const manifests = files.filter((file) => /^(?:(?:spec|(?:apps|packages)\/[^/]+)\/)?package\.json$/.test(file));
  await Promise.all(manifests.map((file) => copyLinks(join(dirname(file), "node_modules"), folder)));
  const store = "node_modules/.pnpm";
  await mkdir(join(folder, store));
  const installed = (await readdir(join(root, store))).map((name) => {
    // An installation writes into these two, even when nothing is missing, and must not write through a link.
    if (name === "node_modules" || name === "lock.yaml") return copyLinks(join(store, name), folder);
    return symlink(join(root, store, name), join(folder, store, name));
  });
  await Promise.all(installed);

  // A pull request is checked with CI set; here the committed types are meant to follow the spec.
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env["CI"];
  // pnpm would find that it did not install this itself.
  env["pnpm_config_verify_deps_before_run"] = "false";
  env["TURBO_CACHE_DIR"] = join(root, ".turbo/cache");
  // Its commits and tags are nobody's, and nobody signs them.
  env["GIT_CONFIG_GLOBAL"] = devNull;
  env["GIT_AUTHOR_NAME"] = env["GIT_COMMITTER_NAME"] = "A test";
  env["GIT_AUTHOR_EMAIL"] = env["GIT_COMMITTER_EMAIL"] = "test@example.com";
  const run = (command: string, ...parameters: string[]) =>
    execute(command, parameters, { cwd: folder, env, maxBuffer: 2 ** 26 }).then(
      ({ stdout, stderr }) => ({ failed: false, output: stdout + stderr }),
      (error: { stdout: string; stderr: string }) => ({ failed: true, output: error.stdout + error.stderr }),
    );
  // Without a repository turbo would take what is built for sources.
  await run("git", "init", "--quiet", "--initial-branch=main");
  await run("git", "add", "--all");
  await run("git", "commit", "--quiet", "--message=The workspace as it is");

  return {
    folder,
    env,
    run,
    read: (file: string) => readFile(join(folder, file), "utf8"),
    write: (file: string, text: string) => writeFile(join(folder, file), text),
    remove: (file: string) => rm(join(folder, file), { recursive: true }),
  };
}

/** Copies a folder of links to installed packages. The links are relative, so those to workspace packages stay inside. */
async function copyLinks(name: string, folder: string): Promise<void> {
  await cp(join(root, name), join(folder, name), {
    recursive: true,
    verbatimSymlinks: true,
    // What begins with a dot is no package: it is a store or a cache of some tool. Programs and pnpm's notes are needed.
    filter: (file) => !/\/node_modules\/\.(?!bin$|pnpm\/|.*\.(?:ya?ml|json)$)[^/]*$/.test(file),
  }).catch(unlessAbsent);
}

/** A package without dependencies has no folder of them. */
function unlessAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
