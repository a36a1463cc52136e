/** How many bytes the app is that a browser downloads. */
import { brotliCompressSync } from "node:zlib";
import type { Bundle } from "./bundles.ts";
import { printTable } from "@spherepay/testing/table";

export function benchBytes(bundles: Bundle[]): void {
  const bytes = bundles.map(({ title, content }) => ({ title, size: brotliCompressSync(content).length }));
  const own = bytes.find(({ title }) => title === "@spherepay/client")!.size;
  printTable(
    "Bytes of an app that makes the call and shows its errors (esbuild --minify, brotli)",
    ["client", "bytes", "to ours"],
    bytes.map(({ title, size }) => [title, size, (size / own).toFixed(2)]),
    `aim: ours at most 3,700, better 3,325; it is ${own}`,
  );
}
