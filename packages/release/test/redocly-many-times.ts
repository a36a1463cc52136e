/**
 * Redocly's command line, many times in one process. It takes 0.3 s to load and 0.05 s to compare, and has no entry for
 * programs. Its own file is imported again and again, each time with other parameters in `process.argv`.
 */
import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { redoclyEnvironment, redoclyProgram } from "@spherepay/spec/redocly";

/**
 * Runs Redocly once for each list of parameters, in a process of its own.
 *
 * @returns what it printed each time on standard output
 * @throws Error with what it printed, when one of them fails
 * @example
 * const [first] = await runRedoclyManyTimes([["diff", "old.yaml", "new.yaml"]]);
 */
export async function runRedoclyManyTimes(runs: string[][]): Promise<string[]> {
  const running = promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url)], {
    env: redoclyEnvironment,
    maxBuffer: 2 ** 28,
  });
  running.child.stdin!.end(JSON.stringify(runs));
  return JSON.parse((await running).stdout);
}

if (import.meta.main) {
  let input = "";
  for await (const chunk of process.stdin) input += String(chunk);
  const outputs: string[] = [];
  for (const parameters of JSON.parse(input) as string[][]) outputs.push(await runHere(parameters, outputs.length));
  process.stdout.write(JSON.stringify(outputs));
}

async function runHere(parameters: string[], index: number): Promise<string> {
  const { exit, stdout } = process;
  const write = stdout.write;
  let output = "";
  process.argv = [process.execPath, redoclyProgram, ...parameters];
  stdout.write = (chunk: unknown) => {
    output += String(chunk);
    return true;
  };
  // It exits when nothing is left to do.
  const exited = new Promise<unknown>((resolve) => {
    process.exit = resolve as typeof process.exit;
  });
  try {
    // bin/cli.js imports this file, which a second import of bin/cli.js would not run again.
    await import(`${new URL("../lib/index.js", pathToFileURL(redoclyProgram)).href}?${index}`);
    const status = await exited;
    if (status !== 0) throw new Error(`redocly ${parameters.join(" ")} ended with ${String(status)}.\n${output}`);
    return output;
  } finally {
    process.exit = exit;
    stdout.write = write;
  }
}
