import { existsSync, watch, type FSWatcher } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";

/** What builds write, what they don't read, and what editors put beside a file. */
const noSource =
  /(?:^|\/)(?:\.git|\.turbo|node_modules|dist|\.generated|src\/generated|test|bench|4913|[^/]*(?:\.sw.|~))$/;

/** How long a burst of changes may pause, in milliseconds. A checkout changes many files. */
const pause = 100;

/**
 * Watches the sources of the workspace.
 *
 * @param root the workspace's folder
 * @param signal ends it
 * @param onChange is called after each burst of changes, with the paths from the root; with those that are gone only when all are
 * @returns once every folder is watched
 * @example
 * await watchSources(root, signal, (paths) => console.log(paths));
 */
export async function watchSources(
  root: string,
  signal: AbortSignal,
  onChange: (paths: string[]) => void,
): Promise<void> {
  // Folder by folder: on Linux Node's recursive watcher loses sight of a file that an editor replaces.
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function watchFolders(): Promise<void> {
    const folders = await foldersOf(root);
    for (const [folder, watcher] of watchers) {
      if (folders.includes(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder))
        watchers.set(
          folder,
          watch(folder, { signal }, (_, name) => note(join(folder, name ?? ""))),
        );
    }
  }
  function note(path: string): void {
    if (noSource.test(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(report, pause);
  }
  async function report(): Promise<void> {
    // There may be new folders.
    await watchFolders();
    if (signal.aborted) return;
    const paths = [...changed];
    changed.clear();
    // Editors and tools make files for a moment beside the one that they write.
    const remaining = paths.filter((path) => existsSync(path));
    const told = remaining.length > 0 ? remaining : paths;
    if (told.length > 0) onChange(told.map((path) => relative(root, path)));
  }
  await watchFolders();
}

async function foldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .filter((path) => !noSource.test(path));
  return [folder, ...(await Promise.all(folders.map(foldersOf))).flat()];
}
