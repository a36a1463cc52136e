import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // vitest itself would leave one processor idle.
    maxWorkers: "100%",
    // The tests start real processes, which takes long on a busy machine.
    testTimeout: 30_000,
    // To load Prism for each file takes longer than most files do.
    isolate: false,
  },
});
