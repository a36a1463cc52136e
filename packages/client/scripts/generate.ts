/** Writes `.generated/` from the bundled spec: the types (openapi-typescript) and the operation table. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { enableCompileCache } from "node:module";

// The generator brings a whole TypeScript compiler, and compiling that takes longer than using it.
enableCompileCache();
const { generateOperations } = await import("./generate-operations.ts");
const { generateSchema } = await import("./generate-schema.ts");

const spec = new URL(import.meta.resolve("@spherepay/spec/openapi.json"));
const folder = new URL("../.generated/", import.meta.url);

const document = JSON.parse(await readFile(spec, "utf8"));
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
await writeFile(new URL("schema.ts", folder), await generateSchema(document));
await writeFile(new URL("operations.ts", folder), generateOperations(document));
await import("./place-generated.ts");
