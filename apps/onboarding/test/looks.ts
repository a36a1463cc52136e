import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Fault } from "@spherepay/mock";
import type { Browser, Page } from "playwright-core";
import { create, fillIn, visit } from "./browser.ts";
import { answering, customerId } from "./helpers.ts";

const pictures = fileURLToPath(new URL("../screenshots/", import.meta.url));
const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const long = "x".repeat(200);

const customer = {
  id: customerId,
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

/** A page, how a visitor comes to it from the form, and what the mock does then. */
interface LookedAt {
  name: string;
  faults?: Fault[];
  go: (page: Page) => Promise<unknown>;
  title: string;
}

/** Every page, in every state in which it looks different. */
export const pages: LookedAt[] = [
  { name: "home", go: (page) => page.goto("/"), title: "Onboard a customer" },
  { name: "form", go: fillIn, title: "New customer" },
  { name: "field-errors", go: create, title: "New customer" },
  { name: "too-many", faults: [{ status: 429, headers: { "retry-after": "5" } }], go: submit, title: "New customer" },
  { name: "result", go: submit, title: "Customer created" },
  { name: "result-states", faults: [answering(200, customer)], go: submit, title: "Customer created" },
  { name: "result-long", faults: [answering(200, endless)], go: submit, title: "Customer created" },
  {
    name: "result-unread",
    faults: [{ operation: "getCustomer", status: 500 }],
    go: submit,
    title: "Customer created",
  },
  { name: "unknown", faults: [{ drop: "after" }], go: submit, title: "The connection to SpherePay was lost" },
  { name: "not-found", go: (page) => page.goto("/nothing"), title: "Page not found" },
];

async function submit(page: Page) {
  await fillIn(page, "Business");
  await create(page);
}

/** How a page is looked at. */
export interface View {
  /** Of the window, in pixels. */
  width: number;
  colorScheme: "light" | "dark";
  forcedColors?: "active" | "none";
}

/**
 * Comes to a page once, then looks at it in each view, and takes a picture into `screenshots/`.
 *
 * @returns what is wrong: what axe finds, and views in which the page is not as wide as the window
 */
export async function look(browser: Browser, { name, faults, go, title }: LookedAt, views: View[]): Promise<string[]> {
  // No transition is caught half way from one view to the next.
  const { page } = await visit(browser, faults, { reducedMotion: "reduce" });
  await go(page);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.evaluate(axe);
  await mkdir(pictures, { recursive: true });
  const wrong: string[] = [];
  for (const { width, colorScheme, forcedColors = "none" } of views) {
    const view = [name, width, colorScheme, ...(forcedColors === "active" ? ["forced"] : [])].join("-");
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, forcedColors });
    await page.screenshot({ path: `${pictures}${view}.png`, fullPage: true });
    const pageWidth = await page.evaluate("document.documentElement.scrollWidth");
    if (pageWidth !== width) wrong.push(`${view}: ${pageWidth} pixels wide`);
    // axe judges the colours that the page asked for, not those that are forced on it.
    const rules = JSON.stringify({ "color-contrast": { enabled: forcedColors === "none" } });
    const { violations } = (await page.evaluate(`axe.run({ rules: ${rules} })`)) as AxeResults;
    wrong.push(...violations.map(({ id, nodes }) => `${view}: ${id} in ${nodes[0]?.html}`));
  }
  return wrong;
}
