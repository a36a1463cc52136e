import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { writeChangelogPage } from "../src/changelog-page.ts";
import { parseChangeset, parseReleases, readChangelog, writeChangelog, type Changelog } from "../src/changelog.ts";

const markdown = `# @books/client

## 1.10.0

### Minor Changes

- 1a2b3c4: Reads **books**.

  \`\`\`md
## 9.9.9
  \`\`\`

### Patch Changes

- Updated dependencies
  - paper@2.0.0

## 1.9.0

No changes in this release.
`;
const pending = [{ packages: [{ name: "@books/client", bump: "minor" }], summary: "Lends books.\n\nTo readers." }];
const released: Changelog = { packages: [{ name: "@books/client", releases: parseReleases(markdown) }], pending };
const unreleased: Changelog = { packages: [], pending };
const toPage = (changelog: Changelog) => writeChangelogPage(changelog, { title: "Books <API>" });

async function inWorkspace<Result>(
  files: Record<string, string>,
  use: (root: URL) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "changelog-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await use(pathToFileURL(`${folder}/`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("reading", () => {
  it("finds each release of a changelog, newest first, and no heading within code", () => {
    const releases = parseReleases(markdown);
    expect(releases.map(({ version }) => version)).toEqual(["1.10.0", "1.9.0"]);
    expect(releases[0]?.changes).toMatch(/^### Minor Changes[^]*## 9\.9\.9[^]*paper@2\.0\.0$/);
    expect(releases[1]?.changes).toBe("No changes in this release.");
    expect(parseReleases(markdown.replaceAll("\n", "\r\n"))).toEqual(releases);
  });

  it.each([
    [
      "with quotes, and leaves out packages that it does not release",
      `"@books/client": minor\n"@books/shelf": none\n'mock': patch`,
    ],
    ["with comments", '# Two packages.\n"@books/client": minor # new method\nmock: patch'],
    ["in flow style", '{ "@books/client": "minor", mock: patch }'],
  ])("reads a changeset %s", (_, list) => {
    const changeset = `---\n${list}\n---\n\nLends books.\n\n---\n\nMore.\n`;
    const packages = [
      { name: "@books/client", bump: "minor" },
      { name: "mock", bump: "patch" },
    ];
    for (const text of [changeset, `\n${changeset}`]) {
      expect(parseChangeset(text, "a.md")).toEqual({ packages, summary: "Lends books.\n\n---\n\nMore." });
    }
    expect(parseChangeset(changeset.replaceAll("\n", "\r\n"), "a.md").packages).toEqual(packages);
  });

  it("reads a changeset that releases nothing", () => {
    expect(parseChangeset("---\n---\n", "a.md")).toEqual({ packages: [], summary: "" });
  });

  it.each([
    ["a text alone", "Lends books."],
    ["a bump that does not exist", "---\nmock: huge\n---\n\nLends books.\n"],
    ["a list that is not closed", "---\nmock: patch\n\nLends books.\n"],
    ["a list that is not YAML", '---\n"mock: patch\n---\n\nLends books.\n'],
  ])("refuses %s, and names the file", (_, text) => {
    expect(() => parseChangeset(text, "calm-cats.md")).toThrow(
      /^\.changeset\/calm-cats\.md: could not parse changeset/,
    );
  });

  it("takes the published packages of the workspace, and what waits in .changeset by weight", async () => {
    const changeset = (bump: string) => `---\n"@books/client": ${bump}\n---\n\nA ${bump} change.\n`;
    const files = {
      "packages/client/package.json": '{ "name": "@books/client" }',
      "packages/client/CHANGELOG.md": markdown,
      "packages/internal/package.json": '{ "name": "internal", "private": true }',
      "packages/internal/CHANGELOG.md": markdown,
      "packages/new/package.json": '{ "name": "new" }',
      "packages/notes.txt": "",
      ".changeset/README.md": "How to use this.",
      ".changeset/config.json": "{}",
      ".changeset/a.md": changeset("patch"),
      ".changeset/b.md": changeset("major"),
      ".changeset/c.md": "---\n---\n",
    };
    const changelog = await inWorkspace(files, readChangelog);
    expect(changelog.packages.map(({ name }) => name)).toEqual(["@books/client"]);
    expect(changelog.packages[0]?.releases).toHaveLength(2);
    expect(changelog.pending.map(({ summary }) => summary)).toEqual(["A major change.", "A patch change."]);
  });

  it("reads this workspace", async () => {
    const { packages, pending: waiting } = await readChangelog(new URL("../../../", import.meta.url));
    expect(packages.length + waiting.length).toBeGreaterThan(0);
  });
});

