import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { editSpec } from "@spherepay/testing/edit-spec";
import { launchBrowser } from "@spherepay/testing/browser";
import { copyWorkspace, type WorkspaceCopy } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { addToSpec, removeOperation } from "../spec-edits.ts";

/** The drill of `../drill.test.ts`, in the reference, in CI, and back. */
let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await copyWorkspace();
  await addToSpec(workspace);
  const { failed, output } = await workspace.run("pnpm", "run", "build");
  if (failed) throw new Error(output);
});

afterAll(() => workspace.remove("."));

test("the reference shows the operation, with samples in every language", async () => {
  const server = spawn("node_modules/.bin/node", ["apps/reference/src/server.ts"], {
    cwd: workspace.folder,
    env: { ...workspace.env, REFERENCE_PORT: "0" },
  });
  onTestFinished(() => void server.kill());
  const [printed] = await once(server.stdout, "data");
  const [url] = /http:\S+/.exec(String(printed))!;

  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 1800 } });
  await page.goto(url!);
  await page
    .getByRole("link", { name: /freeze customer/i })
    .first()
    .click();

  const samples = page.locator(".panel-request-samples").filter({ hasText: "{customer_id}/freeze" });
  for (const [language, part] of [
    ["cURL", "/v2/customer/customer_d41608fae4d34d308f85bc3c2b6ca29a/freeze"],
    ["TypeScript", "await sphere.freezeCustomer({"],
    ["JavaScript", "const response = await fetch("],
    ["Go", "http.NewRequest("],
    ["Python", "requests.post("],
  ] as const) {
    await samples.getByRole("button", { name: /cURL|Script|Go|Python/ }).click();
    // The menu may reach below the window, where a mouse would not find it.
    await page.getByRole("menuitem", { name: language, exact: true }).dispatchEvent("click");
    await expect.poll(() => samples.innerText()).toContain(part);
  }

  const answers = page.locator(".panel-response-samples").filter({ hasText: "409" });
  await answers.getByRole("button", { name: "409", exact: true }).click();
  await expect.poll(() => answers.innerText()).toContain("Customer is frozen already");
  await page.getByRole("link", { name: "Create customer post" }).click();
  for (const added of ["district", "District of a city state.", "trust", "A trust."]) {
    await page.getByText(added, { exact: true }).first().waitFor();
  }
});

test("CI refuses types that were not committed with the spec, and says what to do", async () => {
  const types = "packages/client/src/generated/schema.ts";
  const committed = await workspace.read(types);
  await workspace.write(types, committed.replace("district", "quarter"));
  workspace.env["CI"] = "true";
  const { failed, output } = await workspace.run("pnpm", "run", "build");
  delete workspace.env["CI"];
  expect(failed).toBe(true);
  expect(output).toContain("packages/client/src/generated/schema.ts does not match spec/openapi.yaml");
  expect(output).toContain("Run `npx pnpm@12.18.0 build` without CI set, and commit what it changes.");

  expect((await workspace.run("pnpm", "run", "build")).failed).toBe(false);
  expect(await workspace.read(types)).toBe(committed);
});

test("types that were taken back by hand are there again after a build, also from the cache", async () => {
  const types = "packages/client/src/generated/schema.ts";
  const wanted = await workspace.read(types);
  for (let time = 0; time < 2; time += 1) {
    await workspace.run("git", "checkout", "--", types);
    expect(await workspace.read(types)).not.toBe(wanted);
    expect((await workspace.run("pnpm", "run", "build")).failed).toBe(false);
    expect(await workspace.read(types)).toBe(wanted);
  }
});

test("what did not change is not built again, and nothing is built twice", async () => {
  // Types that come from the cache are put in their place after turbo has hashed the sources of the client: the first
  // build after that compiles once more.
  await workspace.run("pnpm", "run", "build");
  const again = await workspace.run("pnpm", "run", "build");
  expect(again.output).toMatch(/(\d+) successful, \1 total\nCached: +\1 cached/);

  await workspace.write("apps/onboarding/README.md", "# Another text\n");
  const readme = await workspace.run("pnpm", "run", "build");
  expect(readme.output).toContain("FULL TURBO");
});

test.each([
  ["broken YAML", "tags:\n", "tags: [\n", "missed comma between flow collection entries"],
  ["a dangling $ref", /(\$ref: .*)\bAddress\b/, "$1Adress", "Can't resolve $ref"],
  ["an example that its schema refuses", "state: CA", "state: 5", "property type must be string"],
  ["two equal operationIds", "operationId: freezeCustomer", "operationId: createCustomer", "unique"],
])("%s stops everything with file, line and reason on the first screen", async (_, search, replacement, reason) => {
  const { file, before } = await editSpec(workspace, search, replacement);
  const { failed, output } = await workspace.run("node_modules/.bin/turbo", "run", "bundle");
  await workspace.write(file, before);
  expect(failed).toBe(true);
  const firstScreen = output.split("\n").slice(0, 24).join("\n");
  expect(firstScreen).toContain(basename(file));
  expect(firstScreen).toMatch(/\.yaml" \(\d+:\d+\)|\d+:\d+ +error/);
  expect(firstScreen).toContain(reason);
});

test("a spec that is taken back takes everything back", async () => {
  await removeOperation(workspace);
  expect((await workspace.run("pnpm", "run", "build")).failed).toBe(false);
  expect(await workspace.read("packages/client/src/generated/operations.ts")).not.toContain("freezeCustomer");
  expect(await workspace.read("packages/client/dist/shared.js")).not.toContain("freezeCustomer");
  expect(await workspace.read("packages/mock/dist/openapi.json")).not.toContain("freezeCustomer");
  expect(await workspace.read("apps/reference/dist/openapi.json")).not.toContain("freezeCustomer");
});
