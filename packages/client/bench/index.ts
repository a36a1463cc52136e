/**
 * What the client costs beside its rivals, in one run. Prints each number with its aim, met or missed.
 *
 * @example
 * pnpm --filter @spherepay/client run bench # all tables
 * pnpm --filter @spherepay/client run bench cpu heap
 */
import { benchBytes } from "./bytes.ts";
import { benchCpu } from "./cpu.ts";
import { benchGenerate } from "./generate.ts";
import { benchHeap } from "./heap.ts";
import { benchImport } from "./import.ts";
import { benchTypes } from "./types.ts";
import { openWorkshop } from "./workshop.ts";

const tables = {
  bytes: benchBytes,
  types: benchTypes,
  generate: benchGenerate,
  import: benchImport,
  heap: benchHeap,
  cpu: benchCpu,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(tables, name));
if (unknown.length > 0) throw new Error(`there is no table ${unknown}: take ${Object.keys(tables).join(", ")}`);

const workshop = await openWorkshop();
try {
  for (const [name, bench] of Object.entries(tables)) {
    if (wanted.length === 0 || wanted.includes(name)) await bench(workshop);
  }
} finally {
  await workshop.remove();
}
