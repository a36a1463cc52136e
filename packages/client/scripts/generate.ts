/**
 * Writes `src/generated/` from the bundled spec: the types (openapi-typescript) and the operation table.
 * With CI set it writes nothing and fails when the committed files differ.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { generateOperations } from "./generate-operations.ts";
import { generateSchema } from "./generate-schema.ts";

const spec = new URL(import.meta.resolve("@spherepay/spec/openapi.json"));
const folder = new URL("../src/generated/", import.meta.url);

const document = JSON.parse(await readFile(spec, "utf8"));
const files = {
  "schema.ts": await generateSchema(document),
  "operations.ts": generateOperations(document),
};

await mkdir(folder, { recursive: true });
for (const [name, content] of Object.entries(files)) {
  const file = new URL(name, folder);
  const committed = await readFile(file, "utf8").catch(() => undefined);
  if (committed === content) continue;
  if (process.env["CI"]) {
    console.error(
      `packages/client/src/generated/${name} does not match spec/openapi.yaml.\n` +
        "Run `npx pnpm@12.18.0 build` and commit what it changes.",
    );
    process.exitCode = 1;
  } else {
    await writeFile(file, content);
  }
}
