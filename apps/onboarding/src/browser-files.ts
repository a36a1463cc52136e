import { readFileSync } from "node:fs";

/** What the pages refer to, as text. The build makes it from `src/browser`. */
export interface BrowserFiles {
  "styles.css": string;
  "enhance.js": string;
  "icon.svg": string;
}

/**
 * Reads the files on Node. On workerd they are bindings of the worker.
 *
 * @throws Error when they are not built
 * @example
 * const app = createApp({ sphere, environment: "sandbox", browserFiles: readBrowserFiles() });
 */
export function readBrowserFiles(): BrowserFiles {
  // The same from src/ as from dist/.
  const read = (name: string) => readFileSync(new URL(`../dist/browser/${name}`, import.meta.url), "utf8");
  return { "styles.css": read("styles.css"), "enhance.js": read("enhance.js"), "icon.svg": read("icon.svg") };
}
