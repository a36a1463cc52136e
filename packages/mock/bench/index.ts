/** What the mock costs beside Prism's own, in one run: calls in process, start, CPU time for each request, memory. */
import { benchInProcess } from "./in-process.ts";
import { benchCpu } from "./cpu.ts";
import { benchStart } from "./start.ts";

// First, while nothing else has been compiled or collected in this process.
await benchInProcess();
await benchStart();
await benchCpu();
