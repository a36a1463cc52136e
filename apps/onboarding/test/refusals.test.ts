import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, vi } from "vitest";
import { describeRefusals } from "./refusals.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
// What the app logs is tested elsewhere.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

// Without JavaScript they are in long/.
describe("in Chromium with JavaScript true", () => {
  describeRefusals(() => browser, true);
});
