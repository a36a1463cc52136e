import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJson, writeJson } from "../src/document/json.ts";
import { child, dereference, readSource } from "../src/document/source.ts";
import { readYaml } from "../src/document/yaml.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-source-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes files, and gives the path of the first. */
async function write(files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return join(folder, Object.keys(files)[0]!);
}

const openapi = (more: object, version = "3.1.0") => JSON.stringify({ openapi: version, ...more });

describe("a document", () => {
  test.each([
    ["openapi: 3.0.3", 0],
    ["openapi: 3.1.1", 1],
    ["openapi: 3.2.0", 2],
    ['\uFEFF{ "openapi": "3.1.0" }', 1],
    ['{ openapi: "3.1.0", # YAML\n}', 1],
  ])("%j is of minor version %i", async (text, minor) => {
    const path = await write({ "a.yaml": text });
    expect((await readSource(path)).minor).toBe(minor);
    expect((await readSource(pathToFileURL(path))).files).toEqual([path]);
  });

  test.each([
    ["swagger: '2.0'", "it is not an OpenAPI 3.x document"],
    ["openapi: 4.0.0", "it is not an OpenAPI 3.x document"],
    ["- 1", "it is not an OpenAPI 3.x document"],
    ["", "it is not an OpenAPI 3.x document"],
    ["a: 1\na: 2", "duplicated mapping key, at line 2, column 1"],
    ["a: [", /^unexpected end of the stream .*, at line 2, column 1$/],
  ])("%j is refused", async (text, reason) => {
    await expect(readSource(await write({ "a.yaml": text }))).rejects.toThrow(reason);
  });

  test("that is not there is refused", async () => {
    await expect(readSource(join(folder, "nowhere.yaml"))).rejects.toThrow("ENOENT");
  });

  test("that is parsed is copied, loops too", async () => {
    const given: Record<string, unknown> = { openapi: "3.1.0", info: { title: "A" } };
    given["self"] = given;
    const { root, files } = await readSource(given);
    (given["info"] as { title: string }).title = "B";
    expect(root["info"]).toEqual({ title: "A" });
    expect(files).toEqual([]);
  });
});

