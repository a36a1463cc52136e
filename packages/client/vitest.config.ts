import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // vitest itself would leave one processor idle.
    maxWorkers: "100%",
    // The tests start real processes, which takes long on a busy machine.
    testTimeout: 30_000,
    typecheck: { enabled: true, checker: "tsc" },
  },
});
