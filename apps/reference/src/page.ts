import { createHash } from "node:crypto";

/** A page whose scripts and pictures are files of its own. */
export interface Page {
  html: string;
  /** Contents of the files that the page loads, by name. */
  files: Record<string, string>;
}

const attributionLogos = ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];

/**
 * Turns what `redocly build-docs` wrote into a page that loads nothing from another host and runs no inline script:
 * Redoc and the call that starts it become files with a hash in their names, the attribution logo a file beside them.
 *
 * @param html the page that build-docs wrote, with Redoc from its CDN
 * @param redoc source of the Redoc module
 * @param logo the attribution logo, as SVG
 * @throws Error when build-docs wrote another page than expected, or one for another Redoc
 * @example
 * const { html, files } = hostPage(await readFile("built.html", "utf8"), redoc, logo);
 */
export function hostPage(html: string, redoc: string, logo: string): Page {
  const preload = takeOne(html, /<link rel="modulepreload" href="([^"]+)" integrity="([^"]+)"[^>]*>/);
  const start = takeOne(html, /<script type="module">([^]*?)<\/script>/);
  const colors = takeOne(html, /<script>([^]*?)<\/script>/);
  const [address = "", integrity] = preload.groups;
  if (integrity !== `sha384-${createHash("sha384").update(redoc).digest("base64")}`) {
    throw new Error(`The page was made for another Redoc than the given one: ${address}`);
  }

  const logoName = nameByContent("redocly", "svg", logo);
  const hostedRedoc = attributionLogos.reduce((source, url) => replaceOne(source, url, logoName), redoc);
  const redocName = nameByContent("redoc", "js", hostedRedoc);
  const startSource = replaceOne(start.groups[0] ?? "", address, `./${redocName}`);
  const startName = nameByContent("start", "js", startSource);
  const colorsSource = colors.groups[0] ?? "";
  const colorsName = nameByContent("colors", "js", colorsSource);

  const replacements: [string, string][] = [
    [preload.text, `<link rel="modulepreload" href="${redocName}">`],
    [start.text, `<script type="module" src="${startName}"></script>`],
    [colors.text, `<script src="${colorsName}"></script>`],
  ];
  return {
    html: replacements.reduce((page, [search, replacement]) => replaceOne(page, search, replacement), html),
    files: { [logoName]: logo, [redocName]: hostedRedoc, [startName]: startSource, [colorsName]: colorsSource },
  };
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
    throw new Error(`Expected ${search} once in what build-docs wrote.`);
  }
  return before + replacement + after;
}

function nameByContent(name: string, extension: string, content: string): string {
  return `${name}.${createHash("sha256").update(content).digest("hex").slice(0, 12)}.${extension}`;
}
