/**
 * Lints `openapi.yaml` with its parts, and bundles them into `dist/`, as JSON and as YAML. When lint finds a mistake,
 * `dist/` stays as it was. The two run side by side, because starting is most of what each of them does.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { redocly } from "./redocly.ts";

try {
  const bundling = redocly(["bundle", "spherepay", "--ext=json"]);
  // What lint says of a mistake is the better message, so it is heard first.
  bundling.catch(() => {});
  await redocly(["lint", "spherepay", "--format=stylish"]);
  const json = await bundling;
  await rm("dist", { recursive: true, force: true });
  await mkdir("dist");
  await writeFile("dist/openapi.json", json);
  await writeFile("dist/openapi.yaml", stringify(JSON.parse(json), { lineWidth: 0 }));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