describe("the page", () => {
  it("shows each release below its package, each with a place of its own", () => {
    const page = toPage(released);
    expect(page).toContain('<h2 id="books-client">@books/client</h2>');
    expect(page).toContain('<h3 id="books-client-1.10.0"><a href="#books-client-1.10.0">1.10.0</a></h3>');
    expect(page).toContain("<h4>Minor Changes</h4>");
    expect(page).toContain("Reads <strong>books</strong>.");
    expect(page.match(/<h1>.*?<\/h1>/g)).toEqual(["<h1>Changelog</h1>"]);
    expect(page).not.toContain("Nothing has been released yet.");
  });

  it("says before the first release that there was none, and lists what is pending", () => {
    const page = toPage(unreleased);
    expect(page).toContain("<p>Nothing has been released yet.</p>");
    expect(page).toMatch(/<h2 id="unreleased">Unreleased<\/h2>[^]*<p>Lends books\.<\/p>\n<p>To readers\.<\/p>/);
    expect(page).toContain("<code>@books/client</code> <small>minor</small>");
    expect(toPage({ packages: [], pending: [] })).not.toContain("Unreleased");
  });

  it("leads back to the reference and to its Markdown, with relative addresses only", () => {
    const addresses = [...toPage(released).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = ""]) => address);
    expect(addresses).toContain("./");
    expect(addresses).toContain("changelog.md");
    expect(addresses).toContain("site.css");
    expect(addresses.filter((address) => /^(?:\/|https?:)/.test(address))).toEqual([]);
  });

  it("puts the announcement before the page, and scripts into its head", () => {
    const options = { title: "Books", stylesheet: "site.1.css", head: "<!-- head -->", bar: "<!-- bar -->" };
    const page = writeChangelogPage(released, options);
    expect(page).toMatch(/<link rel="stylesheet" href="site\.1\.css">\s*<!-- head -->\s*<\/head>/);
    expect(page).toMatch(/<body class="site">\s*<!-- bar -->\s*<header>/);
  });

  it("runs nothing that a changelog brings along", () => {
    const evil =
      "A <script>alert(1)</script> <img src=x onerror=alert(1)> [link](javascript:alert(1)) ![p](https://x.example/p.png)";
    const changes = `### <b>Bold</b>\n\n- ${evil}\n\n<div onclick="alert(1)">\n`;
    const page = toPage({
      packages: [{ name: 'a"><script>', releases: [{ version: "1<b>", changes }] }],
      pending: [{ packages: [{ name: "<i>", bump: "minor" }], summary: evil }],
    });
    expect(page).not.toMatch(/<(?:script|img|b|i|div)\b/);
    expect(page).not.toMatch(/href="javascript:/);
    expect(page).toContain("Changelog · Books &lt;API&gt;");
  });
});

describe("the Markdown", () => {
  it("holds the same below one title", () => {
    const text = writeChangelog(released);
    expect(
      text.startsWith("# Changelog\n\n## Unreleased\n\n- Lends books.\n\n  To readers.\n\n  `@books/client` (minor)\n"),
    ).toBe(true);
    expect(text).toContain("\n## @books/client\n\n### 1.10.0\n\n#### Minor Changes\n\n- 1a2b3c4: Reads **books**.\n");
    expect(text).toContain("\n## 9.9.9\n");
    expect(writeChangelog(unreleased)).toContain("# Changelog\n\nNothing has been released yet.\n\n## Unreleased\n");
  });
});

describe("the stylesheet", () => {
  it("keeps each text readable on each ground, light and dark", async () => {
    const styles = await readFile(new URL("../src/site/site.css", import.meta.url), "utf8");
    const colors = [...styles.matchAll(/--site-(\w+): light-dark\((#\w+), (#\w+)\)/g)];
    for (const scheme of [2, 3]) {
      const color = (name: string) => colors.find(([, found]) => found === name)?.[scheme] ?? `${name} is missing`;
      for (const text of ["text", "quiet", "accent"]) {
        for (const ground of ["page", "soft", "bar"]) {
          expect(contrast(color(text), color(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
    expect(Buffer.byteLength(styles)).toBeLessThanOrEqual(4096);
  });
});

/** Contrast as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const digits = color.length === 4 ? color.replaceAll(/[^#]/g, "$&$&") : color;
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5]
    .map((start) => Number.parseInt(digits.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
