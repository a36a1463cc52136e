import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { precompress } from "../src/precompress.ts";
import { writeSite } from "../src/write-site.ts";
import { startReferenceServer, type ReferenceServer } from "../src/server.ts";

const page = `<!doctype html>${"<p>A page, é.</p>".repeat(50)}`;
const script = "console.log(1);\n".repeat(50);
const text = "Words, é.\n".repeat(50);

let folder: string;
let written: string[];
let server: ReferenceServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "precompress-"));
  await mkdir(join(folder, "inner"));
  const files = {
    "index.html": page,
    "app.0123456789ab.js": script,
    "notes.md": text,
    "llms.txt": text,
    "openapi.yaml": text,
    "inner/data.json": JSON.stringify(Array(100).fill(1)),
    "short.css": "a{}".repeat(66),
    "picture.png": text,
    "404.html": "Not here",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  written = await precompress(pathToFileURL(`${folder}/`));
  server = await startReferenceServer({ site: pathToFileURL(`${folder}/`) });
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

async function get(path: string, acceptEncoding: string, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { headers: { "Accept-Encoding": acceptEncoding, ...headers } });
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, header, encoding: header("content-encoding"), body: await response.text() };
}

describe("compressing", () => {
  it("writes both forms beside each text, and leaves out short files and pictures", async () => {
    const texts = ["app.0123456789ab.js", "index.html", "inner/data.json", "llms.txt", "notes.md", "openapi.yaml"];
    expect(written).toEqual(texts.flatMap((name) => [`${name}.br`, `${name}.gz`]));
    expect((await readdir(folder)).filter((name) => /^(?:short|picture|404)\..*\.(?:br|gz)$/.test(name))).toEqual([]);
  });

  it("writes what decompresses to the file", async () => {
    expect(brotliDecompressSync(await readFile(join(folder, "index.html.br"))).toString()).toBe(page);
    expect(gunzipSync(await readFile(join(folder, "index.html.gz"))).toString()).toBe(page);
  });

  it("writes the same bytes each time, without a date or a system in them, and compresses nothing twice", async () => {
    const read = () => Promise.all(written.map((name) => readFile(join(folder, name), "base64")));
    const before = await read();
    for (const name of written) await rm(join(folder, name));
    expect(await precompress(pathToFileURL(`${folder}/`))).toEqual(written);
    expect(await read()).toEqual(before);
    const header = (await readFile(join(folder, "index.html.gz"))).subarray(0, 10);
    expect([...header]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
  });

  it("leaves a form that holds its file, and writes others anew: of another content, broken, of a short file", async () => {
    await inFolder(async (root) => {
      await writeFile(join(root, "page.html"), page);
      const fast = brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
      await writeFile(join(root, "page.html.br"), fast);
      await writeFile(join(root, "page.html.gz"), "no gzip");
      await writeFile(join(root, "app.js"), script);
      await writeFile(join(root, "app.js.br"), brotliCompressSync(page));
      await writeFile(join(root, "short.css"), "a{}");
      await writeFile(join(root, "short.css.gz"), gzipSync("a{}"));
      const forms = ["app.js.br", "app.js.gz", "page.html.br", "page.html.gz"];
      expect(await precompress(pathToFileURL(`${root}/`))).toEqual(forms);
      expect(await readFile(join(root, "page.html.br"))).toEqual(fast);
      expect(gunzipSync(await readFile(join(root, "page.html.gz"))).toString()).toBe(page);
      expect(brotliDecompressSync(await readFile(join(root, "app.js.br"))).toString()).toBe(script);
      expect(await readdir(root)).not.toContain("short.css.gz");
    });
  });

  it("leaves out a form that is not smaller", async () => {
    await inFolder(async (noise) => {
      const bytes = createHash("shake256", { outputLength: 300 }).update("noise").digest();
      await writeFile(join(noise, "noise.txt"), bytes);
      expect(await precompress(pathToFileURL(`${noise}/`))).toEqual([]);
    });
  });
});

describe("writing a site", () => {
  it("leaves nothing of an earlier one but compressed forms that still hold", async () => {
    await inFolder(async (root) => {
      const site = pathToFileURL(`${root}/site/`);
      await writeSite(site, { "index.html": page, "app.js": script, "gone.js": script });
      await mkdir(new URL("folder/", site));
      const before = await stat(new URL("app.js.br", site));
      await writeSite(site, { "index.html": page.replace("A page", "Another page"), "app.js": script, "new.txt": "" });
      const forms = ["app.js", "index.html"].flatMap((name) => [name, `${name}.br`, `${name}.gz`]);
      expect((await readdir(site)).toSorted()).toEqual([...forms, "new.txt"]);
      expect(brotliDecompressSync(await readFile(new URL("index.html.br", site))).toString()).toContain("Another page");
      expect((await stat(new URL("app.js.br", site))).mtimeMs).toBe(before.mtimeMs);
    });
  });
});

async function inFolder(use: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "precompress-"));
  try {
    await use(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

describe("the server", () => {
  it("sends the form that the browser takes, brotli first", async () => {
    expect(await get("/", "gzip, deflate, br, zstd")).toMatchObject({ encoding: "br", body: page });
    expect(await get("/", "gzip")).toMatchObject({ encoding: "gzip", body: page });
    expect(await get("/", "identity")).toMatchObject({ encoding: null, body: page });
    expect(await get("/app.0123456789ab.js", "br")).toMatchObject({ encoding: "br", body: script });
    expect(await get("/short.css", "br")).toMatchObject({ encoding: null, body: "a{}".repeat(66) });
  });

  it("sends no form that the browser refuses", async () => {
    expect(await get("/", "br;q=0, gzip;q=0.5")).toMatchObject({ encoding: "gzip", body: page });
    expect(await get("/", "br; q=0.0,gzip;q=0")).toMatchObject({ encoding: null, body: page });
  });

  it("tells caches that the answer depends on the encoding, also when nothing changed", async () => {
    const { header } = await get("/", "br");
    expect(header("vary")).toBe("Accept-Encoding");
    const again = await get("/", "br", { "If-None-Match": header("etag") ?? "" });
    expect([again.status, again.header("vary")]).toEqual([304, "Accept-Encoding"]);
    expect((await get("/", "gzip")).header("etag")).not.toBe(header("etag"));
  });

  it.each(["br", "identity"])("names the type of each file and how long it keeps (%s)", async (acceptEncoding) => {
    const types: [string, string, string][] = [
      ["/", "text/html;charset=utf-8", "no-cache"],
      ["/notes.md", "text/markdown; charset=utf-8", "no-cache"],
      ["/llms.txt", "text/plain; charset=utf-8", "no-cache"],
      ["/openapi.yaml", "application/yaml", "no-cache"],
      ["/inner/data.json", "application/json", "no-cache"],
      ["/app.0123456789ab.js", "text/javascript", "public, max-age=31536000, immutable"],
    ];
    for (const [path, type, cacheControl] of types) {
      const { header } = await get(path, acceptEncoding);
      expect([path, header("content-type"), header("cache-control")]).toEqual([path, type, cacheControl]);
    }
  });

  it("answers an unknown path with the site's own page", async () => {
    expect(await get("/missing", "br")).toMatchObject({ status: 404, encoding: null, body: "Not here" });
  });
});