describe("references", () => {
  test("lead into other files, and back", async () => {
    const path = await write({
      "a.json": openapi({ a: { $ref: "b.yaml#/b" }, name: "a" }),
      "b.yaml": "b: { $ref: './c.json' }\nback: { $ref: 'a.json#/name' }",
      "c.json": '{ "$ref": "b.yaml#/back" }',
    });
    const source = await readSource(path);
    expect(dereference(source, child(source.start, "a"))).toMatchObject({ value: "a", keys: ["name"] });
    expect(source.files).toEqual(["a.json", "b.yaml", "c.json"].map((name) => join(folder, name)));
    expect(source.warnings).toEqual([]);
  });

  test("lead to the network", async () => {
    const server = createServer((request, response) =>
      request.url === "/b" ? response.end("b: 1") : response.writeHead(404).end(),
    );
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const source = await readSource({ openapi: "3.1.0", a: { $ref: `${base}/b#/b` }, c: { $ref: `${base}/c` } });
    server.close();
    expect(dereference(source, child(source.start, "a"))?.value).toBe(1);
    expect(source.warnings).toEqual([`${base}/c cannot be read: ${base}/c answered 404`]);
  });

  test.each<[string, unknown]>([
    ["#/openapi", "3.1.0"],
    ["#/a~1b/c~0d", 1],
    ["#/paths/~1token%23refresh/x", 2],
    ["#/paths/~1token#refresh/x", 2],
    ["#/100%", 3],
    ["#/list/1", "b"],
    ["#/nowhere", undefined],
    ["#/list/length", undefined],
    ["#/constructor", undefined],
    ["#word", undefined],
    ["nowhere.json", undefined],
    ["http://[", undefined],
  ])("%s leads to %s", async (reference, value) => {
    const source = await readSource({
      openapi: "3.1.0",
      "a/b": { "c~d": 1 },
      paths: { "/token#refresh": { x: 2 } },
      "100%": 3,
      list: ["a", "b"],
    });
    expect(source.resolve(reference, source.start)?.value).toBe(value);
    expect(source.resolve("#", source.start)?.value).toBe(source.root);
  });

  test("in a circle lead nowhere", async () => {
    const source = await readSource({ openapi: "3.1.0", a: { $ref: "#/b" }, b: { $ref: "#/a" } });
    expect(dereference(source, child(source.start, "a"))).toBeUndefined();
  });

  test("of examples are not followed, those of fields called so are", async () => {
    const source = await readSource({
      openapi: "3.1.0",
      components: {
        schemas: { S: { example: { $ref: "no.yaml" }, properties: { example: { $ref: "yes.yaml" } } } },
        examples: { a: { $ref: "also.yaml" } },
      },
    });
    expect(source.warnings.map((warning) => warning.split(" ")[0])).toEqual(["yes.yaml", "also.yaml"]);
  });

  test("lead to what schemas call themselves, from 3.1 on", async () => {
    const schemas = {
      A: { $id: "https://a.test/one", $anchor: "here", $defs: { x: { $anchor: "there", const: "x" } } },
      B: { $id: "two", properties: { a: { $ref: "https://a.test/one#there" }, self: { $ref: "#" } } },
      C: { $anchor: "plain", examples: [{ $id: "https://a.test/one" }], enum: [{ $anchor: "plain" }] },
    };
    const source = await readSource({ openapi: "3.1.0", components: { schemas } });
    const at = (...keys: string[]) => child(source.start, "components", "schemas", ...keys);
    const resolved = (reference: string, ...keys: string[]) => source.resolve(reference, at(...keys))?.keys.slice(2);
    expect(resolved("https://a.test/one#there", "B")).toEqual(["A", "$defs", "x"]);
    expect(resolved("#/$defs/x", "A", "$defs", "x")).toEqual(["A", "$defs", "x"]);
    expect(resolved("#", "B", "properties", "self")).toEqual(["B"]);
    expect(resolved("#plain", "C")).toEqual(["C"]);
    expect(resolved("#plain", "B")).toBeUndefined();
  });

  test("lead to the address that a document gives itself, from 3.2 on", async () => {
    const source = await readSource({ openapi: "3.2.0", $self: "https://a.test/api", a: 1 });
    expect(source.resolve("https://a.test/api#/a", source.start)?.value).toBe(1);
  });
});

describe("large integers", () => {
  const json =
    '{"a":9007199254740993,"b":"9007199254740993 \\" 1","c":[-9223372036854775808,1.5e300,1234567890.1234567]}';
  const value = {
    a: 9007199254740993n,
    b: '9007199254740993 " 1',
    c: [-9223372036854775808n, 1.5e300, 1234567890.1234567],
  };

  test("keep their digits from JSON to JSON", () => {
    expect(readJson(json)).toEqual(value);
    expect(readJson(writeJson(readJson(json)))).toEqual(value);
    expect(readJson("9007199254740993")).toBe(9007199254740993n);
    expect(writeJson({ a: 1n, b: "1", c: [2n, "2n"] })).toBe('{"a":1,"b":"1","c":[2,"2n"]}');
  });

  test("keep their digits from YAML", () => {
    expect(readYaml("a: 9007199254740993\nb: -9223372036854775808\nc: 0xffffffffffffffff\nd: 12")).toEqual({
      a: 9007199254740993n,
      b: -9223372036854775808n,
      c: 18446744073709551615n,
      d: 12,
    });
  });
});

test("YAML is that of 1.2, with merge keys", () => {
  const text = "base: &base { a: 1 }\nmerged: { <<: *base, b: yes }\ndate: 2020-01-01\noctal: 0o17\nnone: ~\n200: x";
  expect(readYaml(text)).toEqual({
    base: { a: 1 },
    merged: { a: 1, b: "yes" },
    date: "2020-01-01",
    octal: 15,
    none: null,
    200: "x",
  });
});
