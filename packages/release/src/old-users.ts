/**
 * Runs the tests of the last release against what is built now: what a user wrote then has to compile and to work,
 * unless a breaking release is announced. Of the client's tests those are taken that know its public entries alone.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { isBreaking } from "./bump.ts";
import { findReleaseCommit, git, publishedPackages, readLastRelease, workspace } from "./last-release.ts";
import { readPending } from "./pending.ts";

const client = publishedPackages["@spherepay/client"];

/** Failed tests that are named of each file. */
const mostPerFile = 5;

if (import.meta.main) {
  try {
    console.log(await checkOldUsers());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/**
 * Runs the tests of the last release, unless there is none or a breaking one is announced.
 *
 * @returns which of them pass, or why none was run
 * @throws Error that names what fails
 * @example
 * console.log(await checkOldUsers());
 */
export async function checkOldUsers(): Promise<string> {
  const last = await readLastRelease();
  if (!last) return "Nothing has been released yet: there are no users to keep working.";
  const version = last.versions["@spherepay/client"];
  const { bump, file } = (await readPending())["@spherepay/client"];
  if (isBreaking(version, bump)) {
    return `${file} announces a breaking release (${bump}): what was written for ${version} may break.`;
  }
  const commit = await findReleaseCommit();
  const folder = await layOut(commit);
  try {
    const names = (await readdir(join(folder, "test"))).filter((name) => /\.test(-d)?\.ts$/.test(name));
    const failures = await run(folder);
    if (failures.length === 0) {
      return `What was written for ${version} still works: ${names.toSorted().join(", ")}.`;
    }
    throw new Error(
      `What was written for ${version} does not work any more:\n\n${failures.join("\n")}\n\n` +
        "Keep it working, or announce that it breaks. In a changeset, write:\n\n" +
        `    "@spherepay/client": ${version.startsWith("0.") ? "minor" : "major"}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the old tests into a folder of their own, where `@spherepay/client` is the new build. */
async function layOut(commit: string): Promise<string> {
  // Inside the workspace, so that vitest is found.
  const folder = join(workspace, "packages/release/dist/old-users");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "test"), { recursive: true });
  await mkdir(join(folder, "src"));
  const entries = await findEntries(commit);
  const sources = new Set(entries.keys());
  for (const [source, module] of entries) await writeFile(join(folder, source), `export * from "${module}";\n`);
  const files = await readTests(commit);
  const tests = [...files.keys()].filter((name) => /\.test(-d)?\.ts$/.test(name));
  for (const name of tests) {
    const own = withImports(name, files);
    if (!knowEntriesAlone(own, sources)) continue;
    for (const [file, source] of own) await writeFile(join(folder, "test", file), source);
  }
  await cp(join(workspace, client, "package.json"), join(folder, "package.json"));
  for (const name of ["dist", "node_modules"]) await symlink(join(workspace, client, name), join(folder, name), "dir");
  const base = join(workspace, "tsconfig.base.json");
  const compilerOptions = { noEmit: true, types: ["node"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ extends: base, compilerOptions, include: ["test"] }));
  return folder;
}

/** The module that each entry is imported as, by its source. */
async function findEntries(commit: string): Promise<Map<string, string>> {
  const { name, exports } = JSON.parse(await git("show", `${commit}:${client}/package.json`));
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
  return new Map(entries.map((entry) => [`src/${entry === "." ? "index" : entry.slice(2)}.ts`, name + entry.slice(1)]));
}

/** The client's tests and what they share, by name. */
async function readTests(commit: string): Promise<Map<string, string>> {
  const folder = `${client}/test/`;
  const paths = (await git("ls-tree", "--name-only", commit, folder)).trim().split("\n");
  const files = paths.filter((path) => path.endsWith(".ts"));
  return new Map(
    await Promise.all(
      files.map(async (path) => [path.slice(folder.length), await git("show", `${commit}:${path}`)] as const),
    ),
  );
}

/** A file of tests and all that it imports of those beside it. */
function withImports(name: string, files: Map<string, string>, found = new Map<string, string>()) {
  const source = files.get(name);
  if (source === undefined || found.has(name)) return found;
  found.set(name, source);
  for (const [, imported] of source.matchAll(/"\.\/([^"]*)"/g)) withImports(imported!, files, found);
  return found;
}

function knowEntriesAlone(files: Map<string, string>, entries: Set<string>): boolean {
  const outside = [...files.values()].flatMap((source) => source.match(/(?<="\.\.\/)[^"]*(?=")/g) ?? []);
  return outside.length > 0 && outside.every((path) => entries.has(path));
}

/** The failed tests, each with the first line of its error. */
async function run(folder: string): Promise<string[]> {
  const report = join(folder, "report.json");
  const vitest = join(workspace, "node_modules/vitest/vitest.mjs");
  const options = ["run", "--typecheck", "--testTimeout=30000", "--reporter=json", `--outputFile=${report}`];
  const { failed, output } = await new Promise<{ failed: boolean; output: string }>((resolve) => {
    execFile(process.execPath, [vitest, ...options], { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stripVTControlCharacters(stdout + stderr).trim() }),
    );
  });
  const { testResults }: Report = JSON.parse(
    await readFile(report, "utf8").catch(() => Promise.reject(new Error(`vitest did not run.\n${output}`))),
  );
  // Types first: they say best what is missing.
  const byFile = testResults.toSorted((one, other) => Number(isTypeTest(other.name)) - Number(isTypeTest(one.name)));
  const failures = byFile.flatMap(({ name, status, message, assertionResults }) => {
    const file = basename(name);
    const tests = assertionResults.filter((test) => test.status === "failed");
    if (tests.length === 0) return status === "failed" ? [`- ${file}: ${firstLine(message)}`] : [];
    const lines = tests.map(({ fullName, failureMessages }) => {
      const title = fullName.replace(`test/${file} `, "");
      return `- ${file}, "${title}": ${firstLine(failureMessages[0] ?? "")}`;
    });
    const rest = lines.length - mostPerFile;
    return rest > 0 ? lines.slice(0, mostPerFile).concat(`- ${file}: ${rest} more tests fail`) : lines;
  });
  if (!failed || failures.length > 0) return failures;
  // In files that are shared by tests vitest finds type errors, and does not say which.
  const errors = await findTypeErrors(folder);
  return errors.length > 0 ? errors : [output];
}

async function findTypeErrors(folder: string): Promise<string[]> {
  const tsc = join(workspace, "node_modules/typescript/bin/tsc");
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [tsc, "--pretty", "false"], { cwd: folder }, (_, stdout) => resolve(stdout));
  });
  return [...output.matchAll(/^test\/(.+?)\(\d+,\d+\): error TS\d+: (.*)$/gm)].map(
    ([, file, message]) => `- ${file}: ${message}`,
  );
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

function isTypeTest(file: string): boolean {
  return file.endsWith(".test-d.ts");
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).trim().split("\n")[0] ?? "";
}
