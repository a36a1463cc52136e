import { join } from "node:path";
import { addDistrict } from "@spherepay/testing/edit-spec";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyUnreleased, type ReleaseCopy } from "./release-copy.ts";

/**
 * The gate and the receipt, in a copy of the workspace. The tests follow each other. The copy's own sources run in this
 * process, which loads API Extractor once; each command runs once as a process too.
 */
let workspace: ReleaseCopy;
let gate: typeof import("../src/gate.ts").runGate;
let makeVersions: typeof import("../src/version.ts").makeVersions;

beforeAll(async () => {
  workspace = await copyUnreleased();
  const sources = join(workspace.folder, "packages/release/src");
  gate = (await import(join(sources, "gate.ts"))).runGate;
  makeVersions = (await import(join(sources, "version.ts"))).makeVersions;
});
afterAll(() => workspace?.remove("."));

test("without a build the gate says how to make one", async () => {
  expect(await gateCommand()).toEqual({
    failed: true,
    output: expect.stringContaining("Run `npx pnpm@12.18.0 build` first."),
  });
});

test("before the first release any changeset will do, but one there must be", async () => {
  await workspace.buildAsHere();
  const missing = await gate();
  expect(missing.failed).toBe(true);
  expect(missing.output).toContain(`@spherepay/client needs patch: it has never been released.`);
  await workspace.changesets({ first: { client: "minor", mock: "patch" } });
  expect(await gateCommand()).toEqual({
    failed: false,
    output: expect.stringContaining("Nothing has been released yet."),
  });
  expect(await workspace.oldUsers()).toEqual({
    failed: false,
    output: expect.stringContaining("Nothing has been released yet"),
  });
});

test("a release keeps what it was, and leaves nothing to release", async () => {
  expect(await workspace.version()).toMatchObject({ failed: false });
  expect(await workspace.read("packages/release/last/openapi.yaml")).toBe(
    await workspace.read("spec/dist/openapi.yaml"),
  );
  expect(await workspace.read("packages/release/last/client.d.ts")).toContain("createSphereClient");
  expect(await workspace.read("packages/release/last/client.d.ts")).toContain("createSphereHttp");
  const uncommitted = await gate();
  expect(uncommitted.output).toContain("packages/release/last is not committed");
  await workspace.commit();
  expect(await gate()).toEqual({ failed: false, output: expect.stringContaining("Nothing to release") });
  expect(await makeVersions()).toBe("No changeset waits: there is nothing to release.");
  expect((await workspace.run("git", "status", "--short")).output).toBe("");
});

test("a change of published code without a changeset is a patch that is missing", async () => {
  await workspace.edit("packages/mock/src/index.ts", (source) => `${source}\n// Other words.\n`);
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain("@spherepay/mock needs patch: packages/mock/src has changed.");
  expect(output).not.toContain("@spherepay/client needs");
  await workspace.succeed("git", "checkout", "--", "packages/mock/src");
});

test("a command that is gone is breaking, and other dependencies are a patch", async () => {
  await workspace.edit("packages/mock/package.json", (manifest) => manifest.replace(/ +"bin": \{[^}]*\},\n/, ""));
  await workspace.edit("packages/client/package.json", (manifest) =>
    manifest.replace(/("openapi-fetch": )".*"/, '$1"0.14.0"'),
  );
  await workspace.edit("packages/client/package.json", (manifest) => manifest.replace('"bench":', '"measure":'));
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain("@spherepay/mock needs minor: packages/mock/package.json has no `spherepay-mock` any more.");
  expect(output).toContain("@spherepay/client needs patch: packages/client/package.json has changed.");
  await workspace.succeed("git", "checkout", "--", "packages");
});

test("scripts and dependencies that only we use need no changeset", async () => {
  await workspace.edit("packages/client/package.json", (manifest) => manifest.replace('"bench":', '"measure":'));
  await workspace.edit("packages/client/package.json", (manifest) =>
    manifest.replace(/"esbuild": ".*"/, '"esbuild": "0.1.0"'),
  );
  expect(await gate()).toEqual({ failed: false, output: expect.stringContaining("Nothing to release") });
  await workspace.succeed("git", "checkout", "--", "packages");
});

