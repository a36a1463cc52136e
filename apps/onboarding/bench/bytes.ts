import { brotliCompressSync, gzipSync } from "node:zlib";
import { createMock } from "@spherepay/mock";
import { startOnboardingServer } from "../dist/server.js";
import { printTable } from "@spherepay/testing/table";
import { fields, newVisitor } from "./visitor.ts";

/** Bytes of each page with all that it refers to. */
export async function benchBytes(): Promise<void> {
  const mock = await createMock();
  const { fetch } = globalThis;
  // The app's own calls go to the mock, those of this file to the app.
  globalThis.fetch = (input, init) =>
    String(input instanceof Request ? input.url : input).startsWith("http://127.0.0.1:4010/")
      ? mock.fetch(input, init)
      : fetch(input, init);
  const { url, close } = await startOnboardingServer({ apiKey: "test", environment: "mock" });
  const { headers, form, result } = await newVisitor(url);

  const read = async (path: string, init: RequestInit = {}) => (await fetch(url + path, { headers, ...init })).text();
  const assets = await Promise.all(["/styles.css", "/enhance.js", "/icon.svg"].map((path) => read(path)));
  const refused = { method: "POST", body: new URLSearchParams({ ...fields, state: "" }) };
  const pages = {
    home: await read("/"),
    form: await read(form),
    "form with errors": await read(form, refused),
    result: await read(result),
  };
  await close();
  globalThis.fetch = fetch;

  const size = (measure: (text: string) => number) => (page: string) =>
    ([page, ...assets].reduce((sum, text) => sum + measure(text), 0) / 1000).toFixed(1);
  const plain = size((text) => Buffer.byteLength(text));
  const gzip = size((text) => gzipSync(text).length);
  const brotli = size((text) => brotliCompressSync(text).length);
  printTable(
    "kB of a page with its stylesheet, script and icon",
    ["Page", "plain", "gzip", "brotli"],
    Object.entries(pages).map(([name, page]) => [name, plain(page), gzip(page), brotli(page)]),
    "bodies alone",
  );
}
