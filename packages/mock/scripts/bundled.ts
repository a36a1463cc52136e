/** What packages are in a bundle, under which licences. */
import { readFile, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Metafile } from "esbuild";

/** A package of which something is in the bundle. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** As SPDX names it. */
  readonly license: string;
  /** The text of its licence, and of its NOTICE, which Apache-2.0 wants to be passed on. */
  readonly text: string;
}

const folder = fileURLToPath(new URL("../", import.meta.url));

/**
 * The packages that a bundle took something of, by name and version.
 *
 * @param metafiles as esbuild writes them, with paths relative to this package
 * @throws {Error} when a package does not say under which licence it is
 */
export async function packagesOf(metafiles: readonly Metafile[]): Promise<Bundled[]> {
  const folders = new Set<string>();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const [found] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? [];
        if (found && bytesInOutput > 0) folders.add(await realpath(join(folder, found)));
      }
    }
  }
  const packages = await Promise.all([...folders].map(readPackage));
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function readPackage(path: string): Promise<Bundled> {
  const manifest = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
  const { name, version, license } = manifest;
  if (typeof license !== "string") throw new Error(`${name}@${version} names no licence`);
  const files = await readdir(path);
  const texts = files.filter((file) => /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i.test(file)).toSorted();
  const written = await Promise.all(texts.map((file) => readFile(join(path, file), "utf8")));
  const text = written.join("\n\n") || standardText(license, holderOf(manifest));
  return { name, version, license, text: text.replaceAll("\r\n", "\n").trim() };
}

/** The licence of a package that brings no copy of it: SPDX's text of the MIT licence, with who the manifest names. */
function standardText(license: string, holder: string | undefined): string {
  if (license !== "MIT" || !holder) throw new Error(`${license} of ${holder} needs its text`);
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

function holderOf({ author }: { author?: string | { name: string } }): string | undefined {
  return typeof author === "object" ? author.name : author;
}

/** The licences of all packages, one after the other. */
export function thirdPartyLicenses(packages: readonly Bundled[]): string {
  const rule = "-".repeat(80);
  const parts = packages.map(({ name, version, license, text }) => `${name}@${version} (${license})\n\n${text}\n`);
  return `@spherepay/mock holds code of these packages.\n\n${rule}\n\n${parts.join(`\n${rule}\n\n`)}`;
}

/** A bill of materials in CycloneDX's JSON (https://cyclonedx.org/docs/1.6/json/), the same for the same packages. */
export function billOfMaterials(packages: readonly Bundled[], version: string): string {
  const purl = (name: string, of: string) => `pkg:npm/${name.replace("@", "%40")}@${of}`;
  const main = purl("@spherepay/mock", version);
  const components = packages.map(({ name, version: of, license }) => ({
    type: "library",
    "bom-ref": purl(name, of),
    name,
    version: of,
    purl: purl(name, of),
    licenses: [{ license: { id: license } }],
  }));
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "library", "bom-ref": main, name: "@spherepay/mock", version, purl: main },
    },
    components,
    dependencies: [{ ref: main, dependsOn: components.map((component) => component["bom-ref"]) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}
