/** The pages of a customer's way, narrow and dark; `long/looks.test.ts` has every page in every view. */
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { look, pages } from "./looks.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

const onTheWay = pages.filter(({ name }) => ["form", "field-errors", "result", "unknown"].includes(name));

it.each(onTheWay)("the page $name has no fault for axe, and is no wider than the window", async (page) => {
  expect(await look(browser, page, [{ width: 390, colorScheme: "dark" }])).toEqual([]);
});
