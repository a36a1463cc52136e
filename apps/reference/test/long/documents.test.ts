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
  const absent = readApi(document).operations.filter(({ id }) => {
    const section = page.getElementById(`other/${id.toLowerCase()}`);
    return !section?.querySelector("noscript pre");
  });
  expect(absent.map(({ id }) => id)).toEqual([]);
});
