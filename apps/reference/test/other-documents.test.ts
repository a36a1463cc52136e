import { readFile } from "node:fs/promises";
import { readApi } from "@spherepay/openapi";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { hostPage } from "../src/page.ts";
import { buildDocs } from "../src/redoc.ts";
import { createSamples } from "../src/samples.ts";

const redoc = await readFile(new URL(import.meta.resolve("@redocly/cli/lib/chunks/redoc.standalone.js")), "utf8");
const json = (example: object) => ({ content: { "application/json": { schema: { type: "object" }, example } } });

/** The page of a document, as a reader without scripts has it. */
async function readPage(paths: object): Promise<Document> {
  const document = {
    openapi: "3.1.0",
    info: { title: "Shelves", version: "1" },
    servers: [{ url: "https://shelves.example" }],
    paths,
  };
  const samples = createSamples(readApi(document), {});
  const sources = { redoc, logo: "<svg/>", styles: "", head: "", bar: "", footer: "" };
  const { html } = await hostPage(await buildDocs(document, samples), samples, sources);
  return new JSDOM(html).window.document;
}

const panel = (page: Document, section: string, kind: string) =>
  page.getElementById(section)!.querySelector(`.panel-${kind}-samples`)!.parentElement!;
const titles = (element: Element) => [...element.querySelectorAll("noscript h4")].map(({ textContent }) => textContent);

describe("the page of a document with several operations", async () => {
  const refused = { description: "Refused.", ...json({ reason: "full" }) };
  const page = await readPage({
    "/shelves": {
      put: { operationId: "fill_Shelf", responses: { 204: { description: "Filled." }, 404: refused, 409: refused } },
      get: {
        operationId: "shelves.list",
        responses: {
          200: { description: "All of them.", ...json({ shelves: [] }) },
          "4XX": { description: "Yours.", ...json({ yours: true }) },
          default: { description: "Another.", ...json({ other: true }) },
        },
      },
    },
    "/ping": { get: { operationId: "ping" } },
  });

  it("shows with each operation its own samples and no other's", () => {
    for (const [section, part] of [
      ["other/fill_shelf", "PUT"],
      ["other/shelves.list", "GET"],
      ["other/ping", "/ping"],
    ] as const) {
      const samples = panel(page, section, "request");
      expect(titles(samples)).toEqual(["cURL", "TypeScript", "JavaScript", "Go", "Python"]);
      expect(samples.querySelector("noscript pre")?.textContent).toContain(part);
    }
  });

  it("shows the example of each answer, also of a range, of `default`, and of two that are alike", () => {
    const listed = panel(page, "other/shelves.list", "response");
    expect(titles(listed)).toEqual(["200", "4XX", "default"]);
    expect(listed.textContent).toMatch(/"yours":\s*true[^]*"other":\s*true/);
    const filled = panel(page, "other/fill_shelf", "response");
    expect(titles(filled)).toEqual(["204", "404", "409"]);
    expect(filled.textContent.match(/"full"/g)).toHaveLength(2);
  });

  it("shows an operation that names no answer", () => {
    expect(page.getElementById("other/ping")?.querySelector('[id$="/responses"]')).toBe(null);
  });
});

it("is made of forty operations, each with all fields of its answer, in the time that a test may take", async () => {
  const wrap = (schema: object, level: number): object =>
    level === 0
      ? schema
      : wrap({ type: "array", items: { type: "object", properties: { [`l${level}`]: schema } } }, level - 1);
  const schema = { type: "object", properties: { top: wrap({ type: "string", description: "Deepest." }, 5) } };
  const answers = {
    200: { description: "One.", content: { "application/json": { schema } } },
    404: { description: "None.", ...json({ b: 2 }) },
  };
  const names = Array.from({ length: 40 }, (_, number) => `shelf${number}`);
  const page = await readPage(
    Object.fromEntries(names.map((name) => [`/${name}`, { get: { operationId: name, responses: answers } }])),
  );
  for (const name of names) {
    expect(titles(panel(page, `other/${name}`, "response"))).toEqual(["200", "404"]);
    expect(page.getElementById(`other/${name}`)!.textContent).toContain("Deepest.");
  }
});
