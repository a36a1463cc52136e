import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type ReferenceServer, startReferenceServer } from "../src/server.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPERATION = "other/createcustomer";
const FIELD = `${OPERATION}/t=request&path=address/city`;

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

let browser: Browser;
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server.close();
});

/** Opens a page in a browser of its own. A request to another host, or an error on the console, fails the test. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    requests.push(pathname);
    if (origin !== server.url && !request.url().startsWith("data:")) faults.push(request.url());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(server.url + path);
  return { page, requests, faults };
}

const isAwake = async (page: Page) => {
  const awake = "!!document.getElementById('redoc') && !document.querySelector('.waking')";
  await expect.poll(() => page.evaluate(awake), { timeout: 20_000 }).toBe(true);
};
const samples = (page: Page) => page.locator(".panel-request-samples");
const topOf = (page: Page, id: string) =>
  page.locator(`[id="${id}"]`).evaluate((element) => element.getBoundingClientRect().top);

describe.each([1440, 390])("the page, %i pixels wide", (width) => {
  const viewport = { width, height: 900 };

  it("shows the operation, each field with its evidence, before Redoc is loaded", async () => {
    const { page, requests } = await open("/", { viewport });
    for (const field of ["type", "address", "state", "country", "line1", "line2", "city", "postalCode"]) {
      expect(await page.getByText(field, { exact: true }).first().isVisible()).toBe(true);
    }
    expect(await page.getByText("inferred", { exact: true }).count()).toBeGreaterThanOrEqual(6);
    expect(await page.getByText("documented", { exact: true }).count()).toBeGreaterThanOrEqual(3);
    expect(requests.filter((path) => path.startsWith("/redoc."))).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "has no serious fault for axe, %s, before and after Redoc is loaded",
    async (colorScheme) => {
      const { page } = await open("/", { viewport, colorScheme, bypassCSP: true });
      const findFaults = async () => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>("axe.run()");
        return violations
          .filter(({ impact }) => /serious|critical/.test(impact))
          .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
      };
      expect(await findFaults()).toEqual([]);
      await page.getByRole("tab", { name: "400" }).click();
      await isAwake(page);
      expect(await page.evaluate("document.documentElement.className")).toContain(colorScheme);
      expect(await findFaults()).toEqual([]);
    },
  );

  it("uses the control that woke Redoc, where it was", async () => {
    const { page } = await open("/", { viewport });
    const tab = page.getByRole("tab", { name: "400" });
    await tab.scrollIntoViewIfNeeded();
    const before = await topOf(page, `${OPERATION}/responses`);
    await tab.click();
    await isAwake(page);
    await page.getByText("A field is missing or wrong.").waitFor();
    expect(await tab.getAttribute("aria-selected")).toBe("true");
    expect(Math.abs((await topOf(page, `${OPERATION}/responses`)) - before)).toBeLessThan(40);
  });

  it("shows the sample of each language and example once it is chosen, and what it printed", async () => {
    const { page } = await open(`/#${OPERATION}`, { viewport });
    for (const [label, part] of [
      ["TypeScript", "createCustomer: the API answered 400"],
      ["JavaScript", "const response = await fetch("],
      ["Go", "http.NewRequest("],
      ["Python", "response = requests.post("],
      ["Python · business", '"postalCode": "12345"'],
      ["cURL", "curl: (22) The requested URL returned error: 400"],
    ] as const) {
      await samples(page).evaluate((element) => element.scrollIntoView());
      await samples(page)
        .getByRole("button", { name: /^(cURL|Type|Java|Go|Python)/ })
        .click();
      await page.getByRole("menuitem", { name: label, exact: true }).click();
      await expect.poll(() => samples(page).innerText()).toContain(part);
    }
  });

  it("fits its width", async () => {
    const { page } = await open("/", { viewport });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });
});

it("shows each answer with its example once its status is chosen", async () => {
  const { page } = await open(`/#${OPERATION}/responses`);
  const panel = page.locator(".panel-response-samples");
  for (const [status, body] of [
    ["400", /"error":\s*\{\s*"address":\s*\[\s*"Required"/],
    ["401", /"general": ?"Unauthorized"/],
    ["429", /"general": ?"Too Many Requests"/],
    ["200", /"customer_d41608fae4d34d308f85bc3c2b6ca29a"[^]*"proof_of_address"/],
  ] as const) {
    await panel.getByRole("button", { name: status, exact: true }).click();
    await expect.poll(() => panel.innerText()).toMatch(body);
  }
});

it.each(["light", "dark"] as const)("looks the same, %s, when Redoc has taken its place", async (colorScheme) => {
  const { page } = await open("/", { colorScheme });
  const before = await page.evaluate(readLooks);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search docs...").waitFor();
  await page.keyboard.press("Escape");
  await isAwake(page);
  expect(before.length).toBeGreaterThan(500);
  await expect.poll(() => page.evaluate(readLooks), { timeout: 10_000 }).toEqual(before);
});

/** Runs in the page: how each element looks that holds text, in the order of the page. The search has other words. */
function readLooks(): string[] {
  const looks = ["color", "background-color", "border", "padding", "font-size", "font-weight", "line-height"];
  return [...document.querySelectorAll("#redoc *:not(noscript, noscript *)")]
    .filter(({ textContent }) => textContent && !/^(?:Search|try\{)/.test(textContent))
    .map((element) => {
      const style = getComputedStyle(element);
      const values = looks.map((name) => style.getPropertyValue(name));
      return [element.textContent.slice(0, 20), ...values].join(" | ");
    });
}

it("finds an operation by a word from its answer, with the keyboard alone", async () => {
  const { page } = await open("/");
  await page.keyboard.press("Control+k");
  const search = page.getByPlaceholder("Search docs...");
  await search.waitFor();
  await page.keyboard.type("proof_of_address");
  await expect
    .poll(() => page.getByText("Create customer", { exact: true }).count(), { timeout: 10_000 })
    .toBeGreaterThan(2);
  await page.keyboard.press("Escape");
  await expect.poll(() => search.count()).toBe(0);
});

it("can be used with the keyboard alone: dismiss the bar, open the search, come to the operation", async () => {
  const { page } = await open("/");
  const focused = () => page.evaluate("document.activeElement.textContent");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Dismiss");
  await page.keyboard.press("Enter");
  expect(await page.locator(".announcement").isVisible()).toBe(false);
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Search Ctrl+K");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${OPERATION}`);

  await page.locator("[role=button]").focus();
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("Search docs...").waitFor();
});

it("keeps the language of samples that a reader has chosen", async () => {
  const { page } = await open(`/#${OPERATION}`);
  await samples(page).getByRole("button", { name: "cURL" }).click();
  await page.getByRole("menuitem", { name: "Python", exact: true }).click();
  await page.reload();
  await expect.poll(() => samples(page).innerText(), { timeout: 10_000 }).toContain("response = requests.post(");
});

it("keeps the colours that a reader has chosen, on every page, by a button that says what it does", async () => {
  const { page } = await open("/", { colorScheme: "dark" });
  const scheme = () => page.evaluate("getComputedStyle(document.documentElement).colorScheme");
  const button = page.getByRole("button", { name: "Switch between light and dark" });
  expect(await scheme()).toBe("dark");
  await button.click();
  await isAwake(page);
  await expect.poll(scheme).toBe("light");
  await page.reload();
  await expect.poll(scheme).toBe("light");
  await page.goto(`${server.url}/changelog.html`);
  await expect.poll(scheme).toBe("light");
  await page.goBack();
  await button.click();
  await expect.poll(scheme).toBe("dark");
  await button.click();
  await expect.poll(scheme).toBe("light");
});

it("works where the browser blocks storage", async () => {
  const { page } = await open("/changelog.html");
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      const get = () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      };
      Object.defineProperty(globalThis, name, { get, configurable: true });
    }
  });
  await page.goto(server.url);
  await page.getByRole("tab", { name: "400" }).click();
  await page.getByText("A field is missing or wrong.").waitFor();
  await samples(page).getByRole("button", { name: "cURL" }).click();
  await page.getByRole("menuitem", { name: "Python", exact: true }).click();
  await expect.poll(() => samples(page).innerText()).toContain("response = requests.post(");
});

