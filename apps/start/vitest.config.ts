import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // vitest itself would leave one processor idle.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // It imports JSON in a way that Node itself refuses.
    server: { deps: { inline: [/@actions\//] } },
  },
});
