import { readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { expect, it } from "vitest";
import { readPageOf } from "../read-page.ts";

/** Documents that have no page yet, and why. */
const withoutPage: Record<string, string> = {
  "forty-operations": "the page of so many takes a minute and a half",
};

const documents = (await listDocuments()).filter(({ name }) => !(name in withoutPage));

it.each(documents)("the document $name has a page with a section for each operation", async ({ document }) => {
  const page = await readPageOf(document);
  const { operations } = readApi(document);
  const absent = operations.filter(({ id }) => {
    const section = page.getElementById(`other/${id.toLowerCase()}`);
    return !section?.querySelector("noscript pre");
  });
  expect(absent.map(({ id }) => id)).toEqual([]);
  for (const { id, responses } of operations) {
    const section = page.getElementById(`other/${id.toLowerCase()}`)!;
    const places = [...section.querySelectorAll("li > code + a")].map((link) => link.getAttribute("href"));
    for (const { operation } of responses.flatMap(({ links }) => links)) {
      expect(places).toContain(`#other/${operation!.id.toLowerCase()}`);
    }
  }
});
