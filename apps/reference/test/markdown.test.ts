import { readFile } from "node:fs/promises";
import { readApi } from "@spherepay/openapi";
import { describe, expect, it } from "vitest";
import { writeLlms, writeLlmsFull } from "../src/llms.ts";
import { writeMarkdown } from "../src/markdown.ts";
import { createSamples } from "../src/samples.ts";
import { zooDocument } from "./zoo-document.ts";

const zoo = readApi(zooDocument);
const pages = writeMarkdown(zoo, [
  {
    operationId: "addAnimal",
    label: "Shell",
    highlight: "sh",
    source: "echo '```'\n",
    output: "7\n",
    refusal: { without: "kind", output: "No kind\n" },
  },
  { operationId: "other", label: "Other", highlight: "sh", source: "false\n" },
]);
const page = pages["addAnimal.md"] ?? "";
const lineOf = (path: string) => page.split("\n").find((line) => line.startsWith(`| \`${path}\``));

describe("the page of an operation", () => {
  it("begins with its title, its method and path, its description and its evidence", () => {
    expect(page).toMatch(
      /^# Add an animal\n\n```http\nPOST \/zoos\/\{zoo\}\/animals\n```\n\nTakes an animal in\. It stays\.\n\nEvidence: documented\.\n/,
    );
  });

  it("says how to authenticate, each way on its own when there are several", () => {
    expect(page).toContain(
      "One of:\n\n- Bearer token in the `Authorization` header. The keeper's key.\n" +
        "- OAuth 2.0 access token. Scopes: `write`, `feed`. Together with: API key `sid`, sent as cookie.\n" +
        "- Nothing: it works without authentication.\n",
    );
    expect(pages["listZoos.md"]).toContain("## Authentication\n\nNone.\n");
  });

  it("lists the parameters by place, with what they carry in a media type", () => {
    expect(page).toContain("### Path parameters\n");
    expect(lineOf("zoo")).toBe('| `zoo` | string | yes | Which zoo. Example: `"north"`. |');
    expect(page).toContain("### Query parameters\n");
    expect(lineOf("filter.legs")).toBe("| `filter.legs` | integer | no |");
    expect(page).toContain("### Header parameters\n");
    expect(page).not.toContain("### Cookie parameters");
  });

  it("shows each field with its dotted path, type, whether it is required, evidence and values", () => {
    expect(lineOf("kind")).toBe(
      '| `kind` | string | yes | documented | What it is. One of `"cat"` (Purrs), `"dog"`. Example: `"cat"`. |',
    );
    expect(lineOf("home")).toBe("| `home` | object or null | no | inferred | Where it lives. |");
    expect(lineOf("home.cage")).toBe("| `home.cage` | integer | yes |  | At least: `1`. |");
    expect(lineOf("toys[].name")).toBe("| `toys[].name` | string | no |  | Longest length: `9`. |");
    expect(lineOf("labels.*")).toBe("| `labels.*` | string |  |  | Any other field. A label. |");
  });

  it("keeps a pipe and a line break within their cell", () => {
    expect(lineOf("note")).toBe("| `note` | string | no |  | One \\| two three. Pattern: `^(a\\|b)$`. |");
  });

  it("shows every content type, and only examples that the document has", () => {
    expect(page).toContain("Content type `application/json`: object. An animal.");
    expect(page).toContain('Example `tom`, A cat:\n\nOnly a cat.\n\n```json\n{\n  "kind": "cat"\n}\n```');
    expect(page).toContain("Content type `text/csv`: string.\n\nExample:\n\n```text\nkind\ncat\n```");
    expect(page.match(/^Example.*/gm)).toEqual(["Example `tom`, A cat:", "Example:", "Example `full`:"]);
  });

  it("shows every answer with its status, description, evidence, headers and body", () => {
    const answers = page.slice(page.indexOf("## Answers"), page.indexOf("## Samples"));
    expect(answers).toContain("### 201\n\nTaken in.\n\nEvidence: inferred.\n\n#### Headers\n");
    expect(answers).toContain("| `Location` | string | yes | Where it is. |");
    expect(answers).toContain("### 4XX\n\nRefused.");
    expect(answers).toContain('Example `full`:\n\n```json\n"No room"\n```');
    expect(answers).toContain("### default\n\nAnything else.");
  });

  it("shows the operation's own samples with what they printed, in fences that they can't close", () => {
    expect(page).toContain("### Shell\n\n````sh\necho '```'\n````\n\nIt prints:\n\n```text\n7\n```\n");
    expect(page).toContain("Without `kind` it fails and prints:\n\n```text\nNo kind\n```\n");
    expect(page).not.toContain("### Other");
  });

  it("links to its neighbours only with relative addresses", () => {
    const links = [...page.matchAll(/\]\(([^)]*)\)/g)].map(([, address]) => address);
    expect(links).toEqual(["llms.txt", "openapi.yaml", "openapi.json"]);
  });
});

