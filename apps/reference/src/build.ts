import { readFile } from "node:fs/promises";
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { readApiFile } from "@spherepay/openapi";
import { build } from "esbuild";
import { chooseAnnouncement, writeAnnouncement, writeScript } from "./announcement.ts";
import { writeChangelogPage } from "./changelog-page.ts";
import { readChangelog, writeChangelog } from "./changelog.ts";
import { keep } from "./keep.ts";
import { writeLlms, writeLlmsFull } from "./llms.ts";
import { writeMarkdown } from "./markdown.ts";
import { buildDocs } from "./redoc.ts";
import { createSamples } from "./samples.ts";
import { escapeHtml } from "./text.ts";
import { writeSite } from "./write-site.ts";

const site = new URL("../dist/", import.meta.url);
const read = (url: string | URL) => readFile(new URL(url), "utf8");
const ours = (name: string) => read(new URL(`site/${name}`, import.meta.url));
const description = (extension: string) => read(import.meta.resolve(`@spherepay/spec/openapi.${extension}`));

/** Says what is wrong with the document, and nothing of where in this program it was noticed. */
function fail({ message }: Error): never {
  console.error(message);
  process.exit(1);
}

/** A script for browsers, in one file. */
async function bundle(name: string): Promise<string> {
  const entryPoints = [fileURLToPath(new URL(`site/${name}`, import.meta.url))];
  const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false } as const;
  return (await build({ ...options, entryPoints })).outputFiles[0]!.text;
}

const { api, document } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json")).catch(fail);
const samples = createSamples(api);
const pages = writeMarkdown(api, samples);
const changelog = await readChangelog(new URL("../../../", import.meta.url));
const given = await read(new URL("../announcement.json", import.meta.url)).catch(() => undefined);
const announcement = chooseAnnouncement(given, changelog);

const contents: Record<string, string> = {};
/** Writes the tag that loads a script of `src/site`. */
async function load(name: string): Promise<string> {
  return writeScript(keep(contents, name, "js", await bundle(`${name}.ts`)), announcement);
}
const styles = await ours("site.css");
const bar = announcement ? writeAnnouncement(announcement) : "";
const links = ["changelog.html", "llms.txt", ...Object.keys(pages), "openapi.yaml", "openapi.json"];
const footer = links.map((name) => `<a href="${escapeHtml(name)}">${escapeHtml(name)}</a>`).join(" ");
const { title } = api;

// jsdom is loaded while build-docs runs: each takes most of a second, and jsdom less when Node has compiled it before.
enableCompileCache();
const [drawn, { hostPage }] = await Promise.all([buildDocs(document, samples), import("./page.ts")]);
const { html, files } = await hostPage(drawn, samples, {
  redoc: await read(import.meta.resolve("@redocly/cli/lib/chunks/redoc.standalone.js")),
  logo: await read(new URL("redocly.svg", import.meta.url)),
  styles: await ours("redoc.css"),
  head: `${await load("page")}<style>${styles}</style>`,
  bar,
  footer: `<footer class="reference-footer">${footer}</footer>`,
});
Object.assign(contents, files, pages, {
  "index.html": html,
  "404.html": await read(new URL("404.html", import.meta.url)),
  "changelog.html": writeChangelogPage(changelog, {
    title,
    stylesheet: keep(contents, "site", "css", styles),
    head: await load("changelog"),
    bar,
  }),
  "changelog.md": writeChangelog(changelog),
  "llms.txt": writeLlms(api),
  "llms-full.txt": writeLlmsFull(api, pages),
  "openapi.json": await description("json"),
  "openapi.yaml": await description("yaml"),
});

// Until here nothing is written: a build that fails leaves the last good site.
await writeSite(site, contents);
