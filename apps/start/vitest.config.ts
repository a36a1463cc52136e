import { defineConfig } from "vitest/config";

// Each file runs the whole workspace, which is work enough for one machine at a time.
export default defineConfig({ test: { fileParallelism: false, testTimeout: 60_000, hookTimeout: 180_000 } });
