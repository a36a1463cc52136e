/** What each change of the spec is worth to the users of the client and of the mock, through the real `redocly diff`. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bumpAt, isBreaking, type Bump } from "../src/bump.ts";
import { policy } from "../src/policy.ts";
import { findSpecChanges, sum } from "../src/spec-changes.ts";
import { answered, asked, cases, library, put, type Case } from "./policy-cases.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spherepay-policy-"));
  await writeFile(join(folder, "base.yaml"), JSON.stringify(library));
});
afterAll(() => rm(folder, { recursive: true }));

const comparisons = new Map<Case[1], ReturnType<typeof findSpecChanges>>();

/** What an edit changes; each edit is compared once. */
async function compare(edit: Case[1]) {
  const known = comparisons.get(edit);
  if (known) return known;
  const revision = structuredClone(library);
  edit(revision);
  const file = join(folder, `revision-${comparisons.size}.yaml`);
  const comparison = writeFile(file, JSON.stringify(revision)).then(() =>
    findSpecChanges(join(folder, "base.yaml"), file),
  );
  comparisons.set(edit, comparison);
  return comparison;
}

describe.each(Object.entries(cases))("%s:", (_, table) => {
  test.concurrent.each(table)("%s", async (_change, edit, client, mock) => {
    const changes = await compare(edit);
    expect({ ...sum(changes), words: changes.map(({ words }) => words) }).toMatchObject({ client, mock });
  });
});

test("an equal spec changes nothing", async () => {
  expect(await compare(() => {})).toEqual([]);
});

test("every row of the policy is the reason of a case here", async () => {
  const reasons = new Set<string | undefined>();
  for (const [, edit] of Object.values(cases).flat()) for (const { why } of await compare(edit)) reasons.add(why);
  expect(policy.filter(({ why }) => !reasons.has(why)).map(({ change }) => change)).toEqual([]);
});

test("a change is said in words that lead to its place", async () => {
  const changes = await compare((document) => {
    asked(document)["required"].push("pages");
    answered(document)["properties"].shelf.description = "Where it is.";
    put(document)["description"] = `Writes ${"very ".repeat(20)}much.`;
  });
  expect(changes.map(({ words }) => words)).toEqual([
    "`PUT /book/{id}, request`: Properties of `NewBook` became required: `pages`.",
    "`PUT /book/{id}`: `description` changes.",
    '`PUT /book/{id}, answer 200, shelf`: `description` is set to `"Where it is."`.',
  ]);
});

test("of two changes that are said in the same words the weightier counts too", async () => {
  const base = structuredClone(library);
  asked(base)["properties"].examples = { type: "string" };
  const revision = structuredClone(library);
  delete revision["paths"]["/book/{id}"].put.requestBody.content["application/json"].examples;
  const files = ["words-base.yaml", "words-revision.yaml"].map((name) => join(folder, name));
  await Promise.all([base, revision].map((document, index) => writeFile(files[index]!, JSON.stringify(document))));
  const changes = await findSpecChanges(files[0]!, files[1]!);
  expect(changes.map(({ words, client }) => [words, client])).toEqual([
    ["`PUT /book/{id}, request, examples` is gone.", "major"],
    ["`PUT /book/{id}, request, examples` is gone.", "patch"],
  ]);
});

test("a file that is no OpenAPI document is refused with the reason", async () => {
  await writeFile(join(folder, "broken.yaml"), "hello: world\n");
  await expect(findSpecChanges(join(folder, "base.yaml"), join(folder, "broken.yaml"))).rejects.toThrow(
    /redocly diff.*broken\.yaml/,
  );
});

test("below 1.0 what breaks is minor and what adds is a patch, because a caret takes patches only", () => {
  const bumps: Bump[] = ["major", "minor", "patch", "none"];
  expect(bumps.map((bump) => bumpAt("0.3.1", bump))).toEqual(["minor", "patch", "patch", "none"]);
  expect(bumps.map((bump) => bumpAt("1.3.1", bump))).toEqual(bumps);
  expect(bumps.map((bump) => isBreaking("0.3.1", bump))).toEqual([true, true, false, false]);
  expect(bumps.map((bump) => isBreaking("1.3.1", bump))).toEqual([true, false, false, false]);
});
