/** The same small app on each client, bundled for the browser. What is weighed is also what is timed. */
import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rivalPackages, type Workshop } from "./workshop.ts";

/** Title and file of each app. Every client has its usual features on, and those that have them: timeout, retries. */
const apps = {
  "hand-written fetch": "hand-written",
  "hand-written, with a timeout": "hand-written-timeout",
  "@spherepay/client": "ours",
  "openapi-fetch": "openapi-fetch",
  "hey-api": "hey-api",
  Redocly: "redocly",
  "Redocly, retries": "redocly-retries",
  "Redocly, retries and timeout": "redocly-timeout",
  ky: "ky",
  axios: "axios",
  openai: "openai",
};

export interface Bundle {
  title: string;
  file: string;
  content: Uint8Array;
}

export async function bundleApps({ folder, ours, rivals }: Workshop): Promise<Bundle[]> {
  const bundles = Object.entries(apps).map(async ([title, name]) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`apps/${name}.js`, import.meta.url))],
      outfile: join(folder, `apps/${name}.mjs`),
      alias: { "@spherepay/client": ours, rivals },
      nodePaths: [join(rivalPackages, "node_modules")],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      write: false,
    });
    const [{ path, contents }] = outputFiles as [(typeof outputFiles)[0]];
    return { title, file: path, content: contents };
  });
  return Promise.all(bundles);
}
