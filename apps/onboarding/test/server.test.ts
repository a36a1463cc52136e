import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { startMockServer } from "@spherepay/mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { startOnboardingServer, type OnboardingServerOptions } from "../src/server.ts";
import { apiKey, california, openForm } from "./helpers.ts";

async function start(options: Partial<OnboardingServerOptions>) {
  const server = await startOnboardingServer({ apiKey, ...options });
  onTestFinished(() => server.close().catch(() => {}));
  return server;
}

describe("startOnboardingServer", () => {
  it("says that nothing was sent when no API listens, and offers the form again", async () => {
    const closed = await startMockServer();
    await closed.close();
    const form = await openForm(fetch, (await start({ baseUrl: closed.url })).url);
    const answer = await form.send(california);
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain("Nothing was sent, so no customer was created.");
    expect(text).toMatch(/name="state"\s+value="CA"/);
  });

  it("names the environment, or the host when only an address is given", async () => {
    const badge = async (options: Partial<OnboardingServerOptions>) =>
      /Environment: <\/span>(.*?)</.exec(await (await fetch((await start(options)).url)).text())![1];
    expect(await badge({})).toBe("sandbox");
    expect(await badge({ environment: "production" })).toBe("production");
    expect(await badge({ environment: "mock" })).toBe("mock");
    expect(await badge({ baseUrl: "http://proxy.test:81/api" })).toBe("proxy.test:81");
  });

  it("rejects with the original error when the port is taken", async () => {
    const { url } = await start({});
    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("closes at once with idle and with silent connections, and frees its port", async () => {
    const { url, close } = await start({});
    const port = Number(new URL(url).port);
    await (await fetch(url)).text();
    const silent = connect(port, "127.0.0.1").on("error", () => {});
    await once(silent, "connect");
    const before = performance.now();
    await close();
    expect(performance.now() - before).toBeLessThan(1000);
    expect((await start({ port })).url).toBe(url);
  });
});

describe("node dist/main.js", () => {
  function run(environment: Record<string, string>) {
    const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
    const child = spawn(process.execPath, [main], { env: { PATH: process.env["PATH"], ...environment } });
    onTestFinished(() => void child.kill("SIGKILL"));
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) child[name].on("data", (chunk) => (output[name] += chunk));
    return { child, output };
  }

  it("prints its address, talks to the mock by default, and ends on SIGTERM", async () => {
    const { child, output } = run({ ONBOARDING_PORT: "0" });
    await once(child.stdout, "data");
    expect(output.stdout).toMatch(/^Onboarding: http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(await (await fetch(output.stdout.slice(12).trim())).text()).toContain(`Environment: </span>mock<`);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("talks to the sandbox when it is given a key", async () => {
    const { child, output } = run({ ONBOARDING_PORT: "0", SPHERE_API_KEY: apiKey });
    await once(child.stdout, "data");
    expect(await (await fetch(output.stdout.slice(12).trim())).text()).toContain(`Environment: </span>sandbox<`);
  });

  it("names the port and the variable when the port is taken", async () => {
    const port = new URL((await start({})).url).port;
    const { child, output } = run({ ONBOARDING_PORT: port });
    expect(await once(child, "close")).toEqual([1, null]);
    expect(output).toEqual({ stdout: "", stderr: `Port ${port} is taken. Set ONBOARDING_PORT to a free one.\n` });
  });

  it.each([
    [{ ONBOARDING_PORT: "http" }, 'ONBOARDING_PORT must be a number from 0 to 65535, not "http".'],
    [{ ONBOARDING_PORT: "99999" }, 'ONBOARDING_PORT must be a number from 0 to 65535, not "99999".'],
    [{ SPHERE_ENVIRONMENT: "staging" }, "environment must be one of sandbox, production"],
  ])("says what is wrong with %o", async (environment, sentence) => {
    const { child, output } = run({ ONBOARDING_PORT: "0", ...environment });
    expect(await once(child, "close")).toEqual([1, null]);
    expect(output.stderr).toBe(`${sentence}\n`);
  });
});
