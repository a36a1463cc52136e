/**
 * Makes text safe within HTML, also within a quoted attribute.
 *
 * @example
 * escapeHtml('"a" < b'); // "&quot;a&quot; &lt; b"
 */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/**
 * Writes a value as inline code of Markdown that shows it as it is, also within a table.
 *
 * @example
 * inlineCode("a`b"); // "``a`b``"
 */
export function inlineCode(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  // A table takes the backslash of `\|` away, even within code. Entities stay whole, but only HTML reads them.
  if (line.includes("\\|")) return `<code>${line.replaceAll(/[^\w ]/gu, (sign) => `&#${sign.codePointAt(0)};`)}</code>`;
  const fence = "`".repeat(longestRun(line) + 1);
  const space = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/**
 * Writes a block of code of Markdown, with a fence that the code itself can't close.
 *
 * @example
 * codeBlock("sh", "ls\n"); // "```sh\nls\n```"
 */
export function codeBlock(language: string, code: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}

/**
 * Writes a table of Markdown. A cell may hold inline Markdown: line breaks become spaces, and no pipe ends it.
 *
 * @param head names of the columns; a column without any content is left out
 * @example
 * table(["Field", "Type"], [["`id`", "string"]]);
 */
export function table(head: string[], rows: string[][]): string {
  const shown = head.map((_, column) => rows.some((row) => row[column]));
  const line = (cells: string[]) => `| ${cells.filter((_, column) => shown[column]).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))].join("\n");
}

/**
 * Changes each line of Markdown that is not within a fenced block of code.
 *
 * @example
 * mapProse("# Title", (line) => `#${line}`); // "## Title"
 */
export function mapProse(markdown: string, change: (line: string) => string): string {
  let fence: string | undefined;
  return markdown
    .split("\n")
    .map((line) => {
      const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence === undefined && mark === undefined) return change(line);
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return line;
    })
    .join("\n");
}

/**
 * Takes the first sentence of Markdown, on one line.
 *
 * @example
 * firstSentence("Creates a book.\nIt has no pages yet."); // "Creates a book."
 */
export function firstSentence(markdown: string): string {
  const [paragraph = ""] = markdown.trim().split(/\n\s*\n/);
  const line = paragraph.replaceAll(/\s+/g, " ");
  return /^.*?[.!?](?= \p{Lu}|$)/u.exec(line)?.[0] ?? line;
}

function cell(text: string): string {
  // A pipe after a backslash is escaped already.
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/\\[^]|\|/g, (match) => (match === "|" ? "\\|" : match));
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
