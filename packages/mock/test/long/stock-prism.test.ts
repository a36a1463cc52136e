import { expect, test } from "vitest";
import { type DocumentRequest, DOCUMENTS } from "../document-requests.ts";
import { compareWithStock } from "../stock-comparison.ts";
import { EXCEPTIONS, get } from "../stock-exceptions.ts";
import type { Answered } from "../stock-prism.ts";

/** Requests for one book or for all of them, in other spellings than the generated ones. */
const SPELLINGS: DocumentRequest[] = [
  ...[
    "respond-async, code=404",
    "code = 404",
    "CODE=404,Example=unknown",
    "code=404; example=unknown",
    "code=404,,example=unknown;x=1",
    "code=404, code=200",
    "example=a=b",
    "foo=bar",
    "code=100",
    "code=999",
  ].map((prefer) => get("/books/7", { prefer })),
  ...[
    "",
    ",application/xml",
    "application/json;q=0",
    "application/json;q=0.1, application/xml",
    "APPLICATION/XML",
    " application/xml ",
    "application/xml;charset=utf-8",
    "application/*+json",
    "text/csv, */*;level=1",
  ].map((accept) => get("/books/7", { accept })),
  ...[
    "?genre=novel&genre=poetry",
    "?genre=novel,poetry",
    "?genre=novel",
    "?shelf=1,2",
    "?page=1&page=2",
    "?page=%2B1",
    "?__code=400",
    "?__Code=400",
    "?__example=none",
    "?__server=https://api.bookshop.example",
    "?__server=https://other.example",
    "?__proto__=1&toString=2&x=%zz",
  ].map((query) => get(`/books${query}`)),
  ...["/books/", "/books/%37", "/books/a%2Fb", "/books/./7", "/BOOKS", "/books/1e3", "/books/7;x=1"].map((path) =>
    get(path),
  ),
];

compareWithStock(DOCUMENTS, 25, ({ name, askBoth, compare, stopStock }) => {
  test.each(name === "bookshop" ? SPELLINGS : [])("reads $method $path $headers as stock Prism does", async (sent) => {
    expect.hasAssertions();
    await compare(sent);
  });

  const exceptions = EXCEPTIONS.filter(({ document }) => document === name);
  test.each(exceptions)("differs from stock Prism: $name", async ({ requests, value, isFatal, ...wanted }) => {
    const stock: Answered[] = [];
    const ours: Answered[] = [];
    for (const sent of requests) {
      const [theirs, own] = await askBoth(sent);
      stock.push(theirs);
      ours.push(own);
    }
    if (isFatal) await stopStock();
    expect({ stock: value(stock), ours: value(ours) }).toEqual({ stock: wanted.stock, ours: wanted.ours });
  });
});
