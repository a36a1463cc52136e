import { transform } from "esbuild";
import { JSDOM } from "jsdom";
import { PurgeCSS } from "purgecss";
import { resolveCustomProperties } from "./custom-properties.ts";

/** A page as it looks when its script has run. */
export interface Rendered {
  /** The elements of the page. */
  body: string;
  /** The rules that apply to them, and those alone. */
  css: string;
}

/** How often it is looked whether Redoc has come to rest, and how long it may take, in milliseconds. */
const PAUSE = 10;
const PATIENCE = 30_000;

/** When nothing has changed for so long, all is drawn: Redoc puts nothing off for more than 150 milliseconds. */
const REST = 200;

/**
 * Runs Redoc, so that readers need not: a browser shows the outcome at once, where Redoc itself takes seconds.
 *
 * @param redoc source of the Redoc module
 * @param start source of a function expression that takes Redoc's `init` and the element to fill
 * @param styles those that the page has beside Redoc's
 * @param operations how many the page shows
 * @param improve makes the outcome better, when Redoc has come to rest
 * @throws Error when Redoc fails, or does not come to rest
 */
export async function render(
  redoc: string,
  start: string,
  styles: string,
  operations: number,
  improve: (document: Document) => Promise<void>,
): Promise<Rendered> {
  const dom = new JSDOM('<!doctype html><html class="light"><body><div id="redoc"></div></body></html>', {
    url: "http://localhost/",
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  const { window } = dom;
  const failures: string[] = [];
  window.addEventListener("error", ({ message }) => failures.push(message));
  try {
    Object.assign(window, whatJsdomLacks());
    // A clock that stands still: React lays work aside by it, so that a busy machine would seem to be at rest too early.
    Object.assign(window.performance, { getEntriesByType: () => [], now: () => 0 });
    // Redoc hands its rules to the browser one by one, and jsdom would keep what it understands of them.
    const rules: string[] = [];
    window.CSSStyleSheet.prototype.insertRule = (rule, index = 0) => {
      rules.splice(index, 0, rule);
      return index;
    };
    window.eval(toScript(redoc));
    window.eval(`(${start})(Redoc.init, document.getElementById("redoc"))`);
    const areDrawn = () => window.document.querySelectorAll(".panel-request-samples").length >= operations;
    await settle(window.document, areDrawn, REST, failures);
    await improve(window.document);
    const body = window.document.getElementById("redoc")!.innerHTML;
    const css = await purge(resolveCustomProperties(rules.join("\n"), styles, body), body);
    return { body: leaveOutUnused(body, css + styles), css };
  } finally {
    window.close();
  }
}

/** jsdom runs no modules. */
function toScript(module: string): string {
  const script = module
    .replace(/^const\{RedocStandalone,hydrate,init\}=/m, "globalThis.Redoc=")
    .replace(/export\{RedocStandalone,hydrate,init\};?\s*$/, "")
    .replaceAll("import.meta", "({})");
  if (!script.includes("globalThis.Redoc=")) throw new Error("Redoc's module is not built as expected");
  return script;
}

function whatJsdomLacks(): object {
  const nothing = () => {};
  class Observer {
    observe = nothing;
    unobserve = nothing;
    disconnect = nothing;
  }
  /** Tells of each element that it is in sight, so that Redoc fills in all sections. */
  class SightObserver extends Observer {
    constructor(tell: (entries: object[], observer: object) => void) {
      super();
      this.observe = (target?: Element) => {
        setTimeout(() => tell([{ isIntersecting: true, intersectionRatio: 1, target }], this));
      };
    }
    declare observe: (target?: Element) => void;
  }
  return {
    IntersectionObserver: SightObserver,
    ResizeObserver: Observer,
    Worker: class {
      addEventListener = nothing;
      postMessage = nothing;
      terminate = nothing;
    },
    matchMedia: (media: string) => ({ media, matches: false, addEventListener: nothing, removeEventListener: nothing }),
    scrollTo: nothing,
    structuredClone,
    TextDecoder,
    TextEncoder,
  };
}

/**
 * Waits until nothing changes on the page any more.
 *
 * @param isDone whether what is waited for has happened
 * @param rest how long nothing may change, in milliseconds
 * @param failures messages of errors in the page so far
 * @throws Error when there are failures, or the page does not come to rest
 */
export async function settle(
  document: Document,
  isDone: () => boolean,
  rest: number,
  failures: readonly string[] = [],
): Promise<void> {
  let calm = 0;
  // To compare the page's HTML each time would take minutes on a large page.
  const observer = new document.defaultView!.MutationObserver(() => {
    calm = 0;
  });
  observer.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
  for (let waited = 0; calm < rest; waited += PAUSE) {
    if (failures.length > 0) throw new Error(`Redoc failed: ${failures[0]}`);
    if (waited > PATIENCE) throw new Error("Redoc does not come to rest");
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    calm = isDone() ? calm + PAUSE : 0;
  }
  observer.disconnect();
}

async function purge(css: string, body: string): Promise<string> {
  const [result] = await new PurgeCSS().purge({
    content: [{ raw: `<html class="light dark"><body>${body}</body></html>`, extension: "html" }],
    css: [{ raw: css }],
    // Values of attributes have slashes.
    defaultExtractor: (content) => content.match(/[\w/-]+/g) ?? [],
    variables: true,
    keyframes: true,
    fontFace: true,
    safelist: { variables: [...body.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!) },
  });
  return (await transform(result!.css, { loader: "css", minify: true })).code;
}

/**
 * Redoc gives each element a class that no rule names, and marks that its own tests look for. HTML needs no namespace.
 */
function leaveOutUnused(body: string, css: string): string {
  const named = new Set([...css.matchAll(/\.([\w-]+)/g)].map(([, name]) => name));
  return body
    .replaceAll(' xmlns="http://www.w3.org/2000/svg"', "")
    .replaceAll(/ class="([^"]*)"/g, (_, names: string) => {
      const used = names.split(" ").filter((name) => named.has(name));
      return used.length > 0 ? ` class="${used.join(" ")}"` : "";
    })
    .replaceAll(/ data-(?:discover|testid)="([^"]*)"/g, (mark, name: string) =>
      [`"${name}"]`, `=${name}]`].some((value) => css.includes(value)) ? mark : "",
    );
}
