import { settle } from "./render.ts";
import { type Sample, withOutput } from "./samples.ts";
import { mend } from "./site/mend.ts";
import { escapeHtml } from "./text.ts";

/**
 * Completes what Redoc has drawn, for readers without scripts and for those who come before Redoc does.
 *
 * @param document the page, with Redoc at rest
 * @param samples those that the page shows
 */
export async function improve(document: Document, samples: readonly Sample[]): Promise<void> {
  const root = document.getElementById("redoc")!;
  const answers = [...root.querySelectorAll('[id$="/responses"]')].map((responses) => ({
    tabs: [...responses.querySelectorAll<HTMLElement>('[role="tab"]')],
    panel: responses.nextElementSibling!,
  }));
  const examples = [...root.querySelectorAll(".panel-response-samples")].map((panel) => ({
    tabs: [...panel.querySelectorAll("button")].filter(({ textContent }) => status.test(textContent.trim())),
    panel: panel.querySelector('[data-component-name="Panel/PanelBody"]')!,
  }));
  await addOthers(document, [...answers, ...examples]);
  // Browsers need not lay it out until a reader comes near.
  for (const { panel } of answers) panel.parentElement!.parentElement!.classList.add("further-down");
  for (const panel of root.querySelectorAll(".panel-request-samples")) {
    addOtherSamples(panel, samplesOf(panel.closest("[id]")!.id, samples));
  }
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]'))
    link.setAttribute("href", placeOf(link));
  for (const picture of root.querySelectorAll("img")) picture.setAttribute("loading", "lazy");
  // The page has it in a file of its own.
  for (const script of root.querySelectorAll("script")) script.remove();
  // One part of a page is its main part.
  for (const inner of root.querySelectorAll("main main")) inner.replaceWith(asDiv(inner));
  mend(root);
  // Redoc says so until its index is built, which it is when it is asked for.
  const search = root.querySelector('[data-testid="search-trigger"] span');
  if (search) search.textContent = "Search Ctrl+K";
}

function asDiv(element: Element): Element {
  const copy = element.ownerDocument.createElement("div");
  for (const { name, value } of element.attributes) copy.setAttribute(name, value);
  copy.append(...element.childNodes);
  return copy;
}

/** The place within the page that a link of Redoc leads to: `#/operation#place` or `#/operation`. */
function placeOf(link: HTMLAnchorElement): string {
  const [, operation = "", place = operation.slice(1)] = link.getAttribute("href")!.split("#");
  // Redoc links to each answer, but has a place for all of them only.
  const isThere = link.ownerDocument.getElementById(place) !== null;
  return `#${isThere ? place : place.replace(/&.*/, "")}`;
}

/** What Redoc names an answer by. */
const status = /^(?:\d{3}|\dXX|default)$/i;

/** Stands for `noscript` while the page is made. */
export const STAND_IN = "without-scripts";

interface Tabs {
  tabs: readonly HTMLElement[];
  /** Shows what belongs to the chosen tab; the first when Redoc has drawn the page. */
  panel: Element;
}

/** Opens each answer once, and leaves what its panel shows for readers without scripts. */
async function addOthers(document: Document, all: readonly Tabs[]): Promise<void> {
  const copies = new Map(all.map(({ panel }) => [panel, ""]));
  const most = Math.max(0, ...all.map(({ tabs }) => tabs.length));
  // At one time on the whole page, because Redoc takes a while each time.
  for (let index = 1; index < most; index++) {
    const those = all.filter(({ tabs }) => tabs.length > index);
    await open(
      document,
      those.map(({ tabs }) => tabs[index]!),
    );
    for (const { tabs, panel } of those) {
      copies.set(panel, `${copies.get(panel)}<h4>${tabs[index]!.textContent}</h4>${withoutButtons(panel)}`);
    }
  }
  await open(
    document,
    all.filter(({ tabs }) => tabs.length > 1).map(({ tabs }) => tabs[0]!),
  );
  for (const {
    tabs: [first],
    panel,
  } of all) {
    if (!first) continue;
    panel.before(withoutScripts(document, `<h4>${first.textContent}</h4>`));
    panel.after(withoutScripts(document, copies.get(panel)!));
  }
}

/** Buttons take scripts. */
function withoutButtons(panel: Element): string {
  const copy = panel.cloneNode(true) as Element;
  for (const button of copy.querySelectorAll("button")) button.remove();
  return copy.innerHTML;
}

async function open(document: Document, tabs: readonly HTMLElement[]): Promise<void> {
  const look = () => tabs.map(({ outerHTML }) => outerHTML);
  const before = look();
  for (const tab of tabs) tab.click();
  // Redoc answers a click at once. What it puts off follows the reader's place, which stays.
  await settle(document, () => look().every((html, index) => html !== before[index]), 100);
}

/** The samples of the operation that Redoc has drawn in a section. */
function samplesOf(section: string, samples: readonly Sample[]): Sample[] {
  // Redoc names it `<tag>/<operationId>`, in small letters.
  const name = section.slice(section.indexOf("/") + 1);
  const own = samples.filter(({ operationId }) => operationId.toLowerCase() === name);
  if (own.length === 0) throw new Error(`No sample belongs to the section ${section} that Redoc has drawn`);
  return own;
}

function addOtherSamples(panel: Element, samples: readonly Sample[]): void {
  const document = panel.ownerDocument;
  const header = panel.querySelector('[data-component-name="Panel/PanelHeader"]')!;
  // Buttons name the operation and the language.
  const names = [...header.querySelectorAll("button[aria-haspopup=menu]")].map(({ childNodes }) => {
    return `<span>${escapeHtml([...childNodes].map(({ textContent }) => textContent).join(" "))}</span>`;
  });
  header.append(withoutScripts(document, names.join("")));
  const section = document.createElement("section");
  for (const sample of samples) {
    const title = document.createElement("h4");
    const text = document.createElement("pre");
    title.textContent = sample.label;
    text.textContent = withOutput(sample);
    section.append(title, text);
  }
  panel.after(withoutScripts(document, section.innerHTML));
}

function withoutScripts(document: Document, html: string): Element {
  // A document that runs scripts takes what is in a real one for text.
  const element = document.createElement(STAND_IN);
  element.innerHTML = html;
  return element;
}
