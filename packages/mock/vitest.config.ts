import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Suites that others wrote. Where nobody has them, there is nothing to be tested with them.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env["SUITES"] ? [] : ["test/suites/**", "test/long/{public-documents,schema-values,values}.test.ts"]),
    ],
    // vitest itself would leave one processor idle.
    maxWorkers: "100%",
    // The tests start real processes, which takes long on a busy machine.
    testTimeout: 30_000,
    // To load Prism for each file takes longer than most files do.
    isolate: false,
  },
});
