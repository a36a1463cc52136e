import { createHash } from "node:crypto";
import { improve, STAND_IN } from "./improve.ts";
import { keep } from "./keep.ts";
import { render } from "./render.ts";
import type { Sample } from "./samples.ts";
import { escapeHtml } from "./text.ts";

/** A page whose scripts, styles and pictures are files of its own. */
export interface Page {
  html: string;
  /** Contents of the files that the page loads, by name. */
  files: Record<string, string>;
}

/** What is ours in the page. */
export interface Sources {
  /** Redoc's module. */
  redoc: string;
  /** The attribution logo, as SVG. */
  logo: string;
  /** Styles beside those of Redoc. */
  styles: string;
  /** HTML for the head. */
  head: string;
  /** HTML before and after the reference. */
  bar: string;
  footer: string;
}

const attributionLogos = ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];

/**
 * Turns what `redocly build-docs` wrote into a page that shows all at once: what Redoc would draw stands in it, with
 * the styles that it takes. Redoc itself is a file that the page's script loads on first use. Nothing comes from
 * another host, and no script is inline. Names of files have a hash of their content.
 *
 * @param html the page that build-docs wrote, with Redoc from its CDN
 * @param samples those that the page shows
 * @throws Error when build-docs wrote another page than expected, or one for another Redoc
 */
export async function hostPage(html: string, samples: readonly Sample[], sources: Sources): Promise<Page> {
  const preload = takeOne(html, /<link rel="modulepreload" href="([^"]+)" integrity="([^"]+)"[^>]*>/);
  const colors = takeOne(html, /<script>([^]*?)<\/script>/);
  const start = takeOne(html, /<script type="module">([^]*?)<\/script>/);
  const style = takeOne(html, /<style data-styled[^>]*>[^]*?<\/style>/);
  const drawn = takeOne(html, /(?<=<div id="redoc">)[^]*(?=<\/div>\s*<script type="module">)/);
  const [address = "", integrity] = preload.groups;
  if (integrity !== `sha384-${createHash("sha384").update(sources.redoc).digest("base64")}`) {
    throw new Error(`The page was made for another Redoc than the given one: ${address}`);
  }

  const files: Record<string, string> = {};
  const logo = keep(files, "redocly", "svg", sources.logo);
  const redoc = attributionLogos.reduce((source, url) => replaceOne(source, url, logo), sources.redoc);
  const call = replaceOne(start.groups[0]!, "hydrate(", "init(").replace(/^\s*import .*$/m, "");
  const ours = replaceOne(call, "document.getElementById('redoc')", "element");
  const operations = new Set(samples.map(({ operationId }) => operationId)).size;
  const { body, css } = await render(redoc, `(init, element) => {${ours}}`, sources.styles, operations, (document) =>
    improve(document, samples),
  );

  const redocName = keep(files, "redoc", "js", redoc);
  const startModule = `import { init } from "./${redocName}";\nexport function start(element) {${colors.groups[0]};${ours}}\n`;
  const labels = [...new Set(samples.map(({ label }) => label))];
  const data =
    `data-start="${keep(files, "start", "js", startModule)}" data-ahead="${redocName}" ` +
    `data-languages="${escapeHtml(JSON.stringify(labels))}"`;
  const replacements: [string, string][] = [
    ["<!-- head -->", sources.head],
    ["<!-- bar -->", sources.bar],
    ["<!-- footer -->", sources.footer],
    [drawn.text, body.replaceAll(STAND_IN, "noscript")],
    ['<div id="redoc">', `<div id="redoc" ${data}>`],
    [start.text, ""],
    [preload.text, ""],
    // In the page, because it waits for them: another request takes longer than their bytes.
    [style.text, `<style>${css}${sources.styles}</style>`],
  ];
  return { html: replacements.reduce((page, [search, value]) => replaceOne(page, search, value), html), files };
}

function takeOne(source: string, pattern: RegExp): { text: string; groups: string[] } {
  const [match, ...more] = source.matchAll(new RegExp(pattern, "g"));
  if (!match || more.length > 0) throw new Error(`Expected ${pattern} once in the page that build-docs wrote.`);
  const [text, ...groups] = match;
  return { text, groups };
}

function replaceOne(source: string, search: string, replacement: string): string {
  const [before, after, ...more] = source.split(search);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`Expected ${search.slice(0, 100)} once in what build-docs wrote.`);
  }
  return before + replacement + after;
}
