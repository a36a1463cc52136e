import { expect, test } from "vitest";
import { fillIn } from "../src/document/runtime-expression.ts";

const exchange = {
  method: "POST",
  url: "/pets/7?page=2",
  path: { id: "7" },
  query: { page: "2", tag: ["a", "b"] },
  request: { headers: { "x-key": "k.#1" }, body: { url: "https://a.example/", "a/b": { "c.d": [1, { e: false }] } } },
  status: 201,
  response: { headers: { location: "/pets/8" }, body: { id: 9007199254740993n, none: null } },
};

test.each([
  ["https://a.example/pets", "https://a.example/pets"],
  ["{$request.body#/url}", "https://a.example/"],
  ["$request.body#/url", "https://a.example/"],
  ["https://b.example/{$method}/{$statusCode}{$url}", "https://b.example/POST/201/pets/7?page=2"],
  ["{$request.path.id}{$request.query.page}{$request.query.tag}", "72a"],
  ["{$request.header.X-Key}", "k.#1"],
  ["{$response.header.Location}", "/pets/8"],
  ["{$response.body#/id}", "9007199254740993"],
  ["{$request.body#/a~1b/c.d/1/e}", "false"],
  ["{$request.body#/a~1b}", '{"c.d":[1,{"e":false}]}'],
])("%s stands for %s", (text, expected) => {
  expect(fillIn(text, exchange)).toBe(expected);
});

test.each([
  "{$request.body#/none}",
  "{$response.body#/none}",
  "{$request.query.none}",
  "{$response.query.page}",
  "{$request.body.url}x{$request.body#/none/more}",
  "$none",
])("%s stands for nothing", (text) => {
  expect(fillIn(text, exchange)).toBeUndefined();
});