test("an exported name that is gone is breaking, and the receipt shows it", async () => {
  const types = await workspace.read("packages/mock/dist/index.d.ts");
  await workspace.edit("packages/mock/dist/index.d.ts", (text) => text.replace("type MockServer, ", ""));
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain("@spherepay/mock needs minor: `MockServer` is not exported any more.");
  expect(output).toMatch(/\*\*Public types of the mock:\*\*\n\n```diff\n[^]*^-export interface MockServer /m);
  await workspace.write("packages/mock/dist/index.d.ts", types);
});

test("what is kept of the last release is not for editing", async () => {
  await workspace.edit("packages/release/last/openapi.yaml", (spec) => spec.replace("USA", "FRA"));
  const { failed, output } = await gate();
  expect({ failed, output }).toEqual({ failed: true, output: expect.stringContaining("is not what the last release") });
  const [, command = ""] = /`(git checkout .*)`/.exec(output) ?? [];
  await workspace.run("sh", "-c", command);
  expect(await gate()).toMatchObject({ failed: false });
});

test("a changeset that is broken, or says nothing, is refused by its name", async () => {
  await workspace.write(".changeset/broken.md", '---\n"@spherepay/client" patch\n---\n\nOther.\n');
  expect(await gate()).toEqual({ failed: true, output: expect.stringMatching(/^\.changeset\/broken\.md: /) });
  await workspace.write(".changeset/broken.md", '---\n"@spherepay/client": patch\n---\n');
  expect(await gate()).toEqual({
    failed: true,
    output: expect.stringMatching(/^\.changeset\/broken\.md says nothing/),
  });
  await workspace.remove(".changeset/broken.md");
});

test("an addition to the spec without a changeset fails with the file to write", async () => {
  await addDistrict(workspace);
  await workspace.build();
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain(`No changeset says so. Write .changeset/what-changes.md, with your own last line:

    ---
    "@spherepay/client": patch
    "@spherepay/mock": patch
    ---

    One sentence: what changes for the user.`);
});

test("its receipt names the change of the spec, of the types and of nothing else", async () => {
  const receipt = await workspace.read("packages/release/dist/receipt.md");
  expect(receipt).toContain("- addition: `POST /v2/customer, request, address.district` is new.");
  expect(receipt).toMatch(/```diff\n[^]*^\+ +district\?: string;$[^]*```/m);
  expect(receipt).not.toContain("Size");
});

test("it passes with its changeset", async () => {
  await workspace.changesets({ district: { client: "patch", mock: "minor" } });
  expect(await gate()).toEqual({
    failed: false,
    output: expect.stringContaining("The pending changesets say enough."),
  });
});

test("a version that was set by hand is refused", async () => {
  await workspace.commit();
  await workspace.edit("packages/mock/package.json", (manifest) =>
    manifest.replace(/"version": ".*"/, '"version": "7.0.0"'),
  );
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain("packages/mock/package.json says 7.0.0");
  await workspace.succeed("git", "checkout", "--", "packages");
});

test("a clone that is too shallow is told how to deepen", async () => {
  const folder = join(workspace.folder, "shallow");
  await workspace.run("git", "clone", "--quiet", "--depth=1", `file://${workspace.folder}`, folder);
  for (const name of [
    "node_modules",
    "packages/release/node_modules",
    "spec/dist",
    "packages/client/dist",
    "packages/client/node_modules",
    "packages/mock/dist",
    "packages/mock/node_modules",
  ]) {
    await workspace.run("ln", "-s", join(workspace.folder, name), join(folder, name));
  }
  const { failed, output } = await workspace.run("node", join(folder, "packages/release/src/gate.ts"));
  expect({ failed, output }).toEqual({ failed: true, output: expect.stringContaining("git fetch --unshallow") });
  await workspace.run("rm", "-rf", join(folder, ".git"));
  const { output: withoutGit } = await workspace.run(
    "sh",
    "-c",
    `GIT_DIR=/nowhere node ${folder}/packages/release/src/gate.ts`,
  );
  expect(withoutGit).toContain("work in a clone");
});

/** The gate as a person starts it. */
function gateCommand() {
  return workspace.run("node", "packages/release/src/gate.ts");
}
