import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The workspace's folder. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What `turbo --json` prints. */
interface Line {
  /** `turbo`, or the task that it is about: `@spherepay/spec#bundle`. */
  source: string;
  text: string;
}

/**
 * Builds as `build` does, and prints what it is doing. Prints nothing when all is in the cache.
 *
 * @throws Error as `build` does
 * @example
 * await buildAloud(new AbortController().signal);
 */
export async function buildAloud(signal: AbortSignal): Promise<void> {
  const begin = performance.now();
  let isSilent = true;
  const print = (text: string) =>
    console.log(`  ${((performance.now() - begin) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  await build(signal, (task) => {
    if (isSilent) console.log("\nBuilding what has changed:\n");
    isSilent = false;
    print(task);
  });
  if (!isSilent) print("done");
}

/**
 * Builds of what the servers need whatever has changed.
 *
 * @param signal ends the build
 * @param onTask is called as each task starts that the cache does not have, with its name: `spec bundle`
 * @throws Error with what the failed tasks printed, or the signal's reason
 * @example
 * await build(signal, (task) => console.log(task));
 */
export async function build(signal: AbortSignal, onTask: (task: string) => void = () => {}): Promise<void> {
  const turbo = spawn(
    "node_modules/.bin/turbo",
    [
      "run",
      "build",
      "--filter=@spherepay/start^...",
      "--continue=dependencies-successful",
      "--json",
      "--output-logs=new-only",
    ],
    { cwd: root, env: { ...process.env, DO_NOT_TRACK: "1" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const stop = () => turbo.kill();
  signal.addEventListener("abort", stop);

  const failures: { folder: string; task: string }[] = [];
  let trouble = "";
  turbo.stderr.on("data", (chunk) => (trouble += String(chunk)));
  createInterface(turbo.stdout).on("line", (line) => {
    const { source, text } = JSON.parse(line) as Line;
    if (text.startsWith("cache miss")) onTask(source.replace("@spherepay/", "").replace("#", " "));
    const [, folder, task] = (source === "turbo" && /^command \((.+)\) \S+ run (\S+) exited/.exec(text)) || [];
    if (folder && task) failures.push({ folder, task });
  });
  const [code] = await once(turbo, "close");
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code === 0) return;
  const reasons = await Promise.all(
    failures.map(async ({ folder, task }) => {
      const log = await readFile(`${folder}/.turbo/turbo-${task}.log`, "utf8");
      // pnpm says what it runs and that it failed.
      const lines = log.split("\n").filter((text) => !/^(?:\$ |\[ELIFECYCLE\])/.test(text));
      return `${relative(root, folder)}: ${task} failed.\n\n${lines.join("\n").trim()}`;
    }),
  );
  throw new Error(reasons.join("\n\n") || trouble.trim());
}
