import { afterAll, beforeAll, expect, it } from "vitest";
import { describePage } from "./describe-page.ts";
import { isAwake, OPERATION, type Reader, section, startReader, topOf } from "./reader.ts";

const FIELD = `${OPERATION}/t=request&path=address/city`;

let reader: Reader;

beforeAll(async () => {
  reader = await startReader();
});

afterAll(() => reader.stop());

// The other widths and schemes are in long/.
describePage(() => reader, 1440, "light");

it("fits a telephone", async () => {
  const { page } = await reader.open("/", { viewport: { width: 390, height: 900 }, colorScheme: "dark" });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
});

it("can be used with the keyboard alone: dismiss the bar, come to the operation, find it by a word from its answer", async () => {
  const { page } = await reader.open("/");
  const focused = () => page.evaluate("document.activeElement.textContent");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Dismiss");
  await page.keyboard.press("Enter");
  expect(await page.locator(".announcement").isVisible()).toBe(false);
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Search Ctrl+K");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${OPERATION}`);

  await page.locator("[role=button]").focus();
  await page.keyboard.press("Enter");
  const search = page.getByPlaceholder("Search docs...");
  await search.waitFor();
  await page.keyboard.type("proof_of_address");
  await expect
    .poll(() => page.getByText("Create customer", { exact: true }).count(), { timeout: 10_000 })
    .toBeGreaterThan(2);
  await page.keyboard.press("Escape");
  await expect.poll(() => search.count()).toBe(0);
});

it.each([
  ["an operation", OPERATION, OPERATION],
  ["a field", FIELD, FIELD],
  ["a field, copied while Redoc ran", `/${OPERATION}#${FIELD}`, FIELD],
])("opens at %s that the address names", async (_, hash, id) => {
  const { page } = await reader.open(`/#${hash}`);
  await expect.poll(() => topOf(page, id)).toBeLessThan(200);
  expect(await topOf(page, id)).toBeGreaterThan(-10);
});

it("opens at the last field of an answer, on a telephone, although nothing near it is drawn yet", async () => {
  const last = `${OPERATION}/t=response&c=200&path=verificationprofiles[]/criteria/errors[]/message`;
  const { page } = await reader.open(`/#${last}`, { viewport: { width: 390, height: 700 } });
  await expect.poll(() => topOf(page, last)).toBeLessThan(200);
  // Again, because a page from the cache is drawn in another order.
  await page.goto("about:blank");
  await page.goto(`${reader.url}/#${last}`);
  await expect.poll(() => topOf(page, last)).toBeLessThan(200);
});

it("leads from an answer to the operation that follows, also once Redoc is loaded", async () => {
  const { page } = await reader.open(`/#${OPERATION}`);
  const link = section(page).getByRole("link", { name: "Create verification link" });
  await link.click();
  await expect.poll(() => topOf(page, "other/createkyclink")).toBeLessThan(200);
  await section(page).getByRole("tab", { name: "400" }).click();
  await isAwake(page);
  await section(page).getByRole("tab", { name: "200" }).click();
  await link.click();
  await expect.poll(() => topOf(page, "other/createkyclink")).toBeLessThan(200);
  expect(await topOf(page, "other/createkyclink")).toBeGreaterThan(-10);
});

it("goes back and forward between its places and the changelog", async () => {
  const { page } = await reader.open("/");
  await page
    .getByRole("link", { name: /Create customer/ })
    .first()
    .click();
  await page.getByRole("link", { name: "changelog.html" }).click();
  await page.getByRole("heading", { name: "Changelog" }).waitFor();
  await page.goBack();
  expect(new URL(page.url()).hash).toBe(`#${OPERATION}`);
  await page.goBack();
  expect(new URL(page.url()).hash).toBe("");
  // Where on the page it then is, the browser decides: there where the reader had left it.
  await page.goForward();
  expect(new URL(page.url()).hash).toBe(`#${OPERATION}`);
});

it("is complete without JavaScript", async () => {
  const { page } = await reader.open("/", { javaScriptEnabled: false });
  // Not innerText: what is below the window is drawn when it comes near.
  const text = await page.locator("body").textContent();
  for (const part of [
    "postalCode",
    "A field is missing or wrong.",
    "Too Many Requests",
    "requests.post(",
    "http.NewRequest(",
  ]) {
    expect(text).toContain(part);
  }
  await page.getByText("Postal code, as text so that leading zeros survive.").scrollIntoViewIfNeeded();
  expect(await page.getByText("Postal code, as text so that leading zeros survive.").isVisible()).toBe(true);
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1440);
});

it("loads nothing again on a second visit", async () => {
  const { page } = await reader.open("/");
  const sizes = () =>
    page.evaluate<number[]>("performance.getEntriesByType('resource').map((file) => file.transferSize)");
  // The page's script, and the logo, which comes when the page has been laid out.
  await expect.poll(sizes).toHaveLength(2);
  await page.goto("about:blank");
  await page.goto(reader.url);
  await expect.poll(sizes).toHaveLength(2);
  expect(await sizes()).toEqual([0, 0]);
});

it("stays as it is, and says so to the console, when Redoc cannot be loaded", async () => {
  const { page, faults } = await reader.open("/");
  await page.route("**/redoc.*.js", (route) => route.abort());
  await section(page).getByRole("tab", { name: "400" }).click();
  await expect.poll(() => faults.join()).toContain("Failed to fetch dynamically imported module");
  expect(await page.locator(".waking").count()).toBe(0);
  expect(await page.getByText("Street and house number.").count()).toBe(1);
  faults.length = 0;
});
