import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "@spherepay/testing/free-port";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";
import { expect, onTestFinished, test } from "vitest";

test("dev follows the spec, says what breaks it, keeps the servers up, and recovers", async () => {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove("."));
  // Servers that keep their port when they start anew: it cannot be 0.
  const [mockPort, referencePort, onboardingPort] = [
    `${await freePort()}`,
    `${await freePort()}`,
    `${await freePort()}`,
  ];
  const mock = `http://127.0.0.1:${mockPort}`;
  const ports = { MOCK_PORT: mockPort, REFERENCE_PORT: referencePort, ONBOARDING_PORT: onboardingPort };
  const env = { ...workspace.env, ...ports };
  const dev = spawn("pnpm", ["dev"], { cwd: workspace.folder, env, detached: true });
  const ended = once(dev, "exit");
  onTestFinished(async () => {
    process.kill(-dev.pid!, "SIGINT");
    await ended;
    // The command may be gone a moment before the last server is.
    const isListening = () => fetch(mock).then(Boolean, () => false);
    await expect.poll(isListening, { timeout: 10_000 }).toBe(false);
  });
  let output = "";
  dev.stdout.on("data", (chunk) => (output += String(chunk)));
  dev.stderr.on("data", (chunk) => (output += String(chunk)));
  const within = { timeout: 60_000, interval: 200 };
  await expect.poll(() => output, within).toContain("Ctrl-C stops everything");

  const refuse = async () => {
    const headers = { authorization: "Bearer any", "content-type": "application/json" };
    const request = { method: "POST", headers, body: '{"type":"individual"}' };
    const response = await fetch(`${mock}/v2/customer`, request).catch(() => undefined);
    return response?.text();
  };
  const download = () =>
    fetch(`http://127.0.0.1:${referencePort}/openapi.json`).then(
      (response) => response.text(),
      () => "",
    );
  await expect.poll(refuse, within).toContain("address");

  const spec = await workspace.read("spec/openapi.yaml");
  const renamed = spec
    .replaceAll("[type, address]", "[type, residence]")
    .replace('        address:\n          $ref: "#', '        residence:\n          $ref: "#')
    .replaceAll("        address:\n          state", "        residence:\n          state")
    .replaceAll("        address:\n          line1", "        residence:\n          line1");
  await workspace.write("spec/openapi.yaml", renamed);
  await expect.poll(refuse, within).toContain("residence");
  await expect.poll(download, within).toContain("residence");
  await expect.poll(() => workspace.read("packages/client/src/generated/schema.ts"), within).toContain("residence");

  await workspace.write("spec/openapi.yaml", spec.replace("tags:\n", "tags: [\n"));
  await expect.poll(() => output, within).toMatch(/missed comma .*openapi\.yaml" \(\d+:\d+\)/);
  expect(await refuse()).toContain("residence");

  await workspace.write("spec/openapi.yaml", spec);
  await expect.poll(refuse, within).toContain("address");
}, 240_000);
