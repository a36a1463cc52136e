/**
 * How the pipeline compares with the bare tools, as ratios of medians from interleaved runs on this machine:
 * 1. a build with nothing to do, against turbo with nothing to do in an empty workspace;
 * 2. everything rebuilt after an edit of the spec, against tools that do as much, run by hand one after the other.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";
import { editSpec } from "@spherepay/testing/edit-spec";

const rounds = 7;
const workspace = await copyWorkspace();
const empty = await emptyWorkspace();
const bin = join(workspace.folder, "node_modules/.bin");

function run(folder: string, command: string, ...parameters: string[]): number {
  const begin = performance.now();
  execFileSync(command, parameters, { cwd: folder, env: workspace.env, stdio: "pipe" });
  return performance.now() - begin;
}

async function edit(round: number): Promise<void> {
  await editSpec(workspace, /City or town.*\./, `City or town ${round}.`);
}

/** The commands that someone without a pipeline types after an edit of the spec. */
function runByHand(): number {
  const { folder } = workspace;
  const out = (name: string) => join(tmp, name);
  const redocly = join(folder, "spec/node_modules/.bin/redocly");
  return (
    run(folder, redocly, "bundle", "spec/openapi.yaml", "--output", out("openapi.json")) +
    run(
      folder,
      join(folder, "packages/client/node_modules/.bin/openapi-typescript"),
      out("openapi.json"),
      "--output",
      out("schema.ts"),
    ) +
    run(folder, join(bin, "tsc"), "-p", "packages/client/tsconfig.build.json", "--outDir", out("client")) +
    run(folder, join(bin, "tsc"), "-p", "apps/onboarding/tsconfig.build.json", "--outDir", out("onboarding")) +
    run(folder, redocly, "build-docs", out("openapi.json"), "--inlineBundle", "--output", out("index.html"))
  );
}

async function emptyWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "empty-"));
  await mkdir(join(folder, "packages/nothing"), { recursive: true });
  const files = {
    "package.json": { name: "empty", private: true, packageManager: "pnpm@12.18.0" },
    "packages/nothing/package.json": { name: "nothing", private: true, scripts: { build: "node --eval 0" } },
    "turbo.json": { tasks: { build: { outputs: ["dist/**"] } } },
    "pnpm-workspace.yaml": { packages: ["packages/*"], pmOnFail: "ignore" },
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
  execFileSync("pnpm", ["install", "--offline"], { cwd: folder, stdio: "pipe" });
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  return folder;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function report(title: string, ours: number[], bare: number[]): void {
  const [our, their] = [median(ours), median(bare)];
  console.log(
    `${title}: ${(our / their).toFixed(2)}x (${our.toFixed(0)} ms against ${their.toFixed(0)} ms, medians of ${ours.length})`,
  );
}

const tmp = await mkdtemp(join(tmpdir(), "by-hand-"));
const turbo = join(bin, "turbo");
try {
  run(workspace.folder, turbo, "run", "build");
  run(empty, turbo, "run", "build");
  const warm: number[] = [];
  const warmEmpty: number[] = [];
  for (let round = 0; round < rounds; round++) {
    warm.push(run(workspace.folder, turbo, "run", "build"));
    warmEmpty.push(run(empty, turbo, "run", "build"));
  }
  report("build with nothing to do / turbo in an empty workspace", warm, warmEmpty);

  const ours: number[] = [];
  const byHand: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await edit(round);
    byHand.push(runByHand());
    ours.push(run(workspace.folder, turbo, "run", "build"));
  }
  report("everything rebuilt after a spec edit / the bare tools by hand", ours, byHand);
} finally {
  await Promise.all([workspace.remove("."), rm(empty, { recursive: true }), rm(tmp, { recursive: true })]);
}
