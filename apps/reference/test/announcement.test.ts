import { describe, expect, it } from "vitest";
import { chooseAnnouncement, writeAnnouncement, writeScript } from "../src/announcement.ts";
import type { Changelog } from "../src/changelog.ts";

const nothing: Changelog = { packages: [], pending: [] };
const released: Changelog = {
  packages: [
    {
      name: "@books/client",
      releases: [
        {
          version: "1.2.0",
          changes: "### Minor Changes\n\n- 1a2b3c4: Reads `books` from [here](https://x.example).\n",
        },
        { version: "1.1.0", changes: "- Old." },
      ],
    },
  ],
  pending: [{ packages: [{ name: "@books/client", bump: "minor" }], summary: "**Lends** books.\n\nTo readers." }],
};

describe("what is announced", () => {
  const latest = {
    id: "@books/client@1.2.0",
    text: "@books/client 1.2.0: Reads books from here.",
    link: "changelog.html#books-client-1.2.0",
  };

  it("is the latest release when the file is absent or asks for it", () => {
    expect(chooseAnnouncement(undefined, released)).toEqual(latest);
    expect(chooseAnnouncement('{ "latestRelease": true }', released)).toEqual(latest);
  });

  it("is the pending release before the first one, and nothing before that", () => {
    expect(chooseAnnouncement(undefined, { ...released, packages: [] })).toEqual({
      id: "unreleased",
      text: "Not yet released. Lends books.",
      link: "changelog.html#unreleased",
    });
    expect(chooseAnnouncement(undefined, nothing)).toBeUndefined();
  });

  it("is what the file says, or nothing when it asks for that", () => {
    const given = { id: "v2", text: "Version 2 is out.", link: "changelog.html" };
    expect(chooseAnnouncement(JSON.stringify(given), released)).toEqual(given);
    expect(chooseAnnouncement('{ "latestRelease": false }', released)).toBeUndefined();
  });

  it.each([
    ["no text", { id: "v2" }, /needs an "id" and a "text"/],
    ["an empty id", { id: " ", text: "x" }, /needs an "id" and a "text"/],
    ["nothing", null, /needs an "id" and a "text"/],
    ["a link that runs a script", { id: "v2", text: "x", link: "javascript:alert(1)" }, /"link" must be relative/],
    ["a link from the root", { id: "v2", text: "x", link: "/changelog.html" }, /"link" must be relative/],
    ["a link to another host without https", { id: "v2", text: "x", link: "//x.example" }, /"link" must be relative/],
  ])("is refused when the file has %s", (_, given, message) => {
    expect(() => chooseAnnouncement(JSON.stringify(given), released)).toThrow(message);
  });

  it("stays text in the page, whatever it is", () => {
    const bar = writeAnnouncement({ id: '"><script>', text: "<b>&", link: 'a"b' });
    expect(bar).toBe(
      '<aside class="announcement" data-id="&quot;&gt;&lt;script&gt;" aria-label="Announcement">' +
        '<p><a href="a&quot;b">&lt;b&gt;&amp;</a></p><button type="button">Dismiss</button></aside>',
    );
    expect(writeAnnouncement({ id: "a", text: "b" })).not.toContain("<a ");
    expect(writeScript("page.js", undefined)).toBe('<script type="module" async src="page.js"></script>');
  });
});
