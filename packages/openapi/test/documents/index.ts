import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
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

async function readSplit(): Promise<SampleDocument> {
  const file = join(folder, "split/openapi.yaml");
  const bundle = await redocly(["bundle", file, "--ext=json"], folder);
  return { name: "split", file, document: JSON.parse(bundle) as object };
}
