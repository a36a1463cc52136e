import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Each file runs the whole workspace, which is work enough for one machine at a time.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // It imports JSON in a way that Node itself refuses.
    server: { deps: { inline: [/@actions\//] } },
  },
});
