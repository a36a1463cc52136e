import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { redocly } from "@spherepay/spec/redocly";
import { expect, test } from "vitest";
import { fromPointer } from "../src/pointer.ts";
import { listDocuments } from "./documents/index.ts";

// oxlint-disable-next-line typescript/no-explicit-any
type Raw = Record<string, any>;

const folder = fileURLToPath(new URL("documents", import.meta.url));
const documents = await listDocuments();

test("all documents are valid, and so are their examples", async () => {
  // What is ignored stands in .redocly.lint-ignore.yaml, and redocly.yaml says why.
  expect(await redocly(["lint", ...documents.map(({ file }) => file)], folder)).toBe("");
});

test.each(documents)("$name has as many operations, ids and tags as its comment says", async ({ file, document }) => {
  const counts = /^# Counts: (\d+) operations, (\d+) operationIds, (\d+) tags/m.exec(await readFile(file, "utf8"));
  const operations = operationsOf(document);
  const ids = new Set(operations.flatMap(({ operationId }) => operationId ?? []));
  expect([operations.length, ids.size, (document as Raw)["tags"].length]).toEqual(counts?.slice(1).map(Number));
});

test.each(documents)("$name has an example of each parameter and each body that is no binary", ({ document }) => {
  const isBinary = (mediaType: string) => /^(image\/|\*|application\/octet-stream)/.test(mediaType);
  const parameters = nodesOf(document, "#").filter(([, node]) => typeof node["in"] === "string" && "schema" in node);
  const bodies = nodesOf(document, "#")
    .filter(([place]) => place.endsWith("/content"))
    .flatMap(([place, content]) => Object.entries<Raw>(content).map(([type, body]) => ({ place, type, body })))
    .filter(({ type, body }) => !isBinary(type) && !("$ref" in body));
  const nodes = [...parameters, ...bodies.map(({ place, type, body }) => [`${place}/${type}`, body] as const)];
  const without = nodes.filter(([, node]) => !("example" in node) && !("examples" in node));
  expect(without.map(([place]) => place)).toEqual([]);
});

/** The operations of `paths`. */
function operationsOf(document: Raw): Raw[] {
  const pathItem = (item: Raw): Raw =>
    item["$ref"] ? pathItem(fromPointer(item["$ref"]).reduce((node, key) => node[key], document)) : item;
  const fields = Object.values<Raw>(document["paths"])
    .map(pathItem)
    .flatMap((item) => Object.entries<Raw>(item).concat(Object.entries(item["additionalOperations"] ?? {})));
  return fields.filter(([, value]) => "responses" in Object(value)).map(([, operation]) => operation);
}

/** Every object of a document, with its place. */
function nodesOf(node: Raw, place: string): [string, Raw][] {
  const children = Object.entries(node).filter(([, child]) => typeof child === "object" && child !== null);
  return [[place, node], ...children.flatMap(([key, child]) => nodesOf(child, `${place}/${key}`))];
}
