import type { Api, Operation } from "@spherepay/openapi";

/** An operation and the name of the file that describes it. */
export interface OperationPage {
  name: string;
  title: string;
  description: string;
  operation: Operation;
}

/**
 * Lists the operations of an API with the name that each one's file has: `<operationId>.md`.
 *
 * @example
 * for (const { name, title } of listPages(api)) console.log(`[${title}](${name})`);
 */
export function listPages({ operations }: Api): OperationPage[] {
  // Names of other files of the site. Some systems take names that differ in case for the same.
  const taken = new Set(["changelog.md", "readme.md"]);
  return operations.map((operation) => {
    const { id, summary, description = "" } = operation;
    const stem = id.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[-.]+|-+$/g, "");
    let name = `${stem}.md`;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}.md`;
    taken.add(name.toLowerCase());
    return { name, title: summary ?? id, description, operation };
  });
}
