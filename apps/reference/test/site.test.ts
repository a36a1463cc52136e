import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { readApiFile } from "@spherepay/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listPages } from "../src/operation-pages.ts";
import { hostPage } from "../src/page.ts";
import { buildDocs } from "../src/redoc.ts";
import { startReferenceServer, type ReferenceServer } from "../src/server.ts";

const site = new URL("../dist/", import.meta.url);
const names = await readdir(site);
const nameOf = (start: string, extension: string) =>
  names.find((name) => name.startsWith(start) && name.endsWith(extension)) ?? `${start} is missing`;

let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer();
});

afterAll(() => server.close());

describe("the built site", () => {
  it("holds the pages, what they load under names with a hash, and the description to download", async () => {
    const { api } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
    const files = names.filter((name) => !/\.(br|gz)$/.test(name));
    expect(files.map((name) => name.replace(/\.[0-9a-f]{12}\./, ".<hash>.")).toSorted()).toEqual(
      [
        ...listPages(api).map(({ name }) => name),
        "404.html",
        "changelog.<hash>.js",
        "changelog.html",
        "changelog.md",
        "index.html",
        "llms-full.txt",
        "llms.txt",
        "openapi.json",
        "openapi.yaml",
        "page.<hash>.js",
        "redoc.<hash>.js",
        "redocly.<hash>.svg",
        "site.<hash>.css",
        "start.<hash>.js",
      ].toSorted(),
    );
  });

  it("has what takes space beside it, compressed", () => {
    for (const name of ["index.html", nameOf("redoc.", ".js"), "createCustomer.md"]) {
      expect(names).toContain(`${name}.br`);
      expect(names).toContain(`${name}.gz`);
    }
  });

  it("holds the operation, its fields, all answers and all samples in the page itself", async () => {
    const page = await readFile(new URL("index.html", site), "utf8");
    const text = page.replaceAll(/<[^>]+>/g, "").replaceAll("&amp;", "&");
    for (const part of [
      "/v2/customer",
      "postalCode",
      "Postal code, as text so that leading zeros survive.",
      "proof_of_address",
      "A field is missing or wrong.",
      "Too Many Requests",
      'import { createSphereClient, isSphereApiError } from "@spherepay/client";',
      "http.NewRequest(",
      "response = requests.post(",
      "createCustomer: the API answered 400",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("asks browsers for their standard layout, as a formatter once took that line away", async () => {
    expect(await readFile(new URL("index.html", site), "utf8")).toMatch(/^<!doctype html>/);
  });

  it("is small until a reader uses it", async () => {
    const page = await readFile(new URL("index.html", site), "utf8");
    const loaded = [...page.matchAll(/<(?:link rel="stylesheet" href|script type="module" async src)="([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(loaded).toEqual([nameOf("page.", ".js")]);
    const sizes = await Promise.all(
      ["index.html", ...loaded].map(async (name) => {
        const compressed = names.includes(`${name}.br`) ? `${name}.br` : name;
        return (await readFile(new URL(compressed, site))).length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(35_000);
  });

  it("names no script, style, font or picture of another host, and runs no script within the page", async () => {
    const page = await readFile(new URL("index.html", site), "utf8");
    const loaded = [...page.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"/g)];
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.map(([, address]) => address).filter((address) => /^(https?:)?\/\//.test(address ?? ""))).toEqual([]);
    expect(page).not.toMatch(/@import|url\(["']?https?:/);
    expect([...page.matchAll(/<script\b(?![^>]*\bsrc=)/g)]).toEqual([]);
  });

  it("leads nowhere within itself that is not there", async () => {
    const page = await readFile(new URL("index.html", site), "utf8");
    const places = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, place]) => place);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((place) => !places.has(place!))).toEqual([]);
  });

  it("has telemetry off and the attribution's logo beside the page", async () => {
    const start = await readFile(new URL(nameOf("start.", ".js"), site), "utf8");
    const redoc = await readFile(new URL(nameOf("redoc.", ".js"), site), "utf8");
    expect(start).toContain('"disableTelemetry":true');
    expect(redoc).toContain("API docs by");
    expect(redoc).toContain(nameOf("redocly.", ".svg"));
    expect(redoc).not.toContain("cdn.redoc.ly");
  });

  it("offers the description exactly as the spec package has it", async () => {
    for (const name of ["openapi.json", "openapi.yaml"]) {
      const original = await readFile(new URL(import.meta.resolve(`@spherepay/spec/${name}`)), "utf8");
      expect(await (await fetch(`${server.url}/${name}`)).text()).toBe(original);
    }
  });
});

describe("building", () => {
  it("fails with the message of build-docs", async () => {
    await expect(
      buildDocs({ openapi: "3.1.0", info: { title: "No paths", version: "1" }, paths: [] }, []),
    ).rejects.toThrow(/must be an object/);
  });

  it("refuses a Redoc that the page was not made for", async () => {
    const document = { openapi: "3.1.0", info: { title: "Empty", version: "1" }, paths: {} };
    const page = await buildDocs(document, []);
    const sources = { redoc: "export {};", logo: "<svg/>", styles: "", head: "", bar: "", footer: "" };
    await expect(hostPage(page, [], sources)).rejects.toThrow("another Redoc");
  });
});

describe("the server", () => {
  it("allows no foreign source and no inline script", async () => {
    const { headers } = await fetch(server.url);
    expect(headers.get("content-type")).toBe("text/html;charset=utf-8");
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("lets files with a hash in their name be kept, and asks for the page again each time", async () => {
    const cacheControl = async (path: string) => (await fetch(server.url + path)).headers.get("cache-control");
    expect(await cacheControl(`/${nameOf("redoc.", ".js")}`)).toBe("public, max-age=31536000, immutable");
    expect(await cacheControl("/")).toBe("no-cache");
    expect(await cacheControl("/openapi.json")).toBe("no-cache");
  });

  it("answers an unknown path with status 404 and a page that leads back", async () => {
    const response = await fetch(`${server.url}/missing`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).toContain('<a href="./">');
  });

  it("serves a file that was built after it started", async () => {
    const file = new URL("later.txt", site);
    await writeFile(file, "later");
    try {
      expect(await (await fetch(`${server.url}/later.txt`)).text()).toBe("later");
    } finally {
      await rm(file);
    }
  });

  it("rejects with the system's error when its port is taken", async () => {
    const port = Number(new URL(server.url).port);
    await expect(startReferenceServer({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
  });

  it("frees its port when it is closed, also with an open connection", async () => {
    const another = await startReferenceServer();
    await fetch(another.url);
    await another.close();
    await expect(fetch(another.url)).rejects.toThrow("fetch failed");
  });
});
