/** What generating costs, for more and more operations, beside openapi-typescript, which makes types and no table. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable } from "@spherepay/testing/table";
import { run, spec, verdict, type Workshop } from "./workshop.ts";

const sizes = [10, 100, 1000];

export async function benchGenerate({ folder }: Workshop): Promise<void> {
  const program = fileURLToPath(new URL("generate-process.ts", import.meta.url));
  const times = { ours: [] as number[], main: [] as number[], transform: [] as number[] };
  for (const size of sizes) {
    const file = join(folder, `${size}.json`);
    await writeFile(file, JSON.stringify(repeat(spec, size)));
    for (const [name, values] of Object.entries(times)) {
      values.push(Number(await run(process.execPath, program, name, file)));
    }
  }
  const { ours, main, transform } = times;
  const row = (title: string, values: number[]) => [title, values.map((time) => time.toFixed(0))].flat();
  const ratios = (title: string, others: number[]) =>
    [title, ours.map((time, index) => (time / others[index]!).toFixed(2))].flat();
  printTable(
    "CPU of generating, in milliseconds, by the number of operations",
    ["generator", ...sizes.map(String)],
    [
      row("ours, types and table", ours),
      row("openapi-typescript, its main function", main),
      row("openapi-typescript, transformSchema alone", transform),
      ratios("ours to the main function", main),
      ratios("ours to transformSchema", transform),
    ],
    [
      ...sizes.map((size, index) => verdict(`${size}: ours to the main function`, ours[index]! / main[index]!, 1.1)),
      verdict("ours, an operation of 1,000 to one of 100", ours[2]! / 10 / ours[1]!, 1.3),
      "medians of 5 runs in one process each, after a second of others",
    ].join("\n   "),
  );
}

/** A document with so many operations, each time with schemas and answers of their own. */
function repeat(document: typeof spec, operations: number): object {
  const { securitySchemes, ...parts } = document.components;
  const components: Record<string, object> = Object.fromEntries(Object.keys(parts).map((kind) => [kind, {}]));
  const paths: Record<string, object> = {};
  for (let left = operations, copy = 0; left > 0; copy++) {
    const text = JSON.stringify({ parts, paths: document.paths })
      .replaceAll(/"#\/components\/[^"]+/g, `$&_${copy}`)
      .replaceAll(/"operationId":"\w+/g, `$&_${copy}`);
    const copied: { parts: Record<string, object>; paths: Record<string, object> } = JSON.parse(text);
    for (const [kind, members] of Object.entries(copied.parts)) {
      Object.assign(
        components[kind]!,
        Object.fromEntries(Object.entries(members).map(([name, part]) => [`${name}_${copy}`, part])),
      );
    }
    for (const [path, item] of Object.entries(copied.paths)) {
      paths[`/${copy}${path}`] = item;
      left -= Object.keys(item).length;
    }
  }
  return { ...document, paths, components: { ...components, securitySchemes } };
}
