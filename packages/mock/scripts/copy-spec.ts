import { copyFile } from "node:fs/promises";

// The mock ships the document, so that it works without the private package that holds it.
await copyFile(
  new URL(import.meta.resolve("@spherepay/spec/openapi.json")),
  new URL("../dist/openapi.json", import.meta.url),
);
