import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launchBrowser } from "@spherepay/testing/browser";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeAnnouncement, writeScript } from "../src/announcement.ts";
import { writeChangelogPage } from "../src/changelog-page.ts";
import type { Changelog } from "../src/changelog.ts";
import { startReferenceServer, type ReferenceServer } from "../src/server.ts";

const changes =
  "### Minor Changes\n\n- Reads `books`, see [here](https://x.example).\n\n  ```sh\n  books --long\n  ```\n";
const changelog: Changelog = {
  packages: [{ name: "@books/client", releases: [{ version: "1.2.0", changes }] }],
  pending: [{ packages: [{ name: "@books/client", bump: "minor" }], summary: "Lends books." }],
};

const [light, dark] = ["rgb(255, 255, 255)", "rgb(17, 19, 28)"];

describe("the bar in a browser", () => {
  let folder: string;
  let server: ReferenceServer;
  let browser: Browser;

  async function writePage(id: string) {
    const announcement = {
      id,
      text: "Version 2 is out, and it is longer than one line of a phone.",
      link: "changelog.html",
    };
    const html = writeChangelogPage(changelog, {
      title: "Books",
      head: writeScript("main.js", announcement),
      bar: writeAnnouncement(announcement),
    });
    await writeFile(join(folder, "index.html"), html);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "announcement-"));
    for (const name of ["site.css", "early.js", "announcement.js"]) {
      await cp(fileURLToPath(new URL(`../src/site/${name}`, import.meta.url)), join(folder, name));
    }
    const main =
      'import { parsed } from "./early.js";\nimport { initAnnouncement } from "./announcement.js";\n' +
      "await parsed;\ninitAnnouncement(document, () => localStorage);\n";
    await writeFile(join(folder, "main.js"), main);
    server = await startReferenceServer({ site: pathToFileURL(`${folder}/`) });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true });
  });

  async function open(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => errors.push(message.text()));
    const bar = page.getByRole("complementary", { name: "Announcement" });
    return { context, page, errors, bar, button: bar.getByRole("button", { name: "Dismiss" }) };
  }

  it("goes when it is dismissed, stays away on the next visit, and comes back with other news", async () => {
    await writePage("first");
    const { context, page, errors, bar, button } = await open();
    await page.goto(server.url);
    expect(await bar.isVisible()).toBe(true);
    await button.click();
    expect(await bar.isVisible()).toBe(false);
    await page.reload();
    expect(await bar.isVisible()).toBe(false);
    await writePage("second");
    await page.reload();
    expect(await bar.isVisible()).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("shows without JavaScript, and has no button that does nothing", async () => {
    await writePage("first");
    const { context, page, bar, button } = await open({ javaScriptEnabled: false });
    await page.goto(server.url);
    expect(await bar.isVisible()).toBe(true);
    expect(await button.count()).toBe(0);
    await context.close();
  });

  it("can be dismissed where the browser blocks storage, for as long as the page is open", async () => {
    await writePage("first");
    const { context, page, errors, bar, button } = await open();
    await page.addInitScript(
      'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });',
    );
    await page.goto(server.url);
    await button.click();
    expect(await bar.isVisible()).toBe(false);
    await page.reload();
    expect(await bar.isVisible()).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("fits its width and shows where the focus is", async () => {
    await writePage("first");
    const { context, page, button } = await open();
    await page.goto(server.url);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect((await button.boundingBox())?.height).toBeLessThan(40);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await button.evaluate((element) => element.matches(":focus-visible"))).toBe(true);
    expect(await button.evaluate((element) => getComputedStyle(element).outlineWidth)).toBe("2px");
    await context.close();
  });

  it.each(["light", "dark"] as const)("and the changelog below it pass axe (%s)", async (colorScheme) => {
    await writePage("first");
    const { context, page } = await open({ colorScheme });
    await page.goto(server.url);
    await page.evaluate(await readFile(fileURLToPath(import.meta.resolve("axe-core")), "utf8"));
    const violations = "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))";
    expect(await page.evaluate(violations)).toEqual([]);
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const [own, other] = colorScheme === "light" ? [light, dark] : [dark, light];
    expect(await ground()).toBe(own);
    // What the reader chose on the reference goes before what the system says.
    await page.evaluate(`document.documentElement.classList.add("${colorScheme === "light" ? "dark" : "light"}")`);
    expect(await ground()).toBe(other);
    await context.close();
  });
});