describe("files of a document", () => {
  it("have names that fit a file system and don't overwrite another file of the site", () => {
    const operation = (operationId?: string) => ({ ...(operationId && { operationId }) });
    const document = {
      openapi: "3.1.0",
      info: { title: "Odd", version: "1" },
      paths: {
        "/a": { get: operation("books/list"), put: operation("changelog"), post: operation("Thing") },
        "/b/{id}": { parameters: [{ name: "id", in: "path" }], get: operation("thing"), put: operation() },
      },
    };
    expect(Object.keys(writeMarkdown(readApi(document), []))).toEqual([
      "books-list.md",
      "changelog-2.md",
      "Thing.md",
      "thing-2.md",
      "putBId.md",
    ]);
    const webhooksOnly = { openapi: "3.1.0", info: { title: "Webhooks only", version: "1" } };
    expect(writeMarkdown(readApi(webhooksOnly), [])).toEqual({});
  });

  it("name every field and status of our own document", async () => {
    const document = JSON.parse(await readFile(new URL(import.meta.resolve("@spherepay/spec/openapi.json")), "utf8"));
    const all = Object.values(writeMarkdown(readApi(document), createSamples(readApi(document)))).join("\n");
    const names = JSON.stringify(document.components.schemas).matchAll(/"properties":(\{.*?\})/g);
    expect([...names].length).toBeGreaterThan(3);
    for (const schema of Object.values<{ properties?: object }>(document.components.schemas)) {
      for (const name of Object.keys(schema.properties ?? {})) expect(all).toMatch(new RegExp(`[\`.]${name}\``));
    }
    for (const item of Object.values<Record<string, { responses: object }>>(document.paths)) {
      for (const { responses } of Object.values(item)) {
        for (const status of Object.keys(responses)) expect(all).toContain(`### ${status}\n`);
      }
    }
  });
});

describe("llms.txt", () => {
  const text = writeLlms(zoo);

  it("has a title, a summary, notes without headings, and then the links", () => {
    expect(text).toMatch(
      /^# Zoo\n\n> Animals, and where they live\.\n\n\*\*Rules\*\*\n\nBe kind\.\n\n```sh\n# not a heading\n```\n\n## Operations\n/,
    );
    expect(text).toContain("- [Add an animal](addAnimal.md): `POST /zoos/{zoo}/animals`. Takes an animal in.\n");
    for (const file of ["openapi.yaml", "openapi.json", "changelog.md", "llms-full.txt"]) {
      expect(text).toContain(`- [${file === "changelog.md" ? "Changelog" : file}](${file}): `);
    }
    expect(text.match(/^#+ .*/gm)).toEqual(["# Zoo", "# not a heading", "## Operations", "## OpenAPI", "## Optional"]);
  });

  it("takes the first paragraph for the summary where there is none, and cuts long notes between paragraphs", () => {
    const long = {
      ...zooDocument,
      info: { title: "Z", version: "1", description: `One.\n\nTwo.\n\n${"x".repeat(3000)}\n\nThree.` },
    };
    const cut = writeLlms(readApi(long));
    expect(cut).toMatch(/^# Z\n\n> One\.\n\nTwo\.\n\n## Operations/);
  });

  it("comes with a full text that holds it and every page", () => {
    const full = writeLlmsFull(zoo, pages);
    expect(full.startsWith(text)).toBe(true);
    expect(full).toContain(page);
  });
});
