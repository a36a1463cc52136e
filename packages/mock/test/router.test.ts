import { describe, expect, test } from "vitest";
import { listOperations } from "../src/document/operations.ts";
import { createRouter } from "../src/document/router.ts";
import { readSource } from "../src/document/source.ts";

const answers = { responses: { 204: { description: "Done" } } };

async function routerOf(paths: Record<string, object>, more: object = {}) {
  const source = await readSource({ openapi: "3.2.0", info: { title: "A", version: "1" }, paths, ...more });
  return createRouter(listOperations(source, () => {}));
}

/** The path of what is found, and the values in it. */
async function find(paths: Record<string, object>, method: string, path: string, more?: object) {
  const found = (await routerOf(paths, more)).find(method, path);
  return "operation" in found ? [found.operation.route, Object.fromEntries(found.values)] : found;
}

const gets = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, { get: answers }]));

test.each<[path: string, paths: string[], found: string, values: object]>([
  ["/", ["/"], "/", {}],
  ["/pets", ["/{any}", "/pets"], "/pets", {}],
  ["/pets/7", ["/pets/{id}"], "/pets/{id}", { id: "7" }],
  ["/pets/a%2Fb", ["/pets/{id}"], "/pets/{id}", { id: "a%2Fb" }],
  ["/pets/", ["/pets/{id}"], "/pets/{id}", { id: "" }],
  ["/pets/new", ["/pets/{id}", "/pets/new"], "/pets/new", {}],
  ["/a/b/c", ["/a/{x}/{y}", "/{z}/b/c"], "/{z}/b/c", { z: "a" }],
  ["/a/b/c", ["/a/b/{x}/d", "/a/{y}/c"], "/a/{y}/c", { y: "b" }],
  ["/s%C3%B8k", ["/søk"], "/søk", {}],
  ["/a%20b", ["/a b"], "/a b", {}],
  ["/a+b", ["/a+b"], "/a+b", {}],
  ["/report.pdf", ["/{name}", "/report.{format}"], "/report.{format}", { format: "pdf" }],
  ["/2024-05-01", ["/{year}-{month}-{day}"], "/{year}-{month}-{day}", { year: "2024", month: "05", day: "01" }],
  ["/jobs/7:cancel", ["/jobs/{id}", "/jobs/{id}:cancel"], "/jobs/{id}:cancel", { id: "7" }],
  ["/jobs/7%3Acancel", ["/jobs/{id}", "/jobs/{id}:cancel"], "/jobs/{id}:cancel", { id: "7" }],
  ["/pets/__proto__", ["/pets/{constructor}"], "/pets/{constructor}", { constructor: "__proto__" }],
  ["/token", ["/token#refresh"], "/token#refresh", {}],
  ["/list", ["/list?kind=a"], "/list?kind=a", {}],
])("%s is found among %j", async (path, paths, found, values) => {
  expect(await find(gets(...paths), "GET", path)).toEqual([`GET ${found}`, values]);
});

test.each([
  ["/pets", ["/pets/{id}"]],
  ["/pets/1/2", ["/pets/{id}"]],
  ["/Pets", ["/pets"]],
  ["//", ["/{id}"]],
  ["/report.", ["/reports"]],
])("%s is not found among %j", async (path, paths) => {
  expect(await find(gets(...paths), "GET", path)).toEqual({ missing: "path", allowed: [] });
});

describe("a method", () => {
  const siblings = { "/a/{x}": { get: answers }, "/a/{y}": { delete: answers }, "/a/b": { put: answers } };

  test("is found in another template of the same path", async () => {
    expect(await find(siblings, "DELETE", "/a/1")).toEqual(["DELETE /a/{y}", { y: "1" }]);
  });

  test("is found behind a path without parameters that does not have it", async () => {
    expect(await find(siblings, "GET", "/a/b")).toEqual(["GET /a/{x}", { x: "b" }]);
  });

  test("that is nowhere is told with those that are", async () => {
    expect(await find(siblings, "PATCH", "/a/b")).toEqual({ missing: "method", allowed: ["PUT", "GET", "DELETE"] });
  });

  test("HEAD is that of GET, unless there is one", async () => {
    const paths = { "/a": { get: answers }, "/b": { get: answers, head: answers } };
    expect(await find(paths, "HEAD", "/a")).toEqual(["GET /a", {}]);
    expect(await find(paths, "HEAD", "/b")).toEqual(["HEAD /b", {}]);
  });

  test("may be QUERY, or any of additionalOperations", async () => {
    const paths = { "/a": { query: answers, additionalOperations: { COPY: answers } } };
    expect(await find(paths, "QUERY", "/a")).toEqual(["QUERY /a", {}]);
    expect(await find(paths, "COPY", "/a")).toEqual(["COPY /a", {}]);
    expect(await find(paths, "copy", "/a")).toEqual({ missing: "method", allowed: ["QUERY", "COPY"] });
  });
});

