/** Every page at two widths, light and dark: for axe, for its width, and as a picture in `screenshots/`. */
import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Fault } from "@spherepay/mock";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@spherepay/testing/browser";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { create, fillIn, visit } from "./browser.ts";
import { answering } from "./helpers.ts";

const pictures = fileURLToPath(new URL("../screenshots/", import.meta.url));
const long = "x".repeat(200);

let browser: Browser;
let axe: string;
beforeAll(async () => {
  browser = await launchBrowser();
  axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
  await mkdir(pictures, { recursive: true });
});
afterAll(() => browser?.close());
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

const customer = {
  id: "customer_d41608fae4d34d308f85bc3c2b6ca29a",
  type: "business",
  verificationProfiles: [
    {
      name: "kyb_profile_a",
      status: "incomplete",
      criteria: {
        complete: ["email_address", "terms_of_service"],
        pending: ["registered_address"],
        required: ["proof_of_address", "Beneficial-Owners"],
        errors: [{ name: "incorporation_document", message: "The document is not readable" }],
      },
    },
    { name: "kyb_profile_b", status: "approved" },
  ],
};
const endless = { id: long, type: long, verificationProfiles: [{ name: long, status: long }] };

/** How a visitor comes to each page from the form, and what the mock does then. */
const pages: { name: string; faults?: Fault[]; go: (page: Page) => Promise<unknown>; title: string }[] = [
  { name: "home", go: (page) => page.goto("/"), title: "Onboard a customer" },
  { name: "form", go: fillIn, title: "New customer" },
  { name: "field-errors", go: create, title: "New customer" },
  { name: "too-many", faults: [{ status: 429, headers: { "retry-after": "5" } }], go: submit, title: "New customer" },
  { name: "result", go: submit, title: "Customer created" },
  { name: "result-states", faults: [answering(200, customer)], go: submit, title: "Customer created" },
  { name: "result-long", faults: [answering(200, endless)], go: submit, title: "Customer created" },
  { name: "unknown", faults: [{ drop: "after" }], go: submit, title: "The connection to SpherePay was lost" },
  { name: "not-found", go: (page) => page.goto("/nothing"), title: "Page not found" },
];

async function submit(page: Page) {
  await fillIn(page, "Business");
  await create(page);
}

describe.each([390, 1440])("in a window of %i pixels", (width) => {
  describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
    it.each(pages)("the page $name has no fault for axe, and is no wider than the window", async (looked) => {
      const { name, faults, go, title } = looked;
      const { page } = await visit(browser, faults, { viewport: { width, height: 900 }, colorScheme });
      await go(page);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await page.screenshot({ path: `${pictures}${name}-${width}-${colorScheme}.png`, fullPage: true });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await page.evaluate(axe);
      const faultsOf = "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))";
      expect(await page.evaluate(faultsOf)).toEqual([]);
    });
  });
});
