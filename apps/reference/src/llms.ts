import type { Api } from "@spherepay/openapi";
import { escapeLinkText } from "./links.ts";
import { listPages } from "./operation-pages.ts";
import { firstSentence, inlineCode, mapProse } from "./text.ts";

/** How much of the document's description goes before the links; readers of llms.txt pay for each word. */
const longestNotes = 2500;

/**
 * Writes `llms.txt` (https://llmstxt.org): what the API is, and where each operation is described.
 *
 * @example
 * await writeFile("dist/llms.txt", writeLlms(api));
 */
export function writeLlms(api: Api): string {
  const paragraphs = (api.description ?? "").trim().split(/\n\s*\n/);
  const summary = api.summary?.trim() || (paragraphs.shift() ?? "").trim();
  const operations = listPages(api).map(({ name, title, description, operation }) => {
    const words = description && ` ${firstSentence(description)}`;
    return `- [${escapeLinkText(title)}](${name}): ${inlineCode(`${operation.method} ${operation.path}`)}.${words}`;
  });
  const blocks = [
    `# ${api.title}`,
    summary && `> ${summary.replaceAll(/\s+/g, " ")}`,
    takeNotes(paragraphs),
    operations.length > 0 && `## Operations\n\n${operations.join("\n")}`,
    `## OpenAPI

- [openapi.yaml](openapi.yaml): the description in OpenAPI ${api.openapi} that everything here is made from, as YAML
- [openapi.json](openapi.json): the same as JSON`,
    // A reader short of room may leave out what stands under this heading.
    `## Optional

- [Changelog](changelog.md): what changed in each release
- [llms-full.txt](llms-full.txt): all operations in one file`,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/**
 * Writes `llms-full.txt`: llms.txt followed by the page of every operation.
 *
 * @param pages what `writeMarkdown` wrote for the same document
 * @example
 * await writeFile("dist/llms-full.txt", writeLlmsFull(api, writeMarkdown(api, samples)));
 */
export function writeLlmsFull(api: Api, pages: Record<string, string>): string {
  return [writeLlms(api), ...Object.values(pages)].join("\n");
}

function takeNotes(paragraphs: string[]): string {
  let length = 0;
  const taken = paragraphs.filter((paragraph) => {
    length += paragraph.length;
    return length <= longestNotes;
  });
  // The format allows no heading between the summary and the links.
  return mapProse(taken.join("\n\n"), (line) => line.replace(/^ {0,3}#{1,6}\s+(.*?)[\s#]*$/, "**$1**"));
}
