import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Starting Chromium takes seconds on a small machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
