import { defineConfig } from "vitest/config";

// A browser and other programs start slowly on a busy machine.
export default defineConfig({
  test: {
    // The tests wait for other programs most of the time.
    maxWorkers: "150%",
    // Redoc takes seconds to start on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
