import { createHash } from "node:crypto";

/**
 * Puts a file among others, under a name that tells its content, so that browsers may keep it for ever.
 *
 * @param files contents by name; it is added to them
 * @returns its name
 * @example
 * const name = keep(files, "site", "css", css); // "site.0123456789ab.css"
 */
export function keep(files: Record<string, string>, name: string, extension: string, content: string): string {
  const hashed = `${name}.${createHash("sha256").update(content).digest("hex").slice(0, 12)}.${extension}`;
  files[hashed] = content;
  return hashed;
}
