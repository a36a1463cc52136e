import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromPointer, readApi, type Operation } from "@spherepay/openapi";
import { redocly } from "@spherepay/spec/redocly";
import { writeLinks } from "./links.ts";
import { type Sample, withOutput } from "./samples.ts";

/**
 * Has `redocly build-docs` write the page of a document.
 *
 * @returns the page's HTML, which loads Redoc from its CDN
 * @throws Error with what build-docs printed, when it fails
 * @example
 * const html = await buildDocs(document, createSamples(readApi(document)));
 */
export async function buildDocs(document: object, samples: Sample[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "reference-"));
  const { title, summary } = readApi(document);
  const input = join(folder, "openapi.json");
  const page = join(folder, "index.html");
  const redocOptions = {
    disableTelemetry: true,
    showExtensions: ["x-evidence"],
    hidePropertiesPrefix: true,
    hideSchemaTitles: true,
    schemasExpansionLevel: "all",
    jsonSamplesExpandLevel: "all",
    sortRequiredPropsFirst: true,
    downloadUrls: ["openapi.yaml", "openapi.json"].map((name) => ({ title: name, url: name })),
    // Redoc lists only languages that it was told of.
    codeSamples: { languages: [...new Set(samples.map((sample) => sample.label))].map((lang) => ({ lang })) },
  };
  try {
    await writeFile(input, JSON.stringify(prepare(document, samples)));
    await redocly(
      [
        "build-docs",
        input,
        `--output=${page}`,
        `--template=${fileURLToPath(new URL("template.hbs", import.meta.url))}`,
        `--templateOptions.description=${summary ?? title}`,
        `--openapi=${JSON.stringify(redocOptions)}`,
      ],
      folder,
    );
    return await readFile(page, "utf8");
  } catch (error) {
    throw new Error(`redocly build-docs failed. ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The document with the samples, and without what Redoc would make too much of. */
function prepare(document: object, samples: Sample[]): object {
  const prepared: { tags?: unknown } = structuredClone(document);
  // Redoc folds the operations of a tag behind "Show", and nothing opens them when the page opens.
  delete prepared.tags;
  const { operations } = readApi(prepared);
  // One answer may belong to several operations.
  const answers = new Map(operations.flatMap(({ responses }) => responses).map((one) => [one.pointer, one]));
  for (const { pointer, description, links } of answers.values()) {
    if (links.length === 0) continue;
    // Redoc draws no links, but the Markdown of a description.
    find(prepared, pointer)["description"] = `${description}\n\n**Links**\n\n${writeLinks(links, addressOf)}`;
  }
  for (const { id, body, source } of operations) {
    delete source["tags"];
    // Without one, Redoc would name the section after the path.
    source["operationId"] = id;
    source["x-codeSamples"] = samples
      .filter(({ operationId }) => operationId === id)
      .map((sample) => ({ lang: sample.highlight, label: sample.label, source: withOutput(sample) }));

    // Redoc's own switch of examples leaves the samples as they are, so it would contradict them.
    for (const content of body?.contents ?? []) delete content.source["examples"];
  }
  return prepared;
}

/** Where Redoc has an operation without tags. */
function addressOf({ id }: Operation): string {
  return `#/other/${id.toLowerCase()}`;
}

function find(document: object, pointer: string): Record<string, unknown> {
  return fromPointer(pointer).reduce<any>((part, key) => part[key], document);
}
