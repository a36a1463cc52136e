import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addDistrict } from "@spherepay/testing/edit-spec";
import { copyWorkspace, type WorkspaceCopy } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { release, startRegistry, type Registry } from "@spherepay/testing/registry";
import { installTools, run } from "@spherepay/testing/tools";

/**
 * The rehearsal: in a copy of the workspace, what waits is released, the spec changes, and that is released too, with
 * the commands that the release workflow runs. The tests follow each other.
 */
const packages = ["client", "mock"] as const;
const sentence = "An address may name its district.";

const changeset = `---
"@spherepay/client": minor
"@spherepay/mock": minor
---

${sentence}
`;

// Each test runs several commands that build the workspace.
vi.setConfig({ testTimeout: 300_000 });

let registry: Registry;
let workspace: WorkspaceCopy;
let first: Record<string, string>;
let second: Record<string, string>;

beforeAll(async () => {
  await installTools();
  registry = await startRegistry();
  workspace = await copyWorkspace();
}, 300_000);
afterAll(async () => {
  await registry?.close();
  await workspace?.remove(".");
});

test("what waits is released, and its spec is kept", async () => {
  await succeed("pnpm", "run", "version");
  await commit("Release");
  first = await readVersions();
  await release(workspace, registry);

  for (const name of packages) expect(await readRegistry(name)).toMatchObject({ versions: [first[name]] });
  expect(await workspace.read("packages/release/last/openapi.yaml")).toBe(
    await workspace.read("spec/dist/openapi.yaml"),
  );
});

test("a change of the spec and its changeset become versions and changelogs", async () => {
  await addDistrict(workspace);
  await workspace.write(".changeset/district.md", changeset);
  await succeed("pnpm", "run", "build");
  await commit("An address may name its district");
  await succeed("pnpm", "run", "version");
  second = await readVersions();

  for (const name of packages) {
    const [major, minor] = first[name]!.split(".").map(Number);
    expect(second[name]).toBe(`${major}.${minor! + 1}.0`);
    const changelog = await workspace.read(`packages/${name}/CHANGELOG.md`);
    const [, newest, ...older] = changelog.split(/^## /m);
    expect(newest).toMatch(`${second[name]}\n`);
    expect(newest).toContain("### Minor Changes");
    expect(newest).toContain(sentence);
    expect(newest).toContain("district");
    expect(older.map((entry) => entry.split("\n", 1)[0])).toContain(first[name]);
    expect(older.join("")).not.toContain(sentence);
  }
});

test("the spec of the release is kept, and no changeset is left", async () => {
  const kept = await workspace.read("packages/release/last/openapi.yaml");
  expect(kept).toContain("district:");
  expect(kept).toBe(await workspace.read("spec/dist/openapi.yaml"));
  expect(await readdir(join(workspace.folder, ".changeset"))).toEqual(["config.json"]);
  await succeed("pnpm", "install", "--frozen-lockfile", "--prefer-offline");
  await commit("Release");
});

test("the release publishes the new versions, with the change in them, and tags them", async () => {
  // What a build of another branch has left, where turbo would put a build from its cache beside it.
  await workspace.write("packages/client/dist/left.js", "export {};\n");
  await release(workspace, registry);

  const where = { client: "dist/generated/schema.d.ts", mock: "dist/openapi.json" };
  for (const name of packages) {
    const { versions, latest, tarballs } = await readRegistry(name);
    expect(versions).toEqual([first[name], second[name]]);
    expect(latest).toBe(second[name]);
    expect(await readPublished(tarballs[first[name]!]!, where[name])).not.toContain("district");
    expect(await readPublished(tarballs[second[name]!]!, where[name])).toContain("district");
    await expect(readPublished(tarballs[second[name]!]!, "dist/left.js")).rejects.toThrow("Not found in archive");
  }
  expect((await tags()).toSorted()).toEqual(
    packages.flatMap((name) => [first, second].map((versions) => `@spherepay/${name}@${versions[name]}`)).toSorted(),
  );
});

test("the reference's changelog page shows the release, in words and with its versions", async () => {
  const [page, markdown] = [
    await workspace.read("apps/reference/dist/changelog.html"),
    await workspace.read("apps/reference/dist/changelog.md"),
  ];
  for (const text of [page, markdown]) {
    expect(text).toContain(sentence);
    expect(text).not.toContain("Unreleased");
    for (const name of packages) {
      expect(text).toContain(`@spherepay/${name}`);
      expect(text).toContain(second[name]);
    }
  }
});

test("a second run makes no version, publishes nothing and tags nothing", async () => {
  const [commits, before] = [await succeed("git", "rev-parse", "HEAD"), await readRegistry("client")];
  await succeed("pnpm", "run", "version");
  expect(await succeed("git", "status", "--porcelain")).toBe("");
  expect(await release(workspace, registry)).toContain("No unpublished projects to publish");

  expect(await readRegistry("client")).toEqual(before);
  expect(await tags()).toHaveLength(packages.length * 2);
  expect(await succeed("git", "rev-parse", "HEAD")).toBe(commits);
});

async function succeed(command: string, ...parameters: string[]): Promise<string> {
  const { failed, output } = await workspace.run(command, ...parameters);
  if (failed) throw new Error(`${command} ${parameters.join(" ")} failed:\n${output}`);
  return output;
}

async function commit(message: string): Promise<void> {
  await succeed("git", "add", "--all");
  // Before the first release nothing may wait, and then there is nothing to commit.
  await succeed("git", "commit", "--quiet", "--allow-empty", `--message=${message}`);
}

async function tags(): Promise<string[]> {
  return (await succeed("git", "tag", "--list")).split("\n").filter(Boolean);
}

async function readVersions(): Promise<Record<string, string>> {
  const versions = packages.map(async (name) => {
    const manifest = await workspace.read(`packages/${name}/package.json`);
    return [name, JSON.parse(manifest).version] as const;
  });
  return Object.fromEntries(await Promise.all(versions));
}

/** What the registry says of a package. */
async function readRegistry(name: string) {
  const response = await fetch(`${registry.url}/@spherepay%2f${name}`);
  const { versions, "dist-tags": distTags } = (await response.json()) as {
    versions: Record<string, { dist: { tarball: string } }>;
    "dist-tags": { latest: string };
  };
  const tarballs = Object.entries(versions).map(([version, { dist }]) => [version, dist.tarball]);
  return {
    versions: Object.keys(versions),
    latest: distTags.latest,
    tarballs: Object.fromEntries(tarballs) as Record<string, string>,
  };
}

/** A file of a published package. */
async function readPublished(tarball: string, file: string): Promise<string> {
  const response = await fetch(tarball);
  const saved = join(workspace.folder, "node_modules/published.tgz");
  await writeFile(saved, await response.bytes());
  return run("tar", ["-xzOf", saved, `package/${file}`], workspace.folder);
}
