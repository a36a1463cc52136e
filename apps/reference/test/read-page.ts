import { readFile } from "node:fs/promises";
import { readApi } from "@spherepay/openapi";
import { JSDOM } from "jsdom";
import { hostPage } from "../src/page.ts";
import { buildDocs } from "../src/redoc.ts";
import { createSamples } from "../src/samples.ts";

const redoc = await readFile(new URL(import.meta.resolve("@redocly/cli/lib/chunks/redoc.standalone.js")), "utf8");

/** An answer in JSON. */
export const json = (example: object) => ({ content: { "application/json": { schema: { type: "object" }, example } } });

/** The page of a document with these paths, as a reader without scripts has it. */
export function readPage(paths: object): Promise<Document> {
  const info = { title: "Shelves", version: "1" };
  return readPageOf({ openapi: "3.1.0", info, servers: [{ url: "https://shelves.example" }], paths });
}

/** The page of a whole document, as a reader without scripts has it. */
export async function readPageOf(document: object): Promise<Document> {
  const samples = createSamples(readApi(document), {});
  const sources = { redoc, logo: "<svg/>", styles: "", head: "", bar: "", footer: "" };
  const { html } = await hostPage(await buildDocs(document, samples), samples, sources);
  return new JSDOM(html).window.document;
}

/** The samples of a kind in a section of the page. */
export const panel = (page: Document, section: string, kind: string) =>
  page.getElementById(section)!.querySelector(`.panel-${kind}-samples`)!.parentElement!;

/** Names of what readers without scripts see one below the other. */
export const titles = (element: Element) =>
  [...element.querySelectorAll("noscript h4")].map(({ textContent }) => textContent);
