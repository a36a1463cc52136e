import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../src/browser.ts";
import { freePort } from "../src/free-port.ts";

test("a browser opens a page on a port that was free", async () => {
  const port = await freePort();
  const server = createServer((_, response) => response.end("<title>Here</title>")).listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}`);
  expect(await page.title()).toBe("Here");
});
