import { nameAnchor } from "./changelog-page.ts";
import type { Changelog } from "./changelog.ts";
import { escapeHtml } from "./text.ts";

/** News for every reader. */
export interface Announcement {
  /** Tells it from others: a reader who has dismissed it sees the next one. */
  id: string;
  /** One plain sentence. */
  text: string;
  /** Where it leads: an address relative to the site, or a whole one. */
  link?: string;
}

/**
 * Decides what is announced: what the file says, or the latest release.
 *
 * @param given contents of announcement.json: an announcement, `{ "latestRelease": true }` for the latest release,
 *   `{ "latestRelease": false }` for nothing. Nothing given means the latest release
 * @returns undefined when there is nothing to announce
 * @throws Error with the reason, when the contents are something else
 * @example
 * const announcement = chooseAnnouncement('{ "id": "v2", "text": "Version 2 is out." }', changelog);
 */
export function chooseAnnouncement(given: string | undefined, changelog: Changelog): Announcement | undefined {
  if (given === undefined) return announceRelease(changelog);
  const announcement = JSON.parse(given);
  if (typeof announcement?.latestRelease === "boolean") {
    return announcement.latestRelease ? announceRelease(changelog) : undefined;
  }
  const { id, text, link } = announcement ?? {};
  if (!isText(id) || !isText(text)) throw new Error('The announcement needs an "id" and a "text", both not empty.');
  if (link !== undefined && !(isText(link) && leadsSomewhere(link))) {
    throw new Error(`The announcement's "link" must be relative to the site or begin with https: ${link}`);
  }
  return { id, text, ...(link !== undefined && { link }) };
}

/**
 * Writes the bar as HTML. Without JavaScript it shows, and has no button. It needs `src/site/site.css`, and for its
 * button a script, as {@link writeScript} loads it, with `src/site/early.js` and `src/site/announcement.js` in it.
 *
 * @example
 * const html = writeAnnouncement({ id: "v2", text: "Version 2 is out.", link: "changelog.html" });
 */
export function writeAnnouncement({ id, text, link }: Announcement): string {
  const words = escapeHtml(text);
  const content = link === undefined ? words : `<a href="${escapeHtml(link)}">${words}</a>`;
  return (
    `<aside class="announcement" data-id="${escapeHtml(id)}" aria-label="Announcement">` +
    `<p>${content}</p><button type="button">Dismiss</button></aside>`
  );
}

/**
 * Writes the tag that loads a page's script, with what `src/site/early.js` in it has to know: which announcement the page
 * shows. It goes into the head, and nothing waits for it.
 *
 * @param address where the script is, relative to the page
 * @example
 * const tag = writeScript("page.0123456789ab.js", announcement);
 */
export function writeScript(address: string, announcement: Announcement | undefined): string {
  const id = announcement ? ` data-announcement="${escapeHtml(announcement.id)}"` : "";
  return `<script type="module" async src="${escapeHtml(address)}"${id}></script>`;
}

function announceRelease({ packages: [first], pending: [next] }: Changelog): Announcement | undefined {
  const release = first?.releases[0];
  if (first && release) {
    const { name } = first;
    const change = /^[-*] +(?:[0-9a-f]{7,40}: )?(.+)$/m.exec(release.changes)?.[1];
    const text = `${name} ${release.version}${change ? `: ${toPlain(change)}` : ""}`;
    return { id: `${name}@${release.version}`, text, link: `changelog.html#${nameAnchor(name, release.version)}` };
  }
  if (!next) return undefined;
  return {
    id: "unreleased",
    text: `Not yet released. ${toPlain(next.summary.split("\n", 1)[0] ?? "")}`,
    link: "changelog.html#unreleased",
  };
}

/** The bar shows a sentence of Markdown as plain text. */
function toPlain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/`|\*\*/g, "")
    .trim();
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function leadsSomewhere(link: string): boolean {
  // From the root, an address would leave a site that is hosted under a path.
  return new URL(link, "https://site.invalid/").protocol === "https:" && !/^[/\\]/.test(link.trim());
}
