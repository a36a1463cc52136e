/** What the client costs beside its rivals, in one run: CPU per call, bytes, type checking, import. */
import { benchBytes } from "./bytes.ts";
import { bundleApps } from "./bundles.ts";
import { benchCpu } from "./cpu.ts";
import { benchImport } from "./import.ts";
import { benchTypes } from "./types.ts";
import { openWorkshop } from "./workshop.ts";

const workshop = await openWorkshop();
try {
  const bundles = await bundleApps(workshop);
  benchBytes(bundles);
  await benchTypes(workshop);
  await benchImport(workshop);
  await benchCpu(bundles);
} finally {
  await workshop.remove();
}
