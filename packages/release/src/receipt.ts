import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSmaller } from "./bump.ts";
import type { Examination } from "./examine.ts";
import { packageNames, type PackageName } from "./last-release.ts";
import type { RatedChange } from "./spec-changes.ts";

/** Lines of a difference beyond which it is cut. */
const longest = 120;

/** What a change is to those who use a package, whatever the version says; the weightiest first. */
const kinds = { major: "breaking", minor: "addition", patch: "detail" };

/**
 * The receipt of a change, in Markdown: the bumps, what changes in the spec, in the public types and in the size of the
 * client.
 */
export async function writeReceipt(examination: Examination): Promise<string> {
  const { last, packages } = examination;
  const bumps = packageNames.map((name) => {
    const { needed, pending } = packages[name];
    const [from, to] = [last ? needed : "any", pending.bump];
    return `| \`${name}\` | ${last?.versions[name] ?? "not released"} | ${from} | ${to} |`;
  });
  const table = ["| Package | Last release | Needs | Pending |", "|---|---|---|---|", ...bumps].join("\n");
  const ofMock = list(
    examination.specChanges.filter(({ client, mock }) => isSmaller(client, mock)),
    "mock",
  );
  const typesOfMock = last
    ? await compare(last.types["@spherepay/mock"], examination.build.types["@spherepay/mock"])
    : "";
  const parts = [
    "## Release receipt",
    table,
    ...(await describe(examination, "@spherepay/client")),
    ofMock.length > 0 && `**More than that to the mock's users:**\n\n${ofMock.join("\n")}`,
    typesOfMock && `**Public types of the mock:**\n\n\`\`\`diff\n${typesOfMock}\n\`\`\``,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/**
 * What a package's changelog says besides its changesets.
 *
 * @returns Markdown without headings; empty when nothing but code has changed
 */
export async function writeChangelogEntry(examination: Examination, name: PackageName): Promise<string> {
  return (await describe(examination, name)).join("\n\n");
}

async function describe({ last, build, specChanges }: Examination, name: PackageName): Promise<string[]> {
  const forClient = name === "@spherepay/client";
  const size = `${build.size.brotli} bytes with brotli, ${build.size.gzip} with gzip`;
  if (!last) return forClient ? [`**Size of the client:** ${size}.`] : [];

  const version = last.versions[name];
  const changes = list(specChanges, forClient ? "client" : "mock");
  const types = await compare(last.types[name], build.types[name]);
  const parts = [
    changes.length > 0 && `**The API since ${version}:**\n\n${changes.join("\n")}`,
    types && `**Public types:**\n\n\`\`\`diff\n${types}\n\`\`\``,
  ];
  if (forClient) {
    const difference = build.size.brotli - last.size.brotli;
    parts.push(
      difference !== 0 && `**Size of the client:** ${size} (${difference > 0 ? "+" : ""}${difference} with brotli).`,
    );
  }
  return parts.filter((part) => part !== false && part !== "") as string[];
}

/** The changes as lines of a list, the weightiest for this user first. */
function list(changes: RatedChange[], user: "client" | "mock"): string[] {
  return Object.entries(kinds).flatMap(([bump, kind]) =>
    changes.filter((change) => change[user] === bump).map(({ words }) => `- ${kind}: ${words}`),
  );
}

/** The lines in which two texts differ, each with the lines around it, as `git diff` shows them. */
async function compare(before: string, after: string): Promise<string> {
  if (before === after) return "";
  const folder = await mkdtemp(join(tmpdir(), "spherepay-receipt-"));
  try {
    await Promise.all([writeFile(join(folder, "before"), before), writeFile(join(folder, "after"), after)]);
    const parameters = ["diff", "--no-index", "--no-color", "--unified=2", "before", "after"];
    const text = await new Promise<string>((resolve, reject) => {
      execFile("git", parameters, { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
        // 1 says that they differ.
        error && error.code !== 1 ? reject(new Error(`git diff failed.\n${stderr}`)) : resolve(stdout),
      );
    });
    const lines = text
      .trimEnd()
      .split("\n")
      .slice(4)
      .map((line) => line.replace(/^@@.*$/, "@@"));
    if (lines[0] === "@@") lines.shift();
    const rest = lines.length - longest;
    return [...lines.slice(0, longest), ...(rest > 0 ? [`@@ and ${rest} more lines`] : [])].join("\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
