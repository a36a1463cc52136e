import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { precompress } from "./precompress.ts";

/**
 * Has a folder hold these files, with their compressed forms, and nothing else. A form of what has not changed stays.
 *
 * @param contents by name
 * @example
 * await writeSite(new URL("../dist/", import.meta.url), { "index.html": html, "llms.txt": text });
 */
export async function writeSite(folder: URL, contents: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const isOurs = name.replace(/\.(?:br|gz)$/, "") in contents;
    if (!isOurs) await rm(new URL(name, folder), { recursive: true });
  }
  await Promise.all(Object.entries(contents).map(([name, content]) => writeFile(new URL(name, folder), content)));
  await precompress(folder);
}
