import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { glob, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { bundle } from "../scripts/bundle.ts";

const folder = fileURLToPath(new URL("../", import.meta.url));
const dist = (name: string) => join(folder, "dist", name);

/** Name and version of each package that a file of the bundle has a byte of. */
const bundled = new Set<string>();

beforeAll(async () => {
  const metafiles = await bundle(false);
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes("node_modules"))
    .map(([path]) => path);
  for (const path of new Set(inputs)) bundled.add(await ownerOf(await realpath(join(folder, path))));
});

/** The package that a file is part of: the nearest manifest with a version. */
async function ownerOf(path: string): Promise<string> {
  const { name, version } = await readFile(join(dirname(path), "package.json"), "utf8").then(JSON.parse, () => ({}));
  return name && version ? `${name}@${version}` : ownerOf(dirname(path));
}

test("the bill of materials names all that is bundled, and nothing else", async () => {
  const { components, dependencies, metadata } = JSON.parse(await readFile(dist("sbom.json"), "utf8"));
  const named = components.map(({ name, version }: Record<string, string>) => `${name}@${version}`);
  expect(bundled.size).toBeGreaterThan(30);
  expect(named.toSorted()).toEqual([...bundled].toSorted());
  expect(metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
  expect(dependencies).toEqual([
    { ref: metadata.component.purl, dependsOn: components.map(({ purl }: { purl: string }) => purl) },
  ]);
  const permissive = new Set(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "0BSD"]);
  for (const { licenses } of components) expect(permissive).toContain(licenses[0].license.id);
});

test("the licence of each bundled package is in the package, with who holds the rights", async () => {
  const licenses = await readFile(dist("THIRD-PARTY-LICENSES.txt"), "utf8");
  const sections = licenses.split(/^-{80}$/m).slice(1);
  const titles = sections.map((section) => /^\n\n(\S+@\S+) \(/.exec(section)?.[1]);
  expect(titles.toSorted()).toEqual([...bundled].toSorted());
  for (const section of sections) expect(section).toMatch(/copyright|apache license/i);
  expect(sections.find((section) => section.includes("seedrandom@"))).toContain("Copyright (c) David Bau\n");
});

test("what is bundled is what Prism uses", () => {
  const require = createRequire(import.meta.url);
  const requireAsPrism = createRequire(require.resolve("@stoplight/prism-http"));
  for (const name of [
    "@stoplight/http-spec/oas3/operation",
    "@stoplight/json-schema-sampler",
    "json-schema-faker",
    "@faker-js/faker",
    "seedrandom",
  ]) {
    expect(requireAsPrism.resolve(name)).toBe(require.resolve(name));
  }
});

test("the package depends on nothing, runs nothing when it is installed, and is small", async () => {
  expect(manifest).not.toHaveProperty("dependencies");
  expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  let size = 0;
  for await (const name of glob("**", { cwd: dist("") })) size += (await stat(dist(name))).size;
  expect(size).toBeLessThan(3_000_000);
});

test("the audit asks for the bundled versions, and fails on what is grave", async () => {
  let asked: Record<string, string[]> = {};
  let severity = "high";
  const server = createServer(async (request, response) => {
    asked = JSON.parse(await text(request));
    response.end(JSON.stringify({ ajv: [{ severity, title: "A hole", url: "https://advisory.example/1" }] }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const audit = () =>
    promisify(execFile)(process.execPath, [join(folder, "scripts/audit.ts"), `http://127.0.0.1:${port}`]);

  await expect(audit()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("high, A hole") });
  const names = Object.entries(asked).flatMap(([name, versions]) => versions.map((version) => `${name}@${version}`));
  expect(names.toSorted()).toEqual([...bundled].toSorted());
  severity = "low";
  expect((await audit()).stdout).toContain("0 grave");
});
