import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readDocument, unlikeAnswers, wrongAnswers } from "./every-answer.ts";

/** Operations that nothing could answer: a required member is of the schema that requires it. */
const ENDLESS: Record<string, string[]> = { "3.0/json/circular-request-bodies.json": ["POST /direct"] };

const examples = dirname(createRequire(import.meta.url).resolve("@readme/oas-examples/package.json"));
const files = ["3.0/json", "3.1/json"].flatMap((folder) =>
  readdirSync(join(examples, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name)),
);

test.each(files)("%s is answered by all of its operations, in kind", async (file) => {
  const document = await readDocument(join(examples, file));
  expect(unlikeAnswers(document)).toEqual([]);
  expect(wrongAnswers(document, { dynamic: false, ignoreExamples: true })).toEqual(ENDLESS[file] ?? []);
});
