import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startReferenceServer, type ReferenceServer } from "../src/server.ts";

let browser: Browser;
let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await sparticuz.executablePath()),
    // Not sparticuz.args: they turn off the web security that these tests rely on.
    args: ["--no-sandbox"],
  });
});

afterAll(async () => {
  await browser?.close();
  await server.close();
});

async function openPage(width: number): Promise<{ page: Page; requests: string[]; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).origin));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  await page.goto(server.url);
  // Redoc fills in a section when it comes near, and goes back to the top once when it starts.
  const field = page.getByText("Street and house number.");
  for (let turns = 0; turns < 100 && !(await field.isVisible()); turns += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(100);
  }
  return { page, requests, errors };
}

describe.each([1440, 390])("the page, %i pixels wide", (width) => {
  let page: Page;
  let requests: string[];
  let errors: string[];

  beforeAll(async () => {
    ({ page, requests, errors } = await openPage(width));
  });

  it("shows the operation and its fields without a click, each with its evidence", async () => {
    expect(await page.getByText("/v2/customer").first().isVisible()).toBe(true);
    for (const field of ["type", "address", "state", "country", "line1", "line2", "city", "postalCode"]) {
      await page.getByText(field, { exact: true }).first().waitFor({ state: "visible" });
    }
    expect(await page.getByText("inferred", { exact: true }).count()).toBeGreaterThanOrEqual(6);
    expect(await page.getByText("documented", { exact: true }).count()).toBeGreaterThanOrEqual(3);
  });

  it("shows the sample of every language and example once it is chosen", async () => {
    const choices: [string, string][] = [
      ["TypeScript", "await sphere.createCustomer({"],
      ["JavaScript", "const response = await fetch("],
      ["Go", "http.NewRequest("],
      ["Python", "requests.post(url, json=payload, headers=headers)"],
      ["Python · business", '"postalCode": "12345"'],
      ["cURL", "curl --request POST"],
    ];
    const panel = page.locator(".panel-request-samples");
    for (const [label, part] of choices) {
      // The menu opens beneath its button and is as long as half a screen.
      await panel.evaluate((element) => element.scrollIntoView());
      await panel.getByRole("button", { name: /cURL|Script|Go|Python/ }).click();
      await page.getByRole("menuitem", { name: label, exact: true }).click();
      await expect.poll(() => panel.innerText()).toContain(part);
    }
  });

  it("shows each answer with its example once its status is chosen", async () => {
    const answers: [string, RegExp][] = [
      ["200", /"customer_d41608fae4d34d308f85bc3c2b6ca29a"[^]*"proof_of_address"/],
      ["400", /"error":\s*\{\s*"address":\s*\[\s*"Required"/],
      ["401", /"general": ?"Unauthorized"/],
      ["429", /"general": ?"Too Many Requests"/],
    ];
    const panel = page.locator(".panel-response-samples");
    for (const [status, body] of answers) {
      await panel.getByRole("button", { name: status, exact: true }).click();
      await expect.poll(() => panel.innerText()).toMatch(body);
    }
  });

  it("finds an operation by a word from its answer", async () => {
    const mentions = page.getByText("Create customer", { exact: true });
    const before = await mentions.count();
    await page.keyboard.press("Control+k");
    const search = page.getByPlaceholder("Search docs...");
    await search.fill("proof_of_address");
    await expect.poll(() => mentions.count(), { timeout: 10_000 }).toBe(before + 1);
    await search.press("Escape");
    await expect.poll(() => search.count()).toBe(0);
  });

  it("fits its width", async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });

  it("asks no other host for anything and reports no error", () => {
    expect(requests.length).toBeGreaterThan(3);
    expect([...new Set(requests)]).toEqual([new URL(server.url).origin]);
    expect(errors).toEqual([]);
  });
});
