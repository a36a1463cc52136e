import { describe, expect, it } from "vitest";
import { json, panel, readPage, titles } from "./read-page.ts";

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
