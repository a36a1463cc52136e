import { expect, test } from "vitest";
import type { ParameterStyles } from "../src/operation.ts";
import { simplePath, styles } from "../src/parameters.ts";

const list = ["blue", "black", "brown"];
const color = { R: 100, G: 200, B: 150 };
const date = new Date(0);

/** What a call puts on its request, and the path. */
function write(declared: ParameterStyles, params: object, path = "/x") {
  const request = { url: "", headers: {} as Record<string, string> };
  const url = styles(declared)(path, params, request, (message) => new Error(message));
  const [, filled = "", query = ""] = /^([^?]*)\??(.*)$/.exec(url) ?? [];
  const { cookie = "", ...headers } = request.headers;
  return { path: filled, query, cookie, headers };
}

// Where OpenAPI prints a value, it is from https://spec.openapis.org/oas/v3.2.0.html#style-examples.
test.each<[style: string, value: unknown, path: string]>([
  ["simple", "blue", "/blue"],
  ["simple", list, "/blue,black,brown"],
  ["simple", color, "/R,100,G,200,B,150"],
  ["simple*", list, "/blue,black,brown"],
  ["simple*", color, "/R=100,G=200,B=150"],
  ["label", "blue", "/.blue"],
  ["label", list, "/.blue,black,brown"],
  ["label", color, "/.R,100,G,200,B,150"],
  ["label*", list, "/.blue.black.brown"],
  ["label*", color, "/.R=100.G=200.B=150"],
  ["matrix", "", "/;color"],
  ["matrix", "blue", "/;color=blue"],
  ["matrix", list, "/;color=blue,black,brown"],
  ["matrix", color, "/;color=R,100,G,200,B,150"],
  ["matrix*", list, "/;color=blue;color=black;color=brown"],
  ["matrix*", color, "/;R=100;G=200;B=150"],
  ["json", color, "/%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"],
  ["text", "a b", "/a%20b"],
  ["simple", "a/b?c#d;e=f,g%h", "/a%2Fb%3Fc%23d%3Be%3Df%2Cg%25h"],
  ["simple", "ü\u{1F600}", "/%C3%BC%F0%9F%98%80"],
  ["simple", false, "/false"],
  ["simple", 0, "/0"],
  ["simple", 12n, "/12"],
  ["simple", date, "/1970-01-01T00%3A00%3A00.000Z"],
  ["simple", [1, null, undefined, 2], "/1,2"],
  ["simple*", { "a=b": "c/d" }, "/a%3Db=c%2Fd"],
  ["simple+", "a:b@c/d?e#f", "/a:b@c%2Fd%3Fe%23f"],
])("in the path, %s of %o", (style, value, path) => {
  expect(write({ path: { color: style as "simple" } }, { path: { color: value } }, "/{color}").path).toBe(path);
});

