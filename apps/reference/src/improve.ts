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
  for (const responses of root.querySelectorAll('[id$="/responses"]')) {
    await addOthers([...responses.querySelectorAll<HTMLElement>('[role="tab"]')], responses.nextElementSibling!);
    // Browsers need not lay it out until a reader comes near.
    responses.parentElement!.parentElement!.classList.add("further-down");
  }
  for (const panel of root.querySelectorAll(".panel-response-samples")) {
    const statuses = [...panel.querySelectorAll("button")].filter(({ textContent }) =>
      /^\d{3}$/.test(textContent.trim()),
    );
    await addOthers(statuses, panel.querySelector('[data-component-name="Panel/PanelBody"]')!);
  }
  for (const panel of root.querySelectorAll(".panel-request-samples")) addOtherSamples(panel, samples);
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]'))
    link.setAttribute("href", placeOf(link));
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

/** Stands for `noscript` while the page is made. */
export const STAND_IN = "without-scripts";

/** Opens each answer once, and leaves what its panel shows for readers without scripts. */
async function addOthers(tabs: readonly HTMLElement[], panel: Element): Promise<void> {
  const { ownerDocument: document } = panel;
  const [chosen, ...others] = tabs;
  if (!chosen) return;
  const copies: string[] = [];
  for (const tab of others) {
    await open(tab);
    copies.push(`<h4>${tab.textContent}</h4>${panel.innerHTML}`);
  }
  if (others.length > 0) await open(chosen);
  panel.before(withoutScripts(document, `<h4>${chosen.textContent}</h4>`));
  panel.after(withoutScripts(document, copies.join("")));
}

async function open(tab: HTMLElement): Promise<void> {
  const { body } = tab.ownerDocument;
  const before = body.innerHTML;
  tab.click();
  await settle(tab.ownerDocument, () => body.innerHTML !== before);
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
