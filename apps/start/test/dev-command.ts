import { freePort } from "@spherepay/testing/free-port";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";
import { expect, onTestFinished } from "vitest";
import { isListening, runCommand } from "./command.ts";

const within = { timeout: 60_000, interval: 100 };

/** Runs `dev` in a copy of the workspace until the end of the test, and sees to it that nothing is left of it then. */
export async function startDev() {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  const [mock, reference, onboarding] = [await freePort(), await freePort(), await freePort()];
  const urls = [mock, reference, onboarding].map((port) => `http://127.0.0.1:${port}`);
  // The command may be gone a moment before the last server is. Called after the command has ended.
  onTestFinished(() =>
    expect.poll(() => Promise.all(urls.map(isListening)), { timeout: 10_000 }).toEqual([false, false, false]),
  );
  const ports = { MOCK_PORT: `${mock}`, REFERENCE_PORT: `${reference}`, ONBOARDING_PORT: `${onboarding}` };
  const { output } = runCommand(workspace.folder, ["pnpm", "dev"], { ...workspace.env, ...ports });

  let read = 0;
  /** Waits for a text, and returns what has been printed since the last call. */
  async function printed(text: string | RegExp): Promise<string> {
    await expect.poll(() => output().slice(read), within).toMatch(text);
    const news = output().slice(read);
    read += news.length;
    return news;
  }
  await printed("Ctrl-C stops everything");
  /** What the mock answers to the vendor's request. */
  async function create(): Promise<string> {
    const headers = { authorization: "Bearer any", "content-type": "application/json" };
    const body = '{"type":"individual","address":{"state":"CA","country":"USA"}}';
    return (await fetch(`${urls[0]}/v2/customer`, { method: "POST", headers, body })).text();
  }
  return { workspace, printed, output, create, urls: { mock: urls[0]!, reference: urls[1]!, onboarding: urls[2]! } };
}
