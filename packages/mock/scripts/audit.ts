/**
 * Looks for known vulnerabilities in what is bundled, which the audits of users cannot see.
 *
 * @example
 * node scripts/audit.ts
 */
import { readFile } from "node:fs/promises";

/** Where npm's own audit asks (https://docs.npmjs.com/cli/commands/npm-audit#bulk-advisory-endpoint). */
const endpoint = new URL(process.argv[2] ?? "https://registry.npmjs.org/-/npm/v1/security/advisories/bulk");

interface Advisory {
  url: string;
  title: string;
  severity: string;
}

const bill: { components: { name: string; version: string }[] } = JSON.parse(
  await readFile(new URL("../dist/sbom.json", import.meta.url), "utf8"),
);
const versions = new Map<string, string[]>();
for (const { name, version } of bill.components) versions.set(name, [...(versions.get(name) ?? []), version]);

const response = await fetch(endpoint, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(Object.fromEntries(versions)),
  signal: AbortSignal.timeout(60_000),
});
if (!response.ok) throw new Error(`${endpoint} answered ${response.status}`);
const advisories = Object.entries((await response.json()) as Record<string, Advisory[]>);
for (const [name, list] of advisories) {
  for (const { severity, title, url } of list)
    console.log(`${name}@${versions.get(name)?.join()}: ${severity}, ${title}, ${url}`);
}
const grave = advisories.flatMap(([, list]) => list).filter(({ severity }) => /high|critical/.test(severity));
console.log(`${bill.components.length} bundled packages, ${grave.length} grave vulnerabilities`);
process.exitCode = grave.length > 0 ? 1 : 0;
