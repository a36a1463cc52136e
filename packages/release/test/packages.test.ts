import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { run } from "@spherepay/testing/tools";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * What is in a package; how many bytes the files may have that do not come from the spec, a third above what they had;
 * and in what modules the types are right (attw's profile).
 */
const budgets = {
  client: { bytes: 207_000, files: await clientFiles(), profile: "strict" },
  mock: {
    bytes: 3_000_000,
    // Chunks are named after what is in them.
    files: [
      "cli.js",
      "index.js",
      "chunk-*.js",
      "chunk-*.js",
      "run-server-*.js",
      "yaml-*.js",
      "faker.cjs",
      "parts.cjs",
      "fetch.d.ts",
      "index.d.ts",
      "server.d.ts",
      "types.d.ts",
      "openapi.json",
      "sbom.json",
      "THIRD-PARTY-LICENSES.txt",
    ].map((file) => `dist/${file}`),
    profile: "esm-only",
  },
};

describe.each(Object.entries(budgets))("@spherepay/%s, packed", (name, budget) => {
  const folder = join(root, "packages", name);
  let place: string;
  let tarball: string;
  let files: string[];
  let manifest: Record<string, unknown>;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), "packed-"));
    await run("pnpm", ["pack", "--pack-destination", place], folder);
    tarball = join(place, (await readdir(place))[0]!);
    await run("tar", ["-xzf", tarball], place);
    files = await listFiles(join(place, "package"));
    manifest = JSON.parse(await readFile(join(place, "package/package.json"), "utf8"));
  });
  afterAll(() => rm(place, { recursive: true }));

  test("holds what its build makes, and nothing else", () => {
    const named = files.map((file) => file.replace(/-[A-Z\d]{8}\.js$/, "-*.js"));
    expect(named).toEqual([...budget.files, "LICENSE", "README.md", "package.json"].toSorted());
  });

  test("stays within its budget", async () => {
    // What comes from the spec grows with the API.
    const ours = files.filter((file) => !/^dist\/(?:(?:cjs\/)?generated\/|openapi\.json$)/.test(file));
    const sizes = await Promise.all(ours.map((file) => size(join(place, "package", file))));
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(budget.bytes);
  });

  test("has nothing for publint to say", async () => {
    const output = await run(bin("publint"), [tarball, "--strict"], place);
    expect(output).toContain("All good!");
  });

  test(`has types that are right: ${budget.profile}`, async () => {
    const output = await run(bin("attw"), [tarball, "--profile", budget.profile, "--format", "json"], place);
    expect(JSON.parse(output)).toMatchObject({ analysis: { types: { kind: "included" } } });
  });

  test("has a manifest that says all that npm shows and depends on nothing of this workspace", async () => {
    const text = JSON.stringify(manifest);
    expect(text).not.toMatch(/workspace:|catalog:|link:|file:/);
    expect(manifest).toMatchObject({
      name: `@spherepay/${name}`,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.any(String),
      keywords: expect.arrayContaining(["spherepay", "openapi"]),
      homepage: expect.stringContaining(`/packages/${name}`),
      bugs: expect.stringMatching(/^https:/),
      license: "MIT",
      repository: { type: "git", url: expect.stringMatching(/^git\+https:/), directory: `packages/${name}` },
      type: "module",
      engines: { node: expect.stringMatching(/^>=\d+\.\d+/) },
      publishConfig: { access: "public", provenance: true },
    });
    expect(manifest["dependencies"] ?? {}).not.toHaveProperty("@spherepay/spec");
    // Nothing of it runs while it is installed.
    for (const script of ["preinstall", "install", "postinstall", "prepare"]) {
      expect(manifest["scripts"]).not.toHaveProperty(script);
    }
  });

  test("has the license of the repository", async () => {
    const license = await readFile(join(place, "package/LICENSE"), "utf8");
    expect(license).toBe(await readFile(join(root, "LICENSE"), "utf8"));
    expect(license).toContain("MIT License");
  });

  test("is the same to the byte when it is packed again", async () => {
    const again = join(place, "again");
    await run("pnpm", ["pack", "--pack-destination", again], folder);
    const [second] = await readdir(again);
    expect((await readFile(join(again, second!))).equals(await readFile(tarball))).toBe(true);
  });
});

test("a bundler may leave out what an app does not use of the client", async () => {
  const manifest: unknown = JSON.parse(await readFile(join(root, "packages/client/package.json"), "utf8"));
  expect(manifest).toMatchObject({ sideEffects: false });
});

test("npm installs the client, and a program compiles and runs with it", async () => {
  const place = await mkdtemp(join(tmpdir(), "npm-"));
  onTestFinished(() => rm(place, { recursive: true }));
  await run("pnpm", ["pack", "--out", join(place, "client.tgz")], join(root, "packages/client"));
  await writeFile(join(place, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "./client.tgz"], place);
  await writeFile(join(place, "main.ts"), program);
  const options = ["--module", "nodenext", "--target", "es2022", "--strict", "--noEmit", "--types", ""];
  await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options, "main.ts"], place);
  expect(await run(process.execPath, ["main.ts"], place)).toBe("Bearer any\n");
});

/** Sends one request, and prints what it sends as a credential. */
const program = `
import { createSphereClient } from "@spherepay/client";

const sphere = createSphereClient({
  apiKey: "any",
  maxRetries: 0,
  fetch: async (...sent: Parameters<typeof fetch>) => {
    console.log(new Request(...sent).headers.get("authorization"));
    return new Response("{}", { status: 400 });
  },
});
await sphere.createCustomer({ body: { type: "individual", address: { state: "CA", country: "USA" } } }).catch(() => {});
// @ts-expect-error the country is required
(): unknown => sphere.createCustomer({ body: { type: "individual", address: { state: "CA" } } });
`;

/** Path of a command that this package's dependencies bring. */
function bin(name: string): string {
  return fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
}

/** What the client's build makes of its sources, as ES modules and as CommonJS. */
async function clientFiles(): Promise<string[]> {
  const sources = await listFiles(join(root, "packages/client/src"));
  const files = ["index.js", "http.js", "shared.js", ...sources.map((source) => source.replace(/\.ts$/, ".d.ts"))];
  return ["dist/cjs/package.json", ...files.flatMap((file) => [`dist/${file}`, `dist/cjs/${file}`])];
}

/** All files below a folder, as paths within it. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

async function size(file: string): Promise<number> {
  return (await stat(file)).size;
}
