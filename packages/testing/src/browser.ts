import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

/**
 * Starts Chromium without a window: the one that `CHROMIUM_PATH` names, or the one that comes from npm.
 *
 * @param more arguments of the command line beside `--no-sandbox`, without which root cannot start it
 * @throws Error when it does not start
 * @example
 * const browser = await launchBrowser();
 * onTestFinished(() => browser.close());
 */
export async function launchBrowser(...more: string[]): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? (await sparticuz.executablePath());
  // Not sparticuz.args: they turn web security off, and one process for all ends with its first page.
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...more] });
}
