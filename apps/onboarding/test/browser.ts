import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSphereClient } from "@spherepay/client";
import type { Fault } from "@spherepay/mock";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { createApp } from "../src/app.ts";
import { apiKey, browserFiles, startMock } from "./helpers.ts";

/** A visitor on the form of an app over a mock, both on real sockets until the end of the test. */
export async function visit(browser: Browser, faults: Fault[] = [], options: BrowserContextOptions = {}) {
  const mock = await startMock(...faults);
  const sphere = createSphereClient({ apiKey, baseUrl: mock.url, timeout: 2000 });
  const server = createServer(getRequestListener(createApp({ sphere, environment: "mock", browserFiles }).fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext({ baseURL, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  onTestFinished(async () => {
    await context.close();
    server.closeAllConnections();
    server.close();
  });
  await page.goto("/customers/new");
  return { page, mock, complaints };
}

export async function fillIn(page: Page, type = "Individual"): Promise<void> {
  await page.getByRole("radio", { name: type }).check();
  await page.getByLabel("Country").fill("United States");
  await page.getByLabel("State, province or region").fill("California");
}

export async function create(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create customer" }).click();
}
