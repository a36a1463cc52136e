/** What each change of the spec is worth to the users of the client and of the mock, through the real `redocly diff`. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bumpAt, isBreaking, type Bump } from "../src/bump.ts";
import { policy } from "../src/policy.ts";
import { diffParameters, findSpecChanges, rateChanges, sum, type RatedChange } from "../src/spec-changes.ts";
import { answered, asked, cases, library, put, type Case, type Node } from "./policy-cases.ts";
import { runRedoclyManyTimes } from "./redocly-many-times.ts";

let folder: string;
/** What each edit changes. */
const comparisons = new Map<Case[1], RatedChange[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spherepay-policy-"));
  const base = join(folder, "base.yaml");
  await writeFile(base, JSON.stringify(library));
  const edits = [...new Set(Object.values(cases).flatMap((table) => table.map(([, edit]) => edit)))];
  const revisions = edits.map(revise);
  const files = await Promise.all(revisions.map((revision, index) => write(`revision-${index}.yaml`, revision)));
  const lists = await runRedoclyManyTimes(files.map((file) => diffParameters(base, file)));
  for (const [index, edit] of edits.entries()) {
    comparisons.set(edit, rateChanges(library, revisions[index]!, JSON.parse(lists[index]!).changes));
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.entries(cases))("%s:", (_, table) => {
  test.each(table)("%s", (_change, edit, client, mock) => {
    const changes = comparisons.get(edit)!;
    expect({ ...sum(changes), words: changes.map(({ words }) => words) }).toMatchObject({ client, mock });
  });
});

test("an equal spec changes nothing", async () => {
  expect(await compare(library, structuredClone(library))).toEqual([]);
});

test("every row of the policy is the reason of a case here", () => {
  const reasons = new Set([...comparisons.values()].flat().map(({ why }) => why));
  expect(policy.filter(({ why }) => !reasons.has(why)).map(({ change }) => change)).toEqual([]);
});

test("the command finds what it finds when it runs many times in one process", async () => {
  const [, edit] = cases["Answers"]!.find(([change]) => change === "a field is gone")!;
  const found = await compare(library, revise(edit));
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(withoutFiles)).toEqual(comparisons.get(edit)!.map(withoutFiles));
});

test("a change is said in words that lead to its place", async () => {
  const revision = revise((document) => {
    asked(document)["required"].push("pages");
    answered(document)["properties"].shelf.description = "Where it is.";
    put(document)["description"] = `Writes ${"very ".repeat(20)}much.`;
  });
  const changes = await compare(library, revision);
  expect(changes.map(({ words }) => words)).toEqual([
    "`PUT /book/{id}, request`: Properties of `NewBook` became required: `pages`.",
    "`PUT /book/{id}`: `description` changes.",
    '`PUT /book/{id}, answer 200, shelf`: `description` is set to `"Where it is."`.',
  ]);
});

test("of two changes that are said in the same words the weightier counts too", async () => {
  const base = revise((document) => {
    asked(document)["properties"].examples = { type: "string" };
  });
  const revision = revise((document) => {
    delete put(document)["requestBody"].content["application/json"].examples;
  });
  const changes = await compare(base, revision);
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

function revise(edit: Case[1]): Node {
  const revision = structuredClone(library);
  edit(revision);
  return revision;
}

/** Compares two documents with the command, as the gate does. */
async function compare(base: Node, revision: Node): Promise<RatedChange[]> {
  return findSpecChanges(await write("one.yaml", base), await write("other.yaml", revision));
}

async function write(name: string, document: Node): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(document));
  return file;
}

/** A change without the names of the files that were compared. */
function withoutFiles({ path, kind, property, impact, client, mock, words }: RatedChange) {
  return { path, kind, property, impact, client, mock, words };
}
