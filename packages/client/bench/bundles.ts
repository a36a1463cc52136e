/** The same small app on each client, bundled for the browser. What is weighed is also what is timed. */
import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rivalModules } from "./workshop.ts";

/** Title and file of each app. Every client has its usual features on, and those that have them: timeout, retries. */
export const apps = {
  "hand-written fetch": "hand-written",
  "@spherepay/client": "ours",
  "@spherepay/client/http": "ours-http",
  "openapi-fetch": "openapi-fetch",
  orval: "orval",
  "hey-api": "hey-api",
  Redocly: "redocly",
  "Redocly, retries and timeout": "redocly-timeout",
};

export type Title = keyof typeof apps;

export interface Bundle {
  title: Title;
  code: string;
}

/**
 * @param folder the workshop's
 * @param document of five operations, where ours is the built package, or of one, where it is made from its sources
 */
export async function bundleApps(folder: string, document: "five" | "one"): Promise<Bundle[]> {
  const sources = join(folder, "one/src");
  const bundles = Object.entries(apps).map(async ([title, name]) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`apps/${name}.js`, import.meta.url))],
      alias: {
        rivals: join(folder, document, "rivals"),
        ...(document === "one" && {
          "@spherepay/client": join(sources, "index.ts"),
          "@spherepay/client/http": join(sources, "http.ts"),
        }),
      },
      nodePaths: [rivalModules],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      write: false,
    });
    return { title: title as Title, code: outputFiles[0]!.text };
  });
  return Promise.all(bundles);
}
