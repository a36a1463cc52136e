/** Every page narrow and dark, then wide and light; `long/looks.test.ts` has the other views. */
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { look, pages, type View } from "./looks.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

it.each(pages)("the page $name has no fault for axe, and is no wider than the window", async (page) => {
  const narrowAndWide: View[] = [
    { width: 390, colorScheme: "dark" },
    { width: 1440, colorScheme: "light" },
  ];
  expect(await look(browser, page, narrowAndWide)).toEqual([]);
});
