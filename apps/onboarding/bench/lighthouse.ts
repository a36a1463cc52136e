import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMockServer } from "@spherepay/mock";
import { launchBrowser } from "@spherepay/testing/browser";
import { freePort } from "@spherepay/testing/free-port";
import { startOnboardingServer } from "../dist/server.js";
import { printTable } from "@spherepay/testing/table";
import { newVisitor } from "./visitor.ts";

interface Report {
  lhr: { categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>; audits: Audits };
}
type Audits = Record<string, { score: number | null }>;

/** Lighthouse's scores of the pages, as on a phone: slow network, slow processor. */
export async function benchLighthouse(): Promise<void> {
  const folder = fileURLToPath(new URL("lighthouse/", import.meta.url));
  await promisify(execFile)("pnpm", ["install", "--frozen-lockfile"], { cwd: folder });
  const { default: lighthouse } = (await import(`${folder}node_modules/lighthouse/core/index.js`)) as {
    default: (url: string, flags: object) => Promise<Report>;
  };

  const mock = await startMockServer();
  const app = await startOnboardingServer({ apiKey: "test", baseUrl: mock.url, environment: "mock" });
  const port = await freePort();
  const browser = await launchBrowser(`--remote-debugging-port=${port}`);
  const { headers, form, result } = await newVisitor(app.url);
  const onlyCategories = ["performance", "accessibility", "best-practices"];
  const rows: string[][] = [];
  for (const [name, path] of [
    ["home", "/"],
    ["form", form],
    ["result", result],
  ] as const) {
    const { lhr } = await lighthouse(app.url + path, {
      port,
      onlyCategories,
      logLevel: "error",
      extraHeaders: { cookie: headers.cookie },
    });
    const missed = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
      auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id]!.score ?? 1) < 1).map(({ id }) => id),
    );
    const scores = onlyCategories.map((category) => String(Math.round(lhr.categories[category]!.score * 100)));
    rows.push([name, ...scores, missed.join(" ")]);
  }
  await browser.close();
  await Promise.all([app.close(), mock.close()]);
  printTable("Lighthouse", ["Page", ...onlyCategories, "not perfect"], rows, "of 100");
}
