/** What the gate says of documents that are each full of one family of constructs. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listDocuments } from "@spherepay/openapi/documents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diffParameters, rateChanges, sum, type RatedChange } from "../src/spec-changes.ts";
import { runRedoclyManyTimes } from "./redocly-many-times.ts";

type Document = { info: { description?: string }; paths: Record<string, object> };

const edits: Record<string, (document: Document) => void> = {
  "other words": ({ info }) => {
    info.description = "Other words.";
  },
  "a path that is gone": ({ paths }) => {
    delete paths[Object.keys(paths)[0]!];
  },
};

const documents = (await listDocuments()) as { name: string; document: Document }[];
const pairs = documents.flatMap(({ name, document }) =>
  Object.entries(edits).map(([edit, change]) => {
    const revision = structuredClone(document);
    change(revision);
    return { name, edit, document, revision };
  }),
);

let folder: string;
const found = new Map<string, RatedChange[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spherepay-documents-"));
  const write = async (file: string, document: object) => {
    await writeFile(join(folder, file), JSON.stringify(document));
    return join(folder, file);
  };
  const runs = await Promise.all(
    pairs.map(async ({ document, revision }, index) =>
      diffParameters(await write(`${index}-base.json`, document), await write(`${index}-revision.json`, revision)),
    ),
  );
  const lists = await runRedoclyManyTimes(runs);
  for (const [index, { name, edit, document, revision }] of pairs.entries()) {
    found.set(`${name}: ${edit}`, rateChanges(document, revision, JSON.parse(lists[index]!).changes));
  }
});
afterAll(() => rm(folder, { recursive: true }));

test.each(documents)("in $name, other words are a patch", ({ name }) => {
  expect(sum(found.get(`${name}: other words`)!)).toEqual({ client: "patch", mock: "patch" });
});

test.each(documents)("in $name, a path that is gone is breaking, and named", ({ name, document }) => {
  const changes = found.get(`${name}: a path that is gone`)!;
  expect(sum(changes)).toEqual({ client: "major", mock: "major" });
  const [path] = Object.keys(document.paths);
  expect(changes.map(({ words }) => words).join("\n")).toContain(path);
});
