import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isCollection, LineCounter, type Node, parse, parseDocument } from "yaml";
import { OpenApiError } from "./openapi-error.ts";
import { fromPointer } from "./pointer.ts";
import { readApi } from "./read-api.ts";
import type { Api } from "./types.ts";

/**
 * Reads the model of a document in a file, JSON or YAML.
 *
 * @returns the model, and the parsed document for tools that take that
 * @throws OpenApiError as `readApi` does, with the file, the line and the column before the pointer
 * @throws Error when the file cannot be read, or is neither JSON nor YAML
 * @example
 * const { api, document } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
 */
export async function readApiFile(file: string | URL): Promise<{ api: Api; document: object }> {
  const path = file instanceof URL || file.startsWith("file:") ? fileURLToPath(file) : file;
  const source = await readFile(path, "utf8");
  const document: unknown = path.endsWith(".json") ? JSON.parse(source) : parse(source, { merge: true });
  if (typeof document !== "object" || document === null)
    throw new OpenApiError("#", "this is no OpenAPI document.", path);
  try {
    return { api: readApi(document), document };
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error;
    throw new OpenApiError(error.pointer, error.reason, `${path}${findLine(source, error.pointer)}`);
  }
}

/** Line and column of a place, as `:12:3`. The text is parsed once more for it, because only a mistake needs it. */
function findLine(source: string, pointer: string): string {
  const lines = new LineCounter();
  let node: unknown = parseDocument(source, { lineCounter: lines }).contents;
  for (const key of fromPointer(pointer)) {
    // An alias or a merged key has no place of its own: that of what is around it will do.
    const inner: unknown = isCollection(node) ? (node.get(key, true) ?? node.get(Number(key), true)) : undefined;
    if (inner === undefined) break;
    node = inner;
  }
  const start = (node as Node | null)?.range?.[0];
  if (start === undefined) return "";
  const { line, col } = lines.linePos(start);
  return `:${line}:${col}`;
}
