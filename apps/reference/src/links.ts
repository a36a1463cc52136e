import type { Link, LinkParameter, Operation } from "@spherepay/openapi";
import { inlineCode } from "./text.ts";

/**
 * Writes the links of an answer as a list of Markdown.
 *
 * @param addressOf gives the address of an operation's description
 * @example
 * writeLinks(response.links, ({ id }) => `${id}.md`);
 * // "- `read`: [Read a book](readBook.md). Passes `id` from `$response.body#/id`."
 */
export function writeLinks(links: readonly Link[], addressOf: (operation: Operation) => string): string {
  return links
    .map((link) => {
      const { name, description, operation, operationRef = "", server } = link;
      const target = operation
        ? `[${escapeLinkText(operation.summary ?? operation.id)}](${addressOf(operation)})`
        : inlineCode(operationRef);
      const passed = listPassed(link);
      const sentences = [
        `${inlineCode(name)}: ${target}${server ? ` at ${inlineCode(server.template)}` : ""}.`,
        description?.trim().replaceAll(/\s+/g, " "),
        passed.length > 0 && `Passes ${passed.join(", ")}.`,
      ];
      return `- ${sentences.filter(Boolean).join(" ")}`;
    })
    .join("\n");
}

/** Keeps a bracket in the text of a link from ending it. */
export function escapeLinkText(text: string): string {
  return text.replaceAll(/[[\]\\]/g, (sign) => `\\${sign}`);
}

function listPassed({ parameters, requestBody }: Link): string[] {
  return [
    ...parameters.map(({ name, value }: LinkParameter) => `${inlineCode(name)} ${describeValue(value)}`),
    ...(requestBody === undefined ? [] : [`the body ${describeValue(requestBody)}`]),
  ];
}

/** A runtime expression says where the value comes from (https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions). */
function describeValue(value: unknown): string {
  const isExpression = typeof value === "string" && /^\$|\{\$/.test(value);
  return isExpression ? `from ${inlineCode(value)}` : inlineCode(JSON.stringify(value));
}
