import { afterAll, beforeAll, expect, it } from "vitest";
import { describePage } from "../describe-page.ts";
import { isAwake, OPERATION, type Reader, samples, section, startReader } from "../reader.ts";

let reader: Reader;

beforeAll(async () => {
  reader = await startReader();
});

afterAll(() => reader.stop());

describePage(() => reader, 1440, "dark");
describePage(() => reader, 390, "light");
describePage(() => reader, 390, "dark");

it("opens the search by its shortcut", async () => {
  const { page } = await reader.open("/");
  await page.keyboard.press("Control+k");
  await expect.poll(() => page.getByPlaceholder("Search docs...").isVisible()).toBe(true);
});

it("keeps the colours that a reader has chosen, on every page, by a button that says what it does", async () => {
  const { page } = await reader.open("/", { colorScheme: "dark" });
  const scheme = () => page.evaluate("getComputedStyle(document.documentElement).colorScheme");
  const button = page.getByRole("button", { name: "Switch between light and dark" });
  expect(await scheme()).toBe("dark");
  await button.click();
  await isAwake(page);
  await expect.poll(scheme).toBe("light");
  await page.reload();
  await expect.poll(scheme).toBe("light");
  await page.goto(`${reader.url}/changelog.html`);
  await expect.poll(scheme).toBe("light");
  await page.goBack();
  await button.click();
  await expect.poll(scheme).toBe("dark");
  await button.click();
  await expect.poll(scheme).toBe("light");
});

it("prints without what cannot be used on paper, dark on white, and whole", async () => {
  const { page } = await reader.open("/", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const [red = 255] = (await page.locator("h1").evaluate((title) => getComputedStyle(title).color)).match(/\d+/g)!;
  expect(Number(red)).toBeLessThan(100);
  for (const code of await page.locator("#redoc pre:visible").all()) {
    expect(await code.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThan(3);
    expect(await code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThan(3);
  }
  expect(await page.locator(".announcement").isVisible()).toBe(false);
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.getByText("Street and house number.").isVisible()).toBe(true);
});

it("copies a sample, and keeps the language of samples that a reader has chosen", async () => {
  const { page } = await reader.open(`/#${OPERATION}`, { permissions: ["clipboard-read", "clipboard-write"] });
  await samples(page).locator('button[aria-label="Copy"]:visible').click();
  await isAwake(page);
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toMatch(/^curl --request POST/);
  await samples(page).getByRole("button", { name: "cURL" }).click();
  await page.getByRole("menuitem", { name: "Python", exact: true }).click();
  await page.reload();
  await expect.poll(() => samples(page).innerText(), { timeout: 10_000 }).toContain("response = requests.post(");
});

it("works where the browser blocks storage", async () => {
  const { page } = await reader.open("/changelog.html");
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      const get = () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      };
      Object.defineProperty(globalThis, name, { get, configurable: true });
    }
  });
  await page.goto(reader.url);
  await section(page).getByRole("tab", { name: "400" }).click();
  await page.getByText("A field is missing or wrong.").waitFor();
  await samples(page).getByRole("button", { name: "cURL" }).click();
  await page.getByRole("menuitem", { name: "Python", exact: true }).click();
  await expect.poll(() => samples(page).innerText()).toContain("response = requests.post(");
});