test.each<[style: string, value: unknown, query: string]>([
  ["form", "", "color="],
  ["form", "blue", "color=blue"],
  ["form", list, "color=blue,black,brown"],
  ["form", color, "color=R,100,G,200,B,150"],
  ["form*", list, "color=blue&color=black&color=brown"],
  ["form*", color, "R=100&G=200&B=150"],
  ["spaceDelimited", list, "color=blue%20black%20brown"],
  ["spaceDelimited", color, "color=R%20100%20G%20200%20B%20150"],
  ["spaceDelimited*", list, "color=blue&color=black&color=brown"],
  ["pipeDelimited", list, "color=blue%7Cblack%7Cbrown"],
  ["pipeDelimited", color, "color=R%7C100%7CG%7C200%7CB%7C150"],
  ["pipeDelimited", "blue", "color=blue"],
  ["pipeDelimited*", list, "color=blue&color=black&color=brown"],
  ["deepObject", color, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
  [
    "deepObject*",
    { a: { b: 1, c: null }, d: ["e", "f"] },
    "color%5Ba%5D%5Bb%5D=1&color%5Bd%5D%5B0%5D=e&color%5Bd%5D%5B1%5D=f",
  ],
  ["json", color, "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"],
  ["json", null, ""],
  ["text", "a&b", "color=a%26b"],
  ["form*", true, "color=true"],
  ["form*", 12n, "color=12"],
  ["form*", date, "color=1970-01-01T00%3A00%3A00.000Z"],
  ["form*", [date, false], "color=1970-01-01T00%3A00%3A00.000Z&color=false"],
  ["form*", new URL("https://a.example/?b"), "color=https%3A%2F%2Fa.example%2F%3Fb"],
  ["form*", undefined, ""],
  ["form*", null, ""],
  ["form*", [], ""],
  ["form", [], ""],
  ["form", {}, ""],
  ["form*", [null, undefined], ""],
  ["form", [1, null, 2], "color=1,2"],
  ["form*", { a: undefined, b: 1 }, "b=1"],
  ["form*", { "a&b": "c=d" }, "a%26b=c%3Dd"],
  ["deepObject", { "a]&b": 1 }, "color%5Ba%5D%26b%5D=1"],
  ["deepObject", {}, ""],
  ["form", ["a,b", "c"], "color=a%2Cb,c"],
  ["form+", "a/b?c:d@e!f$g'h(i)*j,k;l=m", "color=a/b?c:d@e!f$g'h(i)*j,k;l=m"],
  ["form+", "a&b#c d[e]+f%20g%", "color=a%26b%23c%20d%5Be%5D%2Bf%20g%25"],
  ["form*+", ["a/b", "c"], "color=a/b&color=c"],
])("in the query, %s of %o", (style, value, query) => {
  expect(write({ query: { color: style as "form" } }, { query: { color: value } }).query).toBe(query);
});

test.each<[style: string, value: unknown, header: string | undefined]>([
  ["simple", "blue", "blue"],
  ["simple", list, "blue,black,brown"],
  ["simple", color, "R,100,G,200,B,150"],
  ["simple*", color, "R=100,G=200,B=150"],
  ["json", { a: [1] }, '{"a":[1]}'],
  ["text", "a b/c%", "a b/c%"],
  ["simple", date, "1970-01-01T00:00:00.000Z"],
  ["simple", "", ""],
  ["simple", [], undefined],
  ["simple", undefined, undefined],
])("in a header, %s of %o", (style, value, header) => {
  expect(write({ header: { "X-Color": style as "simple" } }, { header: { "X-Color": value } }).headers).toEqual(
    header === undefined ? {} : { "x-color": header },
  );
});

test.each<[style: string, value: unknown, cookie: string]>([
  ["form*", "a b;c", "color=a%20b%3Bc"],
  ["form", list, "color=blue,black,brown"],
  ["form*", list, "color=blue; color=black; color=brown"],
  ["form*", color, "R=100; G=200; B=150"],
  ["cookie*", "a%20b=c", "color=a%20b=c"],
  ["cookie*", color, "R=100; G=200; B=150"],
  ["json", { a: 1 }, "color=%7B%22a%22%3A1%7D"],
  ["form*", undefined, ""],
])("in a cookie, %s of %o", (style, value, cookie) => {
  expect(write({ cookie: { color: style as "form" } }, { cookie: { color: value } }).cookie).toBe(cookie);
});

test.each<[style: string, value: unknown, query: string]>([
  ["form*", { "a b": 1, c: ["d", "e"] }, "a%20b=1&c=d&c=e"],
  ["json", { a: 1 }, "%7B%22a%22%3A1%7D"],
  ["text", "a b", "a%20b"],
])("as the whole query, %s of %o", (style, value, query) => {
  expect(write({ querystring: { filter: style as "json" } }, { querystring: { filter: value } }).query).toBe(query);
});

test("the names of parameters are encoded", () => {
  expect(write({ query: { "a&b[]": "form*" } }, { query: { "a&b[]": 1 } }).query).toBe("a%26b%5B%5D=1");
});

const unsendable = [
  ["a lone surrogate", "canary\ud800"],
  ["a date that is none", new Date(NaN)],
  ["a function", () => "canary"],
  ["a symbol", Symbol("canary")],
  ["a list in a list", [["canary"]]],
  ["an object in an object", { canary: {} }],
  ["a Map", new Map([["canary", 1]])],
  ["a Set", new Set(["canary"])],
  ["a pattern", /canary/],
  ["bytes", new Uint8Array([1])],
  ["a Blob", new Blob(["canary"])],
  ["a promise", Promise.resolve("canary")],
  ["NaN", NaN],
  ["infinity", [-Infinity]],
] as const;

test.each(unsendable)("what cannot be written is refused by name, and not shown: %s", (_, value) => {
  const message = expect.stringMatching(/^params\.query\.color cannot be sent: (?!.*canary)/);
  expect(() => write({ query: { color: "form" } }, { query: { color: value } })).toThrow(
    expect.objectContaining({ message }),
  );
});

test.each([
  ["header", "simple", "a\r\nb"],
  ["header", "simple", "✓"],
  ["cookie", "cookie*", "a;b"],
  ["cookie", "cookie*", "a b"],
  ["cookie", "cookie*", 'a"b'],
  ["query", "json", { a: 1n }],
  ["query", "text", { a: 1 }],
] as const)("characters that have no place in a %s, %s are refused", (place, style, value) => {
  expect(() => write({ [place]: { a: style } }, { [place]: { a: value } })).toThrow(/^params\.\w+\.a cannot be sent/);
});

const traversals = [
  "",
  ".",
  "..",
  "%2e",
  "%2E%2e",
  ".%2e",
  "%252e%252e",
  "a/../b",
  "a\\..\\b",
  "../a",
  "a/..",
  "..\\",
  "a%2f..",
  "a%5c..%5cb",
  "..;",
  "..;a=b/c",
  "..%3b",
  ";",
  "/",
  "\\",
  "%2f",
];

test.each(traversals)("a path that would lead elsewhere is refused: %o", (value) => {
  const refused = /^params\.path for \{id\} is empty, or leads to another path$/;
  const fail = (message: string) => new Error(message);
  const request = { url: "", headers: {} };
  expect(() => simplePath("/a/{id}/b", { path: { id: value } }, request, fail)).toThrow(refused);
  expect(() => write({}, { path: { id: value } }, "/a/{id}/b")).toThrow(refused);
});

test.each([
  "a",
  "...",
  "..a",
  "a;..b",
  "a/;b",
  "/a",
  "a..b",
  "a/b",
  "https://a.example/b",
  "%",
  "%2",
  ".a",
  " ",
  "a%2e%2e",
])("a path that stays where it is is sent, and the server sees the value: %o", (value) => {
  const { path } = write({}, { path: { id: value } }, "/a/{id}/b");
  expect(new URL(`https://a.example${path}`).pathname).toBe(path);
  expect(decodeURIComponent(path.split("/")[2]!)).toBe(value);
});

test.each([
  ["two that make a dot segment", "/{a}{b}", { a: ".", b: "." }, {}],
  ["two that are empty", "/{a}{b}/c", { a: "", b: "" }, {}],
  ["one that ends a dot segment", "/.{a}", { a: "." }, {}],
  ["an empty list", "/{a}", { a: [] }, {}],
  ["a label without text", "/{a}", { a: "" }, { a: "label" }],
  ["a label of a dot", "/{a}", { a: "." }, { a: "label" }],
  ["a label of empty texts", "/{a}", { a: ["", ""] }, { a: "label*" }],
  ["a matrix without members", "/{a}", { a: {} }, { a: "matrix*" }],
  ["a matrix behind a dot segment", "/{a}{b}", { a: "..", b: 1 }, { b: "matrix" }],
  ["reserved characters", "/{a}", { a: "../b" }, { a: "simple+" }],
] as const)("a segment of %s is refused", (_, template, values, style) => {
  expect(() => write({ path: style }, { path: values }, template)).toThrow(/^params\.path for \S+ is empty, or leads/);
});

test.each([[null], [undefined], ["nothing"]])("a path parameter that is %o is missing", (value) => {
  const values = value === "nothing" ? {} : { id: value };
  expect(() => write({}, { path: values }, "/{id}")).toThrow("params.path.id is missing");
});

test("only properties of the caller's own objects count", () => {
  expect(() => write({}, { path: Object.create({ id: "a" }) }, "/{id}")).toThrow("params.path.id is missing");
  expect(() => write({}, {}, "/{toString}")).toThrow("params.path.toString is missing");
  const polluted: object = JSON.parse('{ "query": { "__proto__": "a" } }');
  expect(() => write({ query: { b: "form" } }, polluted)).toThrow("params.query.__proto__ is no part of the argument");
  expect(() => write({ query: { b: "form" } }, { query: { toString: 1 } })).toThrow("params.query.toString is no part");
  expect(() => write({}, JSON.parse('{ "__proto__": { "a": 1 } }'))).toThrow("params.__proto__ is no part");
});

test("what the operation does not declare is refused", () => {
  expect(() => write({ query: { a: "form" } }, { query: { b: 1 } })).toThrow(
    "params.query.b is no part of the argument",
  );
  expect(() => write({}, { header: { authorization: "a" } })).toThrow("params.header is no part of the argument");
  expect(() => write({}, { path: { a: 1, b: 2 } }, "/{a}")).toThrow("params.path.b is no part of the argument");
  expect(write({}, { query: undefined, header: null }).query).toBe("");
});
