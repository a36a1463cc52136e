import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Question, Setup } from "./app-process.ts";
import type { Bundle } from "./bundles.ts";
import { examples } from "./workshop.ts";

export type Runner = Awaited<ReturnType<typeof startApp>>;

/**
 * Starts an app in a process of its own, because in a shared one each pays for the garbage and the spoilt inline caches
 * of the others.
 */
export async function startApp(folder: string, bundle: Bundle, options: string[] = []) {
  const program = fileURLToPath(new URL("app-process.ts", import.meta.url));
  const child = fork(program, { execArgv: options, serialization: "advanced" });
  const ask = (question: Setup | Question) =>
    new Promise<number>((resolve, reject) => {
      const failed = () => reject(new Error(`${bundle.title}: its process ended; its error is above`));
      child.once("exit", failed);
      child.once("message", (reply) => {
        child.off("exit", failed);
        resolve(Number(reply));
      });
      child.send(question);
    });
  const file = join(folder, `${bundle.title.replaceAll(/\W/g, "-")}.mjs`);
  await ask({ ...examples, ...bundle, file });
  return { title: bundle.title, ask, stop: () => child.kill() };
}
