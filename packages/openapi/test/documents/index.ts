import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { redocly } from "@spherepay/spec/redocly";
import { parse } from "yaml";

/** One of the documents of this folder. */
export interface SampleDocument {
  /** The family of constructs that it is full of, such as `parameters`. */
  name: string;
  /** Absolute path of the YAML file; of a document in several files, the one that refers to the others. */
  file: string;
  /** What the file says, parsed. References to other files are bundled into it. */
  document: object;
}

const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * Reads the OpenAPI documents on which every room is tested. The comment at the top of each says what is special.
 *
 * @returns a new copy of each at every call, so that a test may change it
 * @throws Error when a part of the split document is missing
 * @example
 * test.each(await listDocuments())("$name is read", ({ document }) => {
 *   expect(() => readApi(document)).not.toThrow();
 * });
 */
export async function listDocuments(): Promise<SampleDocument[]> {
  const files = (await readdir(folder))
    .filter((file) => file.endsWith(".yaml") && !file.includes("redocly"))
    .toSorted();
  const whole = files.map(async (name) => {
    const file = join(folder, name);
    return { name: basename(name, ".yaml"), file, document: parse(await readFile(file, "utf8")) as object };
  });
  return Promise.all([...whole, readSplit()]);
}

/**
 * Finds public documents: those of `@readme/oas-examples`, and those in the folder that `SUITES` names. Where nobody has
 * that folder, there is nothing to be tested with it.
 *
 * @returns the file of each, and its path in the package, or from it
 */
export async function listPublicFiles(): Promise<{ name: string; file: string }[]> {
  const examples = dirname(createRequire(import.meta.url).resolve("@readme/oas-examples/package.json"));
  const folders = ["3.0", "3.1"].map((version) => join(examples, version));
  if (process.env["SUITES"]) folders.push(join(process.env["SUITES"], "documents"));
  const entries = await Promise.all(folders.map((root) => readdir(root, { recursive: true, withFileTypes: true })));
  return entries
    .flat()
    .filter((entry) => entry.isFile() && /\.(?:json|ya?ml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: relative(examples, file), file }));
}

/** Reads a file of `listPublicFiles`. */
export async function readPublicFile(file: string): Promise<Record<string, any>> {
  const source = await readFile(file, "utf8");
  return file.endsWith(".json") ? JSON.parse(source) : parse(source, { merge: true });
}

async function readSplit(): Promise<SampleDocument> {
  const file = join(folder, "split/openapi.yaml");
  const bundle = await redocly(["bundle", file, "--ext=json"], folder);
  return { name: "split", file, document: JSON.parse(bundle) as object };
}
