import type { Api } from "@spherepay/openapi";
import markdownIt from "markdown-it";
import { writeMarkdown } from "../src/markdown.ts";
import type { Sample } from "../src/samples.ts";
import { escapeHtml, mapProse } from "../src/text.ts";

export const staticStyles = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }
a { color: light-dark(#0645ad, #8ab4f8) }
pre { padding: 1rem; border: 1px solid; border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse }
th, td { padding: .3rem .6rem; border-bottom: 1px solid; text-align: left; vertical-align: top }
`;

/** Writes all that the reference says as plain HTML: the least that a page with this content can cost. */
export function writeStaticPage(api: Api, samples: Sample[], stylesheet: string): string {
  const operations = Object.values(writeMarkdown(api, samples)).map((operation) =>
    mapProse(operation, (line) => line.replace(/^#/, "##")),
  );
  const markdown = [`# ${api.title}`, api.description ?? "", ...operations].join("\n\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(api.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${stylesheet}">
</head>
<body><main>${markdownIt().render(markdown)}</main></body>
</html>
`;
}
