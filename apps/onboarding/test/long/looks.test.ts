/** Every page at three widths, light and dark, and with forced colours. */
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { look, pages, type View } from "../looks.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

const views: View[] = [
  ...[320, 390, 1440].flatMap((width): View[] => [
    { width, colorScheme: "light" },
    { width, colorScheme: "dark" },
  ]),
  { width: 390, colorScheme: "light", forcedColors: "active" },
  { width: 390, colorScheme: "dark", forcedColors: "active" },
];

it.each(pages)("the page $name has no fault for axe, and is no wider than the window", async (page) => {
  expect(await look(browser, page, views)).toEqual([]);
});
