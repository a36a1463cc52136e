import type { Browser } from "playwright-core";
import { launchBrowser } from "@spherepay/testing/browser";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { create, fillIn, visit } from "./browser.ts";
import { answering, california, creations, customerId } from "./helpers.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
// What the app logs is tested elsewhere.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

describe.each([true, false])("in Chromium with JavaScript %s", (javaScriptEnabled) => {
  it.each(["Individual", "Business"])(
    "a visitor creates a customer of type %s and sees its checklists",
    async (type) => {
      const { page, mock, complaints } = await visit(browser, [], { javaScriptEnabled });
      await page.goto("/");
      await page.getByRole("link", { name: "New customer" }).click();
      await fillIn(page, type);
      await create(page);
      await page.getByRole("heading", { name: "Customer created" }).waitFor();
      expect(await page.getByText(customerId).count()).toBe(1);
      expect(await page.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual([
        expect.stringContaining("KYC profile A"),
        expect.stringContaining("KYC profile B"),
      ]);
      expect(await page.getByText("0 of 9 complete").count()).toBe(1);
      expect(await page.getByText("Proof of address").count()).toBe(1);
      expect(creations(mock).map(({ body }) => body)).toEqual([
        { type: type.toLowerCase(), address: { country: "USA", state: "CA" } },
      ]);
      expect(complaints).toEqual([]);
    },
  );

  it("a visitor who leaves the address out is led to it, mends it with the keyboard and goes on", async () => {
    const { page } = await visit(browser, [], { javaScriptEnabled });
    await page.getByRole("radio", { name: "Business" }).check();
    await create(page);
    const summary = page.getByRole("alert");
    // The browser moves the focus a moment after it shows the page.
    await expect.poll(() => summary.locator(":scope:focus").count()).toBe(1);
    expect(await page.getByRole("group", { name: "Address" }).locator(".error").innerText()).toContain("Required");
    expect(await page.getByRole("radio", { name: "Business" }).isChecked()).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Country").locator(":scope:focus").count()).toBe(1);
    await page.keyboard.type("USA");
    await page.keyboard.press("Tab");
    await page.keyboard.type("CA");
    await page.keyboard.press("Enter");
    await page.getByText(customerId).waitFor();
  });

  it("the summary of errors has the focus also after a link within the page was followed", async () => {
    const { page } = await visit(browser, [], { javaScriptEnabled });
    const summary = page.getByRole("alert");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // skip to the content
    await create(page);
    await expect.poll(() => summary.locator(":scope:focus").count()).toBe(1);
    await summary.getByRole("link", { name: "Address: Required" }).click();
    await page.keyboard.type("USA");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "State, province or region: Required" }).waitFor();
    await expect.poll(() => summary.locator(":scope:focus").count()).toBe(1);
  });

  it("reload and the back button lead to the customer, and the form can't create another", async () => {
    const { page, mock } = await visit(browser, [], { javaScriptEnabled });
    await fillIn(page);
    const form = page.url();
    await create(page);
    await page.getByText(customerId).waitFor();
    await page.reload();
    await page.getByText(customerId).waitFor();
    await page.goBack();
    await page.goForward();
    await page.goto(form);
    await page.getByText(customerId).waitFor();
    expect(creations(mock)).toHaveLength(1);
  });
});

