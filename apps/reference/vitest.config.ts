import { defineConfig } from "vitest/config";

// A browser and other programs start slowly on a busy machine.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
