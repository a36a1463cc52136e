import { parsed } from "./early.js";
import { initAnnouncement } from "./announcement.js";
import { mend } from "./mend.ts";

// The page is what Redoc made of it when it was built. Redoc itself is loaded when a reader first uses one of its
// controls; it then takes the place of the page, and the control is used.

await parsed;

const still = document.getElementById("redoc")!;
const { start = "", ahead = "", languages = "[]" } = still.dataset;
const startAddress = new URL(start, import.meta.url).href;
const controls = "button, input, [role=tab], [role=menuitem], [data-testid=search-trigger]";

initAnnouncement(document, () => localStorage);

let live: Promise<HTMLElement> | undefined;

followLiveLink();
addEventListener("hashchange", followLiveLink);

/** A link that was copied while Redoc ran has its own form: `#/operation#field`. */
function followLiveLink() {
  const place = /^#\/.*?#(.+)$/.exec(location.hash)?.[1];
  if (place && !live) location.replace(`#${place}`);
}

/** Brings Redoc to life in the place of the page. Where it cannot be loaded, the page stays as it is. */
function wake(): Promise<HTMLElement> {
  const { classList } = document.documentElement;
  classList.add("waking");
  live ??= startRedoc().catch((error: unknown) => {
    live = undefined;
    throw error;
  });
  return live.finally(() => classList.remove("waking"));
}

async function startRedoc(): Promise<HTMLElement> {
  replaceBlockedStorage();
  const redoc = await import(startAddress);
  showEverySection();
  const place = { left: scrollX, top: scrollY };
  if (location.hash && !location.hash.startsWith("#/")) {
    const operation = location.hash.slice(1).split("/").slice(0, 2).join("/");
    history.replaceState(history.state, "", `#/${operation}${location.hash}`);
  }
  const root = document.createElement("div");
  root.className = "asleep";
  still.before(root);
  redoc.start(root);
  try {
    await settled(root);
  } catch (error) {
    root.remove();
    throw error;
  }
  still.remove();
  root.id = "redoc";
  root.classList.remove("asleep");
  mend(root);
  new MutationObserver(() => mend(root)).observe(root, { childList: true, subtree: true });
  // Redoc goes to the top, or to the field of the address, when it starts.
  for (let frame = 0; frame < 5; frame++) {
    scrollTo({ ...place, behavior: "instant" });
    await new Promise(requestAnimationFrame);
  }
  return root;
}

/** Redoc does not start where the browser blocks storage. There it remembers as long as the page. */
function replaceBlockedStorage() {
  for (const name of ["localStorage", "sessionStorage"] as const) {
    try {
      void globalThis[name];
    } catch {
      const kept = new Map<string, string>();
      const value = {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, item: unknown) => void kept.set(key, String(item)),
        removeItem: (key: string) => void kept.delete(key),
      };
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  }
}

/** Redoc leaves a section empty until it is told that it is in sight. */
function showEverySection() {
  Object.assign(globalThis, {
    IntersectionObserver: class {
      tell: (entries: object[], observer: object) => void;
      constructor(tell: (entries: object[], observer: object) => void) {
        this.tell = tell;
      }
      observe(target: Element) {
        queueMicrotask(() => this.tell([{ isIntersecting: true, intersectionRatio: 1, target }], this));
      }
      unobserve() {}
      disconnect() {}
    },
  });
}

async function settled(root: Element) {
  const sections = still.querySelectorAll("[id]").length;
  const end = performance.now() + 20_000;
  while (root.querySelectorAll("[id]").length < sections) {
    if (performance.now() > end) throw new Error("Redoc does not come to rest");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Where an element is: the number of each child on the way from the root, without what only we have there. */
function pathTo(element: Element): number[] {
  const path: number[] = [];
  for (let node = element; node !== still; node = node.parentElement!) {
    const siblings = [...node.parentElement!.children].filter(({ tagName }) => tagName !== "NOSCRIPT");
    path.unshift(siblings.indexOf(node));
  }
  return path;
}

still.addEventListener("click", async (event) => {
  const control = (event.target as Element).closest(controls);
  if (!control) return;
  event.preventDefault();
  const path = pathTo(control);
  const { top } = control.getBoundingClientRect();
  const root = await wake();
  const living = path.reduce<Element | undefined>((node, index) => node?.children[index], root) as
    | HTMLElement
    | undefined;
  if (!living) return;
  scrollBy({ top: living.getBoundingClientRect().top - top, behavior: "instant" });
  living.focus({ preventScroll: true });
  living.click();
});

addEventListener("keydown", (event) => {
  const control = (event.target as Element).closest<HTMLElement>("[data-testid=search-trigger]");
  if (!control || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  control.click();
});

addEventListener("keydown", async (event) => {
  if (live || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const root = await wake();
  root.querySelector<HTMLElement>("[data-testid=search-trigger]")?.click();
});

/** Where the language of samples that a reader has chosen is kept. */
const LANGUAGE = "sample-language";

function rememberLanguage({ target }: Event) {
  const text = (target as Element).closest("[role=menuitem]")?.textContent?.trim();
  try {
    if (text && JSON.parse(languages).includes(text)) localStorage.setItem(LANGUAGE, text);
  } catch {
    // Blocked or full: it is kept as long as the page.
  }
}
// On the way down, because Redoc takes the menu away on the way up.
addEventListener("click", rememberLanguage, { capture: true });

/** The language that a reader has chosen before. */
function readLanguage(): string | undefined {
  try {
    return localStorage.getItem(LANGUAGE) ?? undefined;
  } catch {
    // The browser blocks storage.
    return undefined;
  }
}

/** Shows samples in the language that a reader has chosen before. */
async function keepLanguage() {
  const panel = () => document.querySelector(".panel-request-samples");
  const language = readLanguage();
  // The first language is what the page shows.
  if (!language || !panel() || JSON.parse(languages).indexOf(language) < 1) return;
  await wake();
  [...panel()!.querySelectorAll<HTMLElement>("button[aria-haspopup=menu]")].at(-1)?.click();
  await new Promise(requestAnimationFrame);
  const items = [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
  items.find(({ textContent }) => textContent?.trim() === language)?.click();
}
addEventListener("load", () => setTimeout(keepLanguage));

// Redoc is on its way when a reader comes near a control.
const fetchAhead = (event: Event) => {
  if (!(event.target as Element).closest(controls)) return;
  still.removeEventListener("pointerover", fetchAhead);
  still.removeEventListener("focusin", fetchAhead);
  for (const href of [startAddress, ahead]) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
};
still.addEventListener("pointerover", fetchAhead);
still.addEventListener("focusin", fetchAhead);
