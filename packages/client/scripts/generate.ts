/**
 * Makes the types and the operation table from the bundled spec. Writes them to `.generated/`, in
 * one file that holds the text of each by name: a document makes all of them or none, and none is left from before.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { readApiFile } from "@spherepay/openapi";
import { generateOperations } from "./generate-operations.ts";
import { generateSchema } from "./generate-schema.ts";

const folder = new URL("../.generated/", import.meta.url);

try {
  const { api } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
  const { source, omitted, renamed } = generateOperations(api);
  const files = { "operations.ts": source, "schema.ts": generateSchema(api) };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(new URL("files.json", folder), JSON.stringify(files));
  await import("./place-generated.ts");
  for (const { id, pointer, reason } of omitted) {
    console.warn(`${pointer}: ${id} is no method of the client. ${reason}`);
  }
  for (const { pointer, reason } of renamed) console.warn(`${pointer}: ${reason}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