it("copies a sample", async () => {
  const { page } = await open(`/#${OPERATION}`, { permissions: ["clipboard-read", "clipboard-write"] });
  await samples(page).locator('button[aria-label="Copy"]:visible').click();
  await isAwake(page);
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toMatch(/^curl --request POST/);
});

it.each([
  ["an operation", OPERATION, OPERATION],
  ["a field", FIELD, FIELD],
  ["a field, copied while Redoc ran", `/${OPERATION}#${FIELD}`, FIELD],
])("opens at %s that the address names", async (_, hash, id) => {
  const { page } = await open(`/#${hash}`);
  await expect.poll(() => topOf(page, id)).toBeLessThan(200);
  expect(await topOf(page, id)).toBeGreaterThan(-10);
});

it("opens at the last field of an answer, on a telephone, although nothing near it is drawn yet", async () => {
  const last = `${OPERATION}/t=response&c=200&path=verificationprofiles[]/criteria/errors[]/message`;
  const { page } = await open(`/#${last}`, { viewport: { width: 390, height: 700 } });
  await expect.poll(() => topOf(page, last)).toBeLessThan(200);
  // Again, because a page from the cache is drawn in another order.
  await page.goto("about:blank");
  await page.goto(`${server.url}/#${last}`);
  await expect.poll(() => topOf(page, last)).toBeLessThan(200);
});

