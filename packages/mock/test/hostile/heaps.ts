import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * Has a mock in a process of its own answer requests that differ.
 *
 * @param counts after how many of them the heap is measured
 * @returns how many bytes the heap holds then
 */
export async function measureHeaps(counts: readonly number[]): Promise<number[]> {
  const script = fileURLToPath(new URL("memory.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, ...counts.map(String)], {
    timeout: 100_000,
  });
  return JSON.parse(stdout) as number[];
}
