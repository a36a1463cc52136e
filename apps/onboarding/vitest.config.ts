import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Much of the time goes by waiting for a browser or a runtime; vitest itself would leave one processor idle.
    maxWorkers: "100%",
    // Starting Chromium takes seconds on a small machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
