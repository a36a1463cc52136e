import { readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { describe, expect, it } from "vitest";
import { writeLlms } from "../src/llms.ts";
import { writeMarkdown } from "../src/markdown.ts";
import { createSamples } from "../src/samples.ts";

const objectInPath = "an object in the path";
const severalParts = "a body of several parts";

/** What samples cannot say yet, by document and operation. */
const wrongSamples: Record<string, Record<string, string>> = {
  bodies: { setFinishing: "an object in a form", uploadArtwork: severalParts, uploadPages: severalParts },
  "next-3.2": { sendReports: severalParts },
  parameters: {
    drawSimpleCompact: objectInPath,
    drawSimpleExploded: objectInPath,
    drawLabelCompact: objectInPath,
    drawLabelExploded: objectInPath,
    drawMatrixCompact: objectInPath,
    drawMatrixExploded: objectInPath,
  },
};

const documents = (await listDocuments()).map(({ name, document }) => ({ name, api: readApi(document) }));

describe.each(documents)("$name", ({ name, api }) => {
  const pages = writeMarkdown(api, []);

  it("has a page for each operation, with its parameters, answers and media types", () => {
    const texts = Object.values(pages);
    expect(texts).toHaveLength(api.operations.length);
    for (const [index, { method, path, parameters, body, responses }] of api.operations.entries()) {
      const text = texts[index]!;
      expect(text).toContain(`${method} ${path}\n`);
      for (const parameter of parameters) expect(text).toContain(parameter.name);
      for (const { status } of responses) expect(text).toContain(`### ${status}\n`);
      for (const { mediaType } of [body ?? [], responses].flat().flatMap(({ contents }) => contents)) {
        expect(text).toContain(`Content type \`${mediaType}\``);
      }
    }
  });

  it("leads from each answer to the operations that follow, in pages that are there", () => {
    for (const [index, { responses }] of api.operations.entries()) {
      const text = Object.values(pages)[index]!;
      const lines = text.split("\n").filter((line) => line.includes(" Passes "));
      const links = responses.flatMap((response) => response.links);
      expect(lines).toHaveLength(links.length);
      for (const [place, { name: linkName, operation, parameters }] of links.entries()) {
        const target = Object.keys(pages)[api.operations.indexOf(operation!)];
        expect(lines[place]).toContain(`- \`${linkName}\`: [`);
        expect(lines[place]).toContain(`](${target})`);
        for (const parameter of parameters) expect(lines[place]).toContain(`\`${parameter.name}\` `);
      }
    }
  });

  it("is listed in llms.txt with every operation", () => {
    const text = writeLlms(api);
    for (const file of Object.keys(pages)) expect(text).toContain(`](${file}): `);
  });

  it("has samples in five languages for each operation", () => {
    const samples = createSamples(api, {});
    const wrong: string[] = [];
    for (const { id, body } of api.operations) {
      const own = samples.filter(({ operationId }) => operationId === id);
      expect(new Set(own.map(({ language }) => language)).size).toBe(5);
      const isOdd = own.some(({ source }) => /\[object Object\]|%5Bobject|\bundefined\b/.test(source));
      if (isOdd || body?.contents[0]?.kind === "multipart") wrong.push(id);
    }
    expect(wrong.toSorted()).toEqual(Object.keys(wrongSamples[name] ?? {}).toSorted());
  });
});
