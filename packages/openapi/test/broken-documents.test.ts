import { expect, test } from "vitest";
import { OpenApiError, readApi } from "../src/index.ts";
import { listDocuments } from "./documents/index.ts";

type Node = Record<string, unknown>;

/** Every twelfth place of a document, by the keys that lead to it. Each document is broken at other kinds of places. */
function placesOf(document: object): string[][] {
  const places: string[][] = [];
  const visit = (node: unknown, keys: string[]) => {
    places.push(keys);
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) visit(child, [...keys, key]);
  };
  visit(document, []);
  return places.filter((_, index) => index % 12 === 1);
}

test.each(await listDocuments())(
  "a wrong value anywhere in $name is read over, or refused with its place",
  (sample) => {
    const unplaced: string[] = [];
    for (const keys of placesOf(sample.document)) {
      const parent = keys.slice(0, -1).reduce<Node>((node, key) => node[key] as Node, sample.document as Node);
      const key = keys.at(-1)!;
      const right = parent[key];
      for (const wrong of [null, "text", [], 5, {}]) {
        parent[key] = wrong;
        try {
          readApi(sample.document);
        } catch (error) {
          // Any other error says nothing of the place.
          if (!(error instanceof OpenApiError)) unplaced.push(`${keys.join("/")} = ${JSON.stringify(wrong)}: ${error}`);
        }
      }
      parent[key] = right;
    }
    expect(unplaced).toEqual([]);
  },
);
