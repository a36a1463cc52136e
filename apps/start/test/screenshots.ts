/** Renews the pictures of the root README, from the pages as they are now: `pnpm --filter @spherepay/start screenshots`. */
import { startMockServer } from "@spherepay/mock";
import { startOnboardingServer } from "@spherepay/onboarding";
import { startReferenceServer } from "@spherepay/reference";
import { launchBrowser } from "@spherepay/testing/browser";

const mock = await startMockServer();
const reference = await startReferenceServer();
const onboarding = await startOnboardingServer({ apiKey: "any", baseUrl: mock.url, environment: "mock" });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

await page.goto(reference.url);
await page
  .getByRole("link", { name: /create customer/i })
  .first()
  .click();
await page.getByText("sphere.createCustomer").or(page.getByText("curl --request")).first().waitFor();
await page.screenshot({ path: new URL("../../reference/screenshot.png", import.meta.url).pathname });

await page.goto(onboarding.url);
await page.getByRole("link", { name: "New customer" }).click();
await page.getByLabel("Individual").check();
await page.getByLabel("Country").fill("United States");
await page.getByLabel("State").fill("California");
await page.getByRole("button").last().click();
await page.getByText("kyc_profile_a").first().waitFor();
await page.screenshot({ path: new URL("../../onboarding/screenshot.png", import.meta.url).pathname });

await browser.close();
await Promise.all([mock.close(), reference.close(), onboarding.close()]);
