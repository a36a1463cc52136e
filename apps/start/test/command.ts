import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/**
 * Runs a command as a person would, in a process group of its own, as a terminal does. It ends with the test.
 *
 * @param variables of its environment
 * @example
 * const { output, interrupt, ended } = runCommand(root, ["pnpm", "start"], process.env);
 */
export function runCommand(cwd: string, [program, ...parameters]: string[], variables: NodeJS.ProcessEnv) {
  const child = spawn(program!, parameters, { cwd, env: variables, detached: true });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "exit") as Promise<[code: number | null]>;
  const interrupt = () => process.kill(-child.pid!, "SIGINT");
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) interrupt();
    await ended;
  });
  return {
    ended,
    output: () => output,
    /** Ctrl-C. */
    interrupt,
    /** Ends pnpm alone. */
    terminate: () => child.kill("SIGTERM"),
  };
}

/** The addresses that the block names. */
export function addressesIn(output: string): string[] {
  return [...output.matchAll(/(?:app|Reference|API) +(http:\S+)/g)].map(([, url]) => url!);
}

/** Whether someone answers there. */
export async function isListening(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