it("goes back and forward between its places and the changelog", async () => {
  const { page } = await open("/");
  await page
    .getByRole("link", { name: /Create customer/ })
    .first()
    .click();
  await page.getByRole("link", { name: "changelog.html" }).click();
  await page.getByRole("heading", { name: "Changelog" }).waitFor();
  await page.goBack();
  expect(new URL(page.url()).hash).toBe(`#${OPERATION}`);
  await page.goBack();
  expect(new URL(page.url()).hash).toBe("");
  // Where on the page it then is, the browser decides: there where the reader had left it.
  await page.goForward();
  expect(new URL(page.url()).hash).toBe(`#${OPERATION}`);
});

it("is complete without JavaScript", async () => {
  const { page } = await open("/", { javaScriptEnabled: false });
  // Not innerText: what is below the window is drawn when it comes near.
  const text = await page.locator("body").textContent();
  for (const part of [
    "postalCode",
    "A field is missing or wrong.",
    "Too Many Requests",
    "requests.post(",
    "http.NewRequest(",
  ]) {
    expect(text).toContain(part);
  }
  await page.getByText("Postal code, as text so that leading zeros survive.").scrollIntoViewIfNeeded();
  expect(await page.getByText("Postal code, as text so that leading zeros survive.").isVisible()).toBe(true);
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1440);
});

it("prints without what cannot be used on paper, dark on white, and whole", async () => {
  const { page } = await open("/", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const [red = 255] = (await page.locator("h1").evaluate((title) => getComputedStyle(title).color)).match(/\d+/g)!;
  expect(Number(red)).toBeLessThan(100);
  for (const code of await page.locator("#redoc pre:visible").all()) {
    expect(await code.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThan(3);
    expect(await code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThan(3);
  }
  expect(await page.locator(".announcement").isVisible()).toBe(false);
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.getByText("Street and house number.").isVisible()).toBe(true);
});

it("loads nothing again on a second visit", async () => {
  const { page } = await open("/");
  const sizes = () =>
    page.evaluate<number[]>("performance.getEntriesByType('resource').map((file) => file.transferSize)");
  // The page's script, and the logo, which comes when the page has been laid out.
  await expect.poll(sizes).toHaveLength(2);
  await page.goto("about:blank");
  await page.goto(server.url);
  await expect.poll(sizes).toHaveLength(2);
  expect(await sizes()).toEqual([0, 0]);
});

it("stays as it is, and says so to the console, when Redoc cannot be loaded", async () => {
  const { page, faults } = await open("/");
  await page.route("**/redoc.*.js", (route) => route.abort());
  await page.getByRole("tab", { name: "400" }).click();
  await expect.poll(() => faults.join()).toContain("Failed to fetch dynamically imported module");
  expect(await page.locator(".waking").count()).toBe(0);
  expect(await page.getByText("Street and house number.").count()).toBe(1);
  faults.length = 0;
});
