import { defineConfig } from "vitest/config";

// The tests start real processes, which takes long on a busy machine.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
