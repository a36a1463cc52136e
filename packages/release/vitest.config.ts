import { defineConfig } from "vitest/config";

// Files install, build and publish whole packages, which is work enough for one machine at a time.
export default defineConfig({ test: { fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 } });
