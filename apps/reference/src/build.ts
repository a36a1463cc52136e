import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { OpenApiDocument } from "./openapi.ts";
import { hostPage } from "./page.ts";
import { buildDocs } from "./redoc.ts";
import { createSamples } from "./samples.ts";

const site = new URL("../dist/", import.meta.url);
const read = (url: string | URL) => readFile(new URL(url), "utf8");
const copy = (url: string | URL, name: string) => copyFile(fileURLToPath(url), new URL(name, site));

await rm(site, { recursive: true, force: true });
await mkdir(site);

const document: OpenApiDocument = JSON.parse(await read(import.meta.resolve("@spherepay/spec/openapi.json")));
const { html, files } = hostPage(
  await buildDocs(document, createSamples(document)),
  await read(import.meta.resolve("@redocly/cli/lib/chunks/redoc.standalone.js")),
  await read(new URL("redocly.svg", import.meta.url)),
);
await Promise.all([
  ...Object.entries({ ...files, "index.html": html }).map(([name, content]) => writeFile(new URL(name, site), content)),
  copy(new URL("404.html", import.meta.url), "404.html"),
  copy(import.meta.resolve("@spherepay/spec/openapi.json"), "openapi.json"),
  copy(import.meta.resolve("@spherepay/spec/openapi.yaml"), "openapi.yaml"),
]);
