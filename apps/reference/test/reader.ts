import { launchBrowser } from "@spherepay/testing/browser";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { startReferenceServer } from "../src/server.ts";

export const OPERATION = "other/createcustomer";

export type Reader = Awaited<ReturnType<typeof startReader>>;

/** Serves the built reference, and starts the one browser of a file. */
export async function startReader() {
  const server = await startReferenceServer();
  const browser = await launchBrowser();

  /** Opens a page as a reader of its own. A request to another host, or an error on the console, is a fault. */
  async function visit(path: string, options: BrowserContextOptions = {}) {
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
    await page.goto(server.url + path);
    return { page, requests, faults, close: () => context.close() };
  }

  /** Opens a page for one test, which fails when the page has faults. */
  async function open(path: string, options?: BrowserContextOptions) {
    const visited = await visit(path, options);
    onTestFinished(async () => {
      await visited.close();
      expect(visited.faults).toEqual([]);
    });
    return visited;
  }

  async function stop(): Promise<void> {
    await browser.close();
    await server.close();
  }

  return { url: server.url, visit, open, stop };
}

/** Waits until Redoc has taken the place of the page. */
export async function isAwake(page: Page): Promise<void> {
  const awake = "!!document.getElementById('redoc') && !document.querySelector('.waking')";
  await expect.poll(() => page.evaluate(awake), { timeout: 20_000 }).toBe(true);
}

/** The section of the operation. */
export const section = (page: Page) => page.locator(`[id="${OPERATION}"]`);

/** The samples of the operation. */
export const samples = (page: Page) => section(page).locator(".panel-request-samples");

/** How far an element is below the top of the window. */
export const topOf = (page: Page, id: string) =>
  page.locator(`[id="${id}"]`).evaluate((element) => element.getBoundingClientRect().top);
