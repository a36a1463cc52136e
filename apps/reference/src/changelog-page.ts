import markdownIt from "markdown-it";
import { nothingReleased, type Changelog, type PendingChange } from "./changelog.ts";
import { escapeHtml } from "./text.ts";

/** What the page shows beside the changelog. */
export interface ChangelogPageOptions {
  /** Name of the API. */
  title: string;
  /** Address of the stylesheet. @default "site.css" */
  stylesheet?: string;
  /** HTML for the head: scripts that run before the page shows. */
  head?: string;
  /** HTML before everything else: the announcement. */
  bar?: string;
}

// HTML in a changelog is shown as text, and pictures of other hosts stay links. markdown-it itself refuses links that
// run scripts.
const markdown = markdownIt({ html: false }).disable("image");

/**
 * Writes the changelog as a page.
 *
 * @example
 * await writeFile("dist/changelog.html", writeChangelogPage(changelog, { title: document.info.title }));
 */
export function writeChangelogPage(changelog: Changelog, options: ChangelogPageOptions): string {
  const { stylesheet = "site.css", head = "", bar = "" } = options;
  const title = escapeHtml(options.title);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Changelog · ${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="What each release of the packages for the ${title} changed.">
    <link rel="icon" href="data:,">
    <link rel="alternate" type="text/markdown" href="changelog.md" title="Markdown">
    <link rel="stylesheet" href="${escapeHtml(stylesheet)}">
    ${head}
  </head>
  <body class="site">
    ${bar}
    <header><a href="./">${title}</a></header>
    <main>
      <h1>Changelog</h1>
      <p class="lead">What each release of the packages changed.</p>
      ${writeContents(changelog)}
      ${writeSections(changelog)}
    </main>
    <footer><a href="./">Back to the reference</a> <a href="changelog.md">This page as Markdown</a></footer>
  </body>
</html>
`;
}

/**
 * Names the place of a release on the page.
 *
 * @example
 * nameAnchor("@spherepay/client", "1.2.0"); // "spherepay-client-1.2.0"
 */
export function nameAnchor(name: string, version?: string): string {
  return [name, version ?? []]
    .flat()
    .join("-")
    .replaceAll(/[^\w.-]+/g, "-")
    .replace(/^-+/, "");
}

function writeContents({ packages, pending }: Changelog): string {
  const places = [
    ...(pending.length > 0 ? [["unreleased", "Unreleased"]] : []),
    ...packages.map(({ name }) => [nameAnchor(name), name]),
  ];
  if (places.length < 2) return "";
  const links = places.map(([anchor, name = ""]) => `<li><a href="#${anchor}">${escapeHtml(name)}</a></li>`);
  return `<nav aria-label="On this page"><ul>${links.join("")}</ul></nav>`;
}

function writeSections({ packages, pending }: Changelog): string {
  const released = packages.map(({ name, releases }) => {
    const anchor = nameAnchor(name);
    const articles = releases.map(({ version, changes }) => {
      const place = nameAnchor(name, version);
      const heading = `<h3 id="${place}"><a href="#${place}">${escapeHtml(version)}</a></h3>`;
      return `<article aria-labelledby="${place}">${heading}\n${toHtml(changes)}</article>`;
    });
    return `<section aria-labelledby="${anchor}"><h2 id="${anchor}">${escapeHtml(name)}</h2>${articles.join("\n")}</section>`;
  });
  const unreleased = `<section aria-labelledby="unreleased"><h2 id="unreleased">Unreleased</h2>
<p>Merged, and part of the next release.</p>
<ul>${pending.map(writePending).join("\n")}</ul></section>`;
  return [
    packages.length === 0 ? `<p>${nothingReleased}</p>` : "",
    pending.length > 0 ? unreleased : "",
    ...released,
  ].join("\n");
}

function writePending({ packages, summary }: PendingChange): string {
  const names = packages.map(({ name, bump }) => `<code>${escapeHtml(name)}</code> <small>${escapeHtml(bump)}</small>`);
  return `<li>${toHtml(summary)}<p class="packages">${names.join(" ")}</p></li>`;
}

/** Headings of changes stand below the third level, which is the version's. */
function toHtml(text: string): string {
  return markdown
    .render(text)
    .replaceAll(/(<\/?h)([1-6])>/g, (_, start, level) => `${start}${Math.min(6, Math.max(4, Number(level) + 1))}>`);
}
