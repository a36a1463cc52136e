/** What the mock costs beside Prism's own, in one run: calls in-process, start, requests per second, memory. */
import { benchInProcess } from "./in-process.ts";
import { benchLoad } from "./load.ts";
import { benchStart } from "./start.ts";

// First, while nothing else has been compiled or collected in this process.
await benchInProcess();
await benchStart();
await benchLoad();