describe("in Chromium", () => {
  it("a second click while the first is under way creates no other customer", async () => {
    const { page, mock } = await visit(browser, [{ delay: 700 }]);
    let posts = 0;
    page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
    await fillIn(page);
    // By position: to find a button, Playwright waits until the page has stopped loading.
    const button = page.getByRole("button", { name: "Create customer" });
    await button.scrollIntoViewIfNeeded();
    const { x, y } = (await button.boundingBox())!;
    await page.mouse.click(x + 5, y + 5);
    await expect.poll(() => posts).toBe(1);
    await page.mouse.click(x + 5, y + 5);
    await page.getByText(customerId).waitFor();
    expect([posts, creations(mock).length]).toEqual([2, 1]);
  });

  it("a form that is still open in another tab leads to the customer when it is sent as well", async () => {
    const { page, mock } = await visit(browser);
    const other = await page.context().newPage();
    await other.goto(page.url());
    for (const tab of [page, other]) {
      await fillIn(tab);
      await create(tab);
      await tab.getByText(customerId).waitFor();
    }
    expect(creations(mock)).toHaveLength(1);
  });

  it("a form can be filled in and sent with the keyboard alone", async () => {
    const { page, mock } = await visit(browser);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab", "Enter"); // skip to the content
    await press("Tab", "Space", "Tab");
    await page.keyboard.type("United States");
    await press("Tab");
    await page.keyboard.type("California");
    await press("Tab", "Tab", "Tab", "Tab", "Tab", "Enter");
    await page.getByText(customerId).waitFor();
    expect(mock.requests[0]!.body).toEqual({ type: "individual", address: { country: "USA", state: "CA" } });
  });

  it("the id of a customer can be copied", async () => {
    const { page } = await visit(browser, [], { permissions: ["clipboard-read", "clipboard-write"] });
    await fillIn(page);
    await create(page);
    await page.getByRole("button", { name: "Copy customer ID" }).click();
    await expect.poll(() => page.getByRole("status").innerText()).toBe("Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(customerId);
  });

  it("one click selects the whole id where scripts are off, and no button is shown that could not work", async () => {
    const { page } = await visit(browser, [], { javaScriptEnabled: false });
    await fillIn(page);
    await create(page);
    await page.getByText(customerId).waitFor();
    // The stylesheet may arrive after the page.
    const selects = () => page.evaluate(`getComputedStyle(document.querySelector("#customer-id")).userSelect`);
    await expect.poll(selects).toBe("all");
    expect(await page.getByRole("button").count()).toBe(0);
  });

  it("states of the USA are offered until another country is chosen", async () => {
    const { page } = await visit(browser);
    const offered = () => page.getByLabel("State").getAttribute("list");
    expect(await offered()).toBe("states");
    await page.getByLabel("Country").fill("germany");
    expect(await offered()).toBeNull();
    await page.getByLabel("Country").fill("usa");
    expect(await offered()).toBe("states");
  });

  it("places are offered in a form that came back as well", async () => {
    const { page, complaints } = await visit(browser);
    await page.getByLabel("Country").fill("Germany");
    await create(page);
    await page.getByRole("link", { name: "State, province or region: Required" }).waitFor();
    const offered = () => page.evaluate("[country, state].map((field) => field.list && field.list.options.length)");
    await expect.poll(offered).toEqual([249, null]);
    await page.getByLabel("Country").fill("USA");
    await expect.poll(offered).toEqual([249, 57]);
    expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
  });

  it("hostile values from the API stay text", async () => {
    const hostile = `<img src=x onerror="document.title='owned'"><script>document.title="owned"</script>`;
    const customer = { id: hostile, type: hostile, verificationProfiles: [{ name: hostile, status: hostile }] };
    const { page, complaints } = await visit(browser, [answering(200, customer)]);
    await fillIn(page);
    await create(page);
    await page.getByRole("heading", { name: "Customer created" }).waitFor();
    expect(await page.title()).toBe("Customer created - SpherePay onboarding");
    expect(await page.locator("main script, main img").count()).toBe(0);
    expect(await page.getByText(hostile).count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it("a form on another site is refused", async () => {
    const { page, mock } = await visit(browser);
    const target = page.url();
    await page.route("http://evil.example/", (route) => {
      const inputs = Object.entries(california).map(([name, value]) => `<input name="${name}" value="${value}">`);
      const body = `<form method="post" action="${target}">${inputs.join("")}<button>Go</button></form>`;
      return route.fulfill({ contentType: "text/html", body });
    });
    await page.goto("http://evil.example/");
    await page.getByRole("button").click();
    await page.getByRole("heading", { name: "This request was not accepted" }).waitFor();
    expect(mock.requests).toHaveLength(0);
  });

  it("nothing moves for those who asked for less motion", async () => {
    const { page } = await visit(browser, [], { reducedMotion: "reduce" });
    const moving = `[...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return transitionDuration !== "0s" || animationName !== "none";
    }).length`;
    expect(await page.evaluate(moving)).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await page.evaluate(moving)).toBeGreaterThan(0);
  });
});
