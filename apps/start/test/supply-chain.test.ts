import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, onTestFinished, test } from "vitest";

interface BillOfMaterials {
  bomFormat: string;
  metadata: { component: { purl: string } };
  components: { purl: string; licenses?: { license: { id: string } }[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = async (file: string) => JSON.parse(await readFile(`${root}/${file}`, "utf8"));
const run = promisify(execFile);
const packages = ["client", "mock"];
const boms = new Map<string, BillOfMaterials>();

beforeAll(async () => {
  await run("pnpm", ["run", "sbom:shipped"], { cwd: root });
  boms.set("client", await read("dist/sbom/spherepay-client.json"));
  // The mock depends on nothing: its bill of materials is of what is bundled, and comes with it.
  boms.set("mock", await read("packages/mock/dist/sbom.json"));
});

test.each(packages)("the bill of materials of the %s names what it is and all that comes with it", async (name) => {
  const { bomFormat, metadata, components, dependencies } = boms.get(name)!;
  const manifest = await read(`packages/${name}/package.json`);
  expect(bomFormat).toBe("CycloneDX");
  expect(metadata.component.purl).toBe(`pkg:npm/%40spherepay/${name}@${manifest.version}`);

  const direct = dependencies.find(({ ref }) => ref === metadata.component.purl)!.dependsOn;
  const names = direct.map((purl) => decodeURIComponent(/^pkg:npm\/(.*)@/.exec(purl)![1]!));
  const wanted = manifest.dependencies ? Object.keys(manifest.dependencies) : names;
  expect(names.toSorted()).toEqual(wanted.toSorted());
  const listed = components.map(({ purl }) => purl).toSorted();
  expect(listed).toEqual([...new Set(dependencies.flatMap(({ dependsOn }) => dependsOn))].toSorted());
});

test.each(packages)("all that comes with the %s may be used by anyone", (name) => {
  const permissive = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD"]);
  // Under MIT, which they say in a form that npm no longer reads.
  const old = /^pkg:npm\/(compute-gcd|compute-lcm|validate\.io-(function|integer|integer-array|number))@/;
  const others = boms
    .get(name)!
    .components.filter(({ purl, licenses = [] }) =>
      licenses.length > 0 ? !licenses.every(({ license }) => permissive.has(license.id)) : !old.test(purl),
    );
  expect(others).toEqual([]);
});

test("in CI an install refuses what the lockfile does not name", async () => {
  const copy = await mkdtemp(join(tmpdir(), "frozen-"));
  onTestFinished(() => rm(copy, { recursive: true }));
  const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "packages/client/package.json"];
  for (const file of files) await cp(join(root, file), join(copy, file));
  const manifest = await read("packages/client/package.json");
  manifest.dependencies["openapi-fetch"] = "0.16.0";
  await writeFile(join(copy, "packages/client/package.json"), JSON.stringify(manifest));

  const install = run("pnpm", ["install"], { cwd: copy, env: { ...process.env, CI: "true" } });
  await expect(install).rejects.toMatchObject({ stderr: expect.stringContaining("ERR_PNPM_OUTDATED_LOCKFILE") });
});
