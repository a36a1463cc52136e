import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAwake, OPERATION, type Reader, samples, section, topOf } from "./reader.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

/**
 * Tests how a page looks and works, before and after Redoc is loaded. One reader goes through them all, because Redoc
 * takes seconds to start.
 *
 * @param getReader gives the reader, which has started when the tests run
 */
export function describePage(getReader: () => Reader, width: number, colorScheme: "light" | "dark"): void {
  describe(`the page, ${width} pixels wide, ${colorScheme},`, () => {
    let visit: Awaited<ReturnType<Reader["visit"]>>;
    let looks: string[];

    beforeAll(async () => {
      visit = await getReader().visit("/", { viewport: { width, height: 900 }, colorScheme });
    });

    afterAll(async () => {
      await visit.close();
      expect(visit.faults).toEqual([]);
    });

    async function findFaults() {
      await visit.page.evaluate(axe);
      const { violations } = await visit.page.evaluate<AxeResults>("axe.run()");
      return violations
        .filter(({ impact }) => /serious|critical/.test(impact))
        .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    }

    it("shows the operation, each field with its evidence, before Redoc is loaded", async () => {
      const { page, requests } = visit;
      for (const field of ["type", "address", "state", "country", "line1", "line2", "city", "postalCode"]) {
        expect(await page.getByText(field, { exact: true }).first().isVisible()).toBe(true);
      }
      expect(await page.getByText("inferred", { exact: true }).count()).toBeGreaterThanOrEqual(6);
      expect(await page.getByText("documented", { exact: true }).count()).toBeGreaterThanOrEqual(3);
      expect(requests.filter((path) => path.startsWith("/redoc."))).toEqual([]);
    });

    it("fits its width", async () => {
      expect(await visit.page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    });

    it("has no serious fault for axe before Redoc is loaded", async () => {
      expect(await findFaults()).toEqual([]);
    });

    it("uses the control that woke Redoc, where it was", async () => {
      const { page } = visit;
      looks = await page.evaluate(readLooks);
      const tab = section(page).getByRole("tab", { name: "400" });
      await tab.scrollIntoViewIfNeeded();
      const before = await topOf(page, `${OPERATION}/responses`);
      await tab.click();
      await isAwake(page);
      await page.getByText("A field is missing or wrong.").waitFor();
      expect(await tab.getAttribute("aria-selected")).toBe("true");
      expect(Math.abs((await topOf(page, `${OPERATION}/responses`)) - before)).toBeLessThan(40);
    });

    it("has no serious fault for axe once Redoc is loaded, in the same colours", async () => {
      expect(await visit.page.evaluate("document.documentElement.className")).toContain(colorScheme);
      expect(await findFaults()).toEqual([]);
    });

    it("looks as it did before", async () => {
      await section(visit.page).getByRole("tab", { name: "200" }).click();
      expect(looks.length).toBeGreaterThan(500);
      await expect.poll(() => visit.page.evaluate(readLooks), { timeout: 10_000 }).toEqual(looks);
    });

    it("shows the sample of each language and example once it is chosen, and what it printed", async () => {
      const { page } = visit;
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

    it("shows each answer with its example once its status is chosen", async () => {
      const panel = section(visit.page).locator(".panel-response-samples");
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
  });
}

/** Runs in the page: how each element looks that holds text, in the order of the page. The search has other words. */
function readLooks(): string[] {
  const looks = ["color", "background-color", "border", "padding", "font-size", "font-weight", "line-height"];
  return [...document.querySelectorAll("#redoc *:not(noscript, noscript *)")]
    .filter(({ textContent }) => textContent && !/^(?:Search|try\{)/.test(textContent))
    .map((element) => {
      const style = getComputedStyle(element);
      const values = looks.map((name) => style.getPropertyValue(name));
      return [textOf(element).slice(0, 20), ...values].join(" | ");
    });

  /** Its text, without what only browsers without scripts show. */
  function textOf(element: Element): string {
    if (!element.querySelector("noscript")) return element.textContent;
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll("noscript")) hidden.remove();
    return copy.textContent;
  }
}