describe("the path of a server", () => {
  const server = (url: string, variables: object = {}) => ({ servers: [{ url, variables }] });
  const paths = gets("/pets", "/{any}/{other}");

  test.each<[url: string, path: string, variables?: object]>([
    ["https://api.example/v1", "/v1/pets"],
    ["https://api.example/v1/", "/v1/pets"],
    ["/v1", "/v1/pets"],
    ["v1", "/v1/pets"],
    ["./v1", "/v1/pets"],
    ["//api.example/a/b", "/a/b/pets"],
    ["https://{host}.example/v1", "/v1/pets", { host: { default: "eu" } }],
    ["{scheme}://api.example/v1", "/v1/pets", { scheme: { default: "https", enum: ["https"] } }],
    ["https://api.example/{version}", "/v2/pets", { version: { default: "v1", enum: ["v1", "v2"] } }],
    ["https://api.example/{base}", "/a/b/pets", { base: { default: "a/b" } }],
    ["{all}/v1", "/x/v1/pets", { all: { default: "https://api.example/x" } }],
  ])("%s makes %s an operation's", async (url, path, variables) => {
    expect(await find(paths, "GET", path, server(url, variables))).toEqual(["GET /pets", {}]);
    expect(await find(paths, "GET", "/pets", server(url, variables))).toEqual(["GET /pets", {}]);
  });

  test("whose variable may be anything comes after the paths themselves", async () => {
    const free = server("https://api.example/{tenant}", { tenant: { default: "acme" } });
    expect(await find(paths, "GET", "/acme/pets", free)).toEqual(["GET /pets", {}]);
    expect(await find(paths, "GET", "/other/pets", free)).toEqual([
      "GET /{any}/{other}",
      { any: "other", other: "pets" },
    ]);
    expect(await find(gets("/pets"), "GET", "/other/pets", free)).toEqual(["GET /pets", {}]);
  });

  test("counts for the operations that it serves alone", async () => {
    const own = { "/a": { get: { ...answers, ...server("https://x.example/own") } }, "/b": { get: answers } };
    expect(await find(own, "GET", "/own/a", server("https://x.example/all"))).toEqual(["GET /a", {}]);
    expect(await find(own, "GET", "/all/b", server("https://x.example/all"))).toEqual(["GET /b", {}]);
    expect(await find(own, "GET", "/all/a", server("https://x.example/all"))).toMatchObject({ missing: "path" });
    expect(await find(own, "GET", "/own/b", server("https://x.example/all"))).toMatchObject({ missing: "path" });
  });
});

test("a server that is asked for has to be the operation's", async () => {
  const servers = [{ url: "https://{region}.example", variables: { region: { default: "eu", enum: ["eu", "us"] } } }];
  const router = await routerOf(gets("/a"), { servers });
  expect(router.find("GET", "/a", "https://us.example")).toHaveProperty("operation");
  expect(router.find("GET", "/a", "https://xx.example")).toEqual({ missing: "server", allowed: ["GET"] });
  expect((await routerOf(gets("/a"))).find("GET", "/a", "https://x.example")).toMatchObject({ missing: "servers" });
});

test("an operation that no request can reach is told", async () => {
  const router = await routerOf(gets("/a/{x}", "/a/{y}", "/token", "/token#refresh"));
  expect(router.warnings).toEqual([
    "GET /a/{y} is never reached: GET /a/{x} has the same method and path",
    "GET /token#refresh is never reached: GET /token has the same method and path",
  ]);
});

test("finding an operation takes no longer among thousands", async () => {
  const many = (count: number) => gets(...Array.from({ length: count }, (_, index) => `/r${index}/{id}/parts/{part}`));
  const [few, lots] = [await routerOf(many(5)), await routerOf(many(5000))];
  const time = (router: typeof few) => {
    const start = performance.now();
    for (let count = 0; count < 20_000; count++) router.find("GET", "/r3/1/parts/2");
    return performance.now() - start;
  };
  time(few);
  time(lots);
  expect(time(lots)).toBeLessThan(3 * time(few) + 5);
});
