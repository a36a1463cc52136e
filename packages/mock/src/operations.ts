import { fileURLToPath } from "node:url";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";

/** One operation of the document, with everything that it refers to. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

// Built next to the compiled code; `src/` and `dist/` are both one level below the package.
const SHIPPED_SPEC = new URL("../dist/openapi.json", import.meta.url);

/**
 * Loads the operations that a document describes.
 *
 * @param spec Its path, its URL, or the parsed document. Defaults to the SpherePay document that this package ships.
 * @throws {Error} When the document cannot be read, is not OpenAPI, or describes no operation. The message names the
 * document and the reason in one sentence.
 */
export async function loadOperations(spec: string | URL | object = SHIPPED_SPEC): Promise<Operation[]> {
  const file = spec instanceof URL && spec.protocol === "file:" ? fileURLToPath(spec) : spec;
  const source = file instanceof URL ? file.href : file;
  const name = typeof source === "string" ? source : "the given document";
  let operations: Operation[];
  try {
    // The loader resolves references in place, which would change the caller's object.
    operations = await getHttpOperationsFromSpec(typeof source === "string" ? source : structuredClone(source));
  } catch (error) {
    // The loader repeats itself; the reason is in its last line.
    const reason = (error as Error).message.trim().split("\n").at(-1)!;
    throw new Error(`Cannot load ${name}: ${reason.replace(/^(?:Error parsing .+?: )+|:$/g, "")}`, { cause: error });
  }
  if (operations.length === 0) throw new Error(`Cannot load ${name}: it describes no operation`);
  return operations;
}
