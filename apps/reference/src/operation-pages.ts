import { listOperations, type OpenApiDocument, type Operation } from "./openapi.ts";

/** An operation and the name of the file that describes it. */
export interface OperationPage {
  name: string;
  title: string;
  description: string;
  operation: Operation;
}

type Titles = { operationId?: string; summary?: string; description?: string };

/**
 * Lists the operations of a document with the name that each one's file has: `<operationId>.md`.
 *
 * @example
 * for (const { name, title } of listPages(document)) console.log(`[${title}](${name})`);
 */
export function listPages(document: OpenApiDocument): OperationPage[] {
  // Names of other files of the site. Some systems take names that differ in case for the same.
  const taken = new Set(["changelog.md", "readme.md"]);
  // A document of webhooks has no paths.
  return (document.paths ? listOperations(document) : []).map((operation) => {
    const { operationId, summary, description = "" } = operation.definition as Titles;
    const address = `${operation.method} ${operation.path}`;
    const stem = (operationId ?? address.toLowerCase()).replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[-.]+|-+$/g, "");
    let name = `${stem}.md`;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}.md`;
    taken.add(name.toLowerCase());
    return { name, title: summary ?? operationId ?? address, description, operation };
  });
}
