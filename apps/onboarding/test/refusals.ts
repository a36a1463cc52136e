import type { Fault } from "@spherepay/mock";
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { create, fillIn, visit } from "./browser.ts";
import { answering } from "./helpers.ts";

/** Declares the tests of what a visitor sees when the API refuses, fails or says nothing. */
export function describeRefusals(javaScriptEnabled: boolean): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  // What the app logs is tested elsewhere.
  beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

  const refusals: [string, Fault, string][] = [
    ["a field is wrong", answering(400, { ts: "", error: { address: ["Bad ZIP"] } }), "Address: Bad ZIP"],
    ["the whole is wrong", answering(400, { ts: "", error: { general: "Too young" } }), "Too young"],
    ["the key is wrong", { status: 401 }, "did not accept this app's API key"],
    ["there are too many requests", { status: 429, headers: { "retry-after": "3" } }, "send them again in 3 seconds"],
  ];
  it.each(refusals)("when %s, a visitor reads so, with everything kept", async (_, fault, words) => {
    const { page, mock } = await visit(browser, [fault], { javaScriptEnabled });
    await fillIn(page);
    await page.getByLabel("City").fill("Anytown");
    await create(page);
    const summary = page.getByRole("alert");
    await expect.poll(() => summary.locator(":scope:focus").count()).toBe(1);
    expect(await summary.innerText()).toContain(words);
    expect(await summary.innerText()).toContain("No customer was created.");
    expect(await page.getByLabel("Country").inputValue()).toBe("United States");
    expect(await page.getByLabel("City").inputValue()).toBe("Anytown");
    expect(mock.requests).toHaveLength(1);
  });

  const uncertainties: [string, Fault, string][] = [
    ["there is no answer in time", { delay: 5000 }, "SpherePay did not answer in time"],
    ["the connection is lost before it is handled", { drop: "before" }, "The connection to SpherePay was lost"],
    ["the connection is lost after it is handled", { drop: "after" }, "The connection to SpherePay was lost"],
    ["half of the answer is lost", { truncate: true }, "The connection to SpherePay was lost"],
    ["SpherePay fails", { status: 503 }, "SpherePay could not say what happened"],
    ["the answer is no customer", { status: 200, body: "<html>" }, "SpherePay could not say what happened"],
  ];
  it.each(uncertainties)("when %s, a visitor learns what to check and gets no second form", async (_, fault, title) => {
    const { page, mock } = await visit(browser, [{ times: Infinity, ...fault }], { javaScriptEnabled });
    await fillIn(page);
    await create(page);
    await page.getByRole("heading", { name: title }).waitFor();
    expect(await page.getByText("may have been created").count()).toBe(1);
    expect(await page.getByText("Look for a customer created at the time below.").count()).toBe(1);
    expect(await page.locator("form, .button").count()).toBe(0);
    await page.reload();
    await page.getByRole("heading", { name: title }).waitFor();
    expect(mock.requests).toHaveLength(1);
  });
}
