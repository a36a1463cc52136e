/** How many bytes the app is that a browser downloads. */
import { brotliCompressSync } from "node:zlib";
import { printTable } from "@spherepay/testing/table";
import { bundleApps } from "./bundles.ts";
import { verdict, type Workshop } from "./workshop.ts";

export async function benchBytes({ folder }: Workshop): Promise<void> {
  const one = await bundleApps(folder, "one");
  const five = await bundleApps(folder, "five");
  const sizes = one.map(({ title, code }, index) => {
    const [few, many] = [code, five[index]!.code].map((text) => brotliCompressSync(text).length) as [number, number];
    return { title, few, many, each: (many - few) / 4 };
  });
  const own = sizes.find(({ title }) => title === "@spherepay/client")!;
  printTable(
    "Bytes of an app that makes the call and shows its errors (esbuild --minify, brotli)",
    ["client", "one operation", "five", "each further"],
    sizes.map(({ title, few, many, each }) => [title, few, many, each]),
    [
      verdict("one operation", own.few, 3550),
      verdict("five", own.many, 3650),
      verdict("each further", own.each, 25),
    ].join("; "),
  );
}
