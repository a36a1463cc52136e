import { getRequestListener } from "@hono/node-server";
import sparticuz from "@sparticuz/chromium";
import { createMock } from "@spherepay/mock";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { appOver, serverWith } from "./helpers.ts";

let browser: Browser;
let mock: typeof fetch;
beforeAll(async () => {
  const executablePath = process.env["CHROMIUM_PATH"] ?? (await sparticuz.executablePath());
  // Not the package's own arguments: they turn web security off, and one process for all ends with its first page.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  mock = (await createMock()).fetch;
});
afterAll(() => browser?.close());

const customerId = "customer_d41608fae4d34d308f85bc3c2b6ca29a";
const slowly: typeof fetch = async (...request) => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return mock(...request);
};

/** A visitor on the form of an app over `answer`. */
async function visit(answer: typeof fetch, options: Parameters<Browser["newPage"]>[0] = {}) {
  const { app, sent } = appOver(answer);
  const url = await serverWith(getRequestListener(app.fetch));
  const page = await browser.newPage({ baseURL: url, ...options });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  onTestFinished(() => page.close());
  await page.goto("/");
  await page.getByRole("link", { name: "New customer" }).click();
  return { page, sent, complaints };
}

async function fillIn(page: Page, type = "Individual") {
  await page.getByRole("radio", { name: type }).check();
  await page.getByLabel("Country").fill("USA");
  await page.getByLabel("State, province or region").fill("CA");
}

const create = (page: Page) => page.getByRole("button", { name: "Create customer" });

describe.each([true, false])("in Chromium with JavaScript %s", (javaScriptEnabled) => {
  it.each(["Individual", "Business"])(
    "a visitor creates a customer of type %s and sees its checklists",
    async (type) => {
      const { page, sent, complaints } = await visit(mock, { javaScriptEnabled });
      await fillIn(page, type);
      await create(page).click();
      await page.getByRole("heading", { name: "Customer created" }).waitFor();
      expect(await page.getByText(customerId).count()).toBe(1);
      expect(await page.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual([
        expect.stringContaining("KYC profile A"),
        expect.stringContaining("KYC profile B"),
      ]);
      expect(await page.getByText("Proof of address").count()).toBe(1);
      expect(((await sent[0]!.json()) as { type: string }).type).toBe(type.toLowerCase());
      expect(complaints).toEqual([]);
    },
  );

  it("a visitor who leaves the address out is led to it, mends it and goes on", async () => {
    const { page } = await visit(mock, { javaScriptEnabled });
    await page.getByRole("radio", { name: "Business" }).check();
    await create(page).click();
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
});

describe("in Chromium", () => {
  it("a second click while the first is under way creates no other customer", async () => {
    const { page, sent } = await visit(slowly);
    let posts = 0;
    page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
    await fillIn(page);
    // By position: to find a button, Playwright waits until the page has stopped loading.
    await create(page).scrollIntoViewIfNeeded();
    const { x, y } = (await create(page).boundingBox())!;
    await page.mouse.click(x + 5, y + 5);
    await expect.poll(() => sent.length).toBe(1);
    await page.mouse.click(x + 5, y + 5);
    await page.getByText(customerId).waitFor();
    expect([posts, sent.length]).toEqual([2, 1]);
  });

  it("reloading the result, and sending the form again from behind the back button, create no other customer", async () => {
    const { page, sent } = await visit(mock);
    await fillIn(page);
    const token = await page.locator("[name=token]").inputValue();
    await create(page).click();
    await page.getByText(customerId).waitFor();
    await page.reload();
    expect(await page.getByText(customerId).count()).toBe(1);
    await page.goBack();
    await fillIn(page);
    await page.locator("[name=token]").evaluate((input, value) => input.setAttribute("value", value), token);
    await create(page).click();
    await page.getByText(customerId).waitFor();
    expect(sent).toHaveLength(1);
  });

  it("a visitor whose outcome is unknown learns what to check and gets no second form", async () => {
    const { page, sent } = await visit(() => Promise.reject(new TypeError("terminated")));
    await fillIn(page);
    await create(page).click();
    await page.getByRole("heading", { name: "The customer may have been created" }).waitFor();
    expect(await page.getByText("Look for a customer created at the time below.").count()).toBe(1);
    expect(await page.locator("form, .button").count()).toBe(0);
    await page.reload();
    expect(sent).toHaveLength(1);
  });

  it("hostile values from the API stay text", async () => {
    const hostile = `<img src=x onerror="document.title='owned'"><script>document.title="owned"</script>`;
    const customer = { id: hostile, type: hostile, verificationProfiles: [{ name: hostile, status: hostile }] };
    const { page } = await visit(async () => Response.json(customer));
    await fillIn(page);
    await create(page).click();
    await page.getByRole("heading", { name: "Customer created" }).waitFor();
    expect(await page.title()).toBe("Customer created - SpherePay onboarding");
    expect(await page.locator("main script, main img").count()).toBe(0);
    expect(await page.getByText(hostile).count()).toBeGreaterThan(1);
  });

  it.each([390, 1440])("no page is wider than a window of %i pixels", async (width) => {
    const wide = "x".repeat(200);
    const customer = { id: wide, type: wide, verificationProfiles: [{ name: wide, status: wide }] };
    const { page } = await visit(async () => Response.json(customer), { viewport: { width, height: 800 } });
    const overflow = () => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(await overflow()).toBe(0);
    await fillIn(page);
    await create(page).click();
    await page.getByRole("heading", { name: "Customer created" }).waitFor();
    expect(await overflow()).toBe(0);
  });
});
