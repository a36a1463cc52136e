import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { redocly } from "../scripts/redocly.ts";
import { mistakes, type Edit } from "./mistakes.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const copies = await mkdtemp(join(tmpdir(), "spec-"));
afterAll(() => rm(copies, { recursive: true }));

await cp(join(folder, "redocly.yaml"), join(copies, "redocly.yaml"));
await cp(join(folder, "lint-rules.js"), join(copies, "lint-rules.js"));

/** Copies the spec, edits the copy, and returns its document. */
async function copySpec(name: string, edits: Edit[] = []): Promise<string> {
  const copy = join(copies, name);
  for (const part of ["openapi.yaml", "paths", "components"])
    await cp(join(folder, part), join(copy, part), { recursive: true });
  for (const [file, search, replacement] of edits) {
    const text = search === "" ? "" : await readFile(join(copy, file), "utf8");
    const changed = text.replaceAll(search, () => replacement);
    if (changed === text) throw new Error(`${file} does not contain: ${search}`);
    await writeFile(join(copy, file), changed);
  }
  return `${name}/openapi.yaml`;
}

/** Lints documents in one process, and returns what it says. */
async function lint(documents: string[]): Promise<string> {
  return redocly(["lint", ...documents, "--format=stylish"], copies).then(
    () => "",
    (error: Error) => error.message,
  );
}

describe("lint", () => {
  const copyOf = (mistake: string) => mistake.replaceAll(/\W+/g, "-");
  let output: string;
  beforeAll(async () => {
    output = await lint(await Promise.all(mistakes.map(([mistake, edits]) => copySpec(copyOf(mistake), edits))));
  });

  test.each(mistakes)("refuses %s, with the file, the line and the reason", async (mistake, _, file, place, reason) => {
    const changed = await readFile(join(copies, copyOf(mistake), file), "utf8");
    const line = changed.slice(0, changed.indexOf(place) + place.length).split("\n").length;
    // The name of a file stands above its mistakes.
    const said = output.split(/\n(?=\S)/).filter((part) => part.startsWith(`${copyOf(mistake)}/`));
    const here = said.find((part) => part.startsWith(`${copyOf(mistake)}/${file}:\n`)) ?? "";
    expect(here.split("\n").filter((text) => text.trimStart().startsWith(`${line}:`))).toContainEqual(
      expect.stringContaining(reason),
    );
    expect(said.join("").split("\n").length).toBeLessThan(24);
  });

  test("refuses broken YAML in the document itself, and says where", async () => {
    const said = await lint([await copySpec("broken", [["openapi.yaml", "tags:\n", "tags: [\n"]])]);
    expect(said).toMatch(/missed comma between flow collection entries.*broken\/openapi\.yaml" \(\d+:\d+\)/);
  });

  test("finds the workflows beside the spec clean", async () => {
    await expect(redocly(["lint", "customer"], folder)).resolves.toBe("");
  });
});

describe("a layout of the author's own", () => {
  let documents: string[];
  let bundles: string[];
  beforeAll(async () => {
    const ours = await copySpec("ours");
    await redocly(["bundle", ours, "--output=joined/openapi.yaml"], copies);
    await redocly(["split", "joined/openapi.yaml", "--outDir=split"], copies);
    documents = [ours, "joined/openapi.yaml", "split/openapi.yaml", await writeUnusual()];
    bundles = await Promise.all(documents.map((document) => redocly(["bundle", document, "--ext=json"], copies)));
  });

  /** A file in a folder of no known name, one beside the document, JSON, Markdown, and three ways to the envelope. */
  async function writeUnusual(): Promise<string> {
    const envelope = "../schemas/ErrorEnvelope.yaml";
    const document = await copySpec("unusual", [
      ["components/responses/InvalidRequest.yaml", envelope, "../errors.yaml#/ErrorEnvelope"],
      ["components/responses/Unauthorized.yaml", envelope, "../../openapi.yaml#/components/schemas/ErrorEnvelope"],
      ["components/Problem.yaml", "", "$ref: errors.yaml#/ErrorEnvelope\n"],
      [
        "openapi.yaml",
        "components:\n",
        "components:\n  schemas:\n    ErrorEnvelope: { $ref: components/errors.yaml#/ErrorEnvelope }\n",
      ],
    ]);
    const read = async (file: string) => parse(await readFile(join(copies, "unusual", file), "utf8"));
    const write = (file: string, value: unknown) =>
      writeFile(join(copies, "unusual", file), typeof value === "string" ? value : JSON.stringify(value));
    // Who else refers to what is elsewhere here, now and later.
    const moved = {
      Address: "places/Address.yml",
      CustomerType: "CustomerType.json",
      ErrorEnvelope: "components/Problem.yaml",
    };
    for (const file of await readdir(join(copies, "unusual"), { recursive: true })) {
      if (!/^(?:paths|components)\/.*\.yaml$/.test(file)) continue;
      let text = await readFile(join(copies, "unusual", file), "utf8");
      for (const [name, place] of Object.entries(moved))
        text = text.replaceAll(
          new RegExp(`(?<=\\$ref: )\\S*\\b${name}\\.yaml$`, "gm"),
          relative(dirname(file), place).replace(/^(?!\.)/, "./"),
        );
      await write(file, text);
    }
    const root = await read("openapi.yaml");
    const error = await read("components/schemas/ErrorEnvelope.yaml");
    await mkdir(join(copies, "unusual/places"));
    await write("places/overview.md", root.info.description);
    await write("openapi.yaml", { ...root, info: { ...root.info, description: { $ref: "places/overview.md" } } });
    await write("places/Address.yml", await read("components/schemas/Address.yaml"));
    await write("CustomerType.json", await read("components/schemas/CustomerType.yaml"));
    error.properties.error.$ref = "schemas/ErrorMessages.yaml";
    await write("components/errors.yaml", { ErrorEnvelope: error });
    for (const name of Object.keys(moved)) await rm(join(copies, `unusual/components/schemas/${name}.yaml`));
    return document;
  }

  test("is clean in lint: in one file, as `redocly split` writes it, with parts anywhere", async () => {
    expect(await lint(documents)).toBe("");
  });

  test("becomes the same bundle, which refers to no file", () => {
    const [ours, ...others] = bundles.map((bundle) => JSON.parse(bundle));
    for (const other of others) expect(other).toEqual(ours);
    for (const bundle of bundles) expect(bundle).not.toMatch(/"\$ref": "(?!#)/);
  });
});

test("the score does not fall", async () => {
  const output = await redocly(["score", "spherepay", "--format=json"], folder);
  const score = JSON.parse(output);
  const { schemaSimplicity, constraintClarity, parameterSimplicity, dependencyClarity, ...others } = score.subscores;
  expect(score.agentReadiness).toBeGreaterThanOrEqual(85.5);
  expect(schemaSimplicity).toBeCloseTo(0.475, 3);
  expect(constraintClarity).toBeCloseTo(0.283, 3);
  expect(parameterSimplicity).toBeCloseTo(0.92, 2);
  expect(dependencyClarity).toBeCloseTo(0.733, 3);
  for (const subscore of Object.values(others)) expect(subscore).toBeGreaterThanOrEqual(0.99);
});
