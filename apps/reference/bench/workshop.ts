/** A temporary folder with the pages that ours is compared with, made from the same document, and servers for all. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import scalar from "@scalar/fastify-api-reference";
import { type Api, type Operation, readApi, readApiFile } from "@spherepay/openapi";
import { redocly } from "@spherepay/spec/redocly";
import sirv from "sirv";
import { keep } from "../src/keep.ts";
import { precompress } from "../src/precompress.ts";
import { createSamples, type Sample } from "../src/samples.ts";
import { startReferenceServer } from "../src/server.ts";
import { staticStyles, writeStaticPage } from "./static-page.ts";

export interface Candidate {
  title: string;
  url: string;
  /** How the page is opened, so that it shows the operation. */
  opened: string;
  isRival?: boolean;
  isLimit?: boolean;
}

export interface Workshop {
  candidates: Candidate[];
  /** What the document says of the fields that the first operation takes. */
  fields: string[];
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const { api, document } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
  const samples = createSamples(api);
  const operation = api.operations[0]!;
  const folder = await mkdtemp(join(tmpdir(), "reference-bench-"));
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true })];
  const close = async () => {
    for (const one of closers.toReversed()) await one();
  };
  try {
    const rivals = join(folder, "rivals");
    const limit = join(folder, "static");
    const own = join(folder, "own");
    const text = JSON.stringify(withSamples(document, samples));
    await Promise.all([
      makeRedoc(join(rivals, "redoc"), text),
      makeScalar(join(rivals, "scalar"), text),
      makeSwaggerUi(join(rivals, "swagger-ui"), text),
      makeStatic(limit, api, samples),
      // A build meanwhile, as by `dev`, would take the page away.
      cp(fileURLToPath(new URL("../dist", import.meta.url)), own, { recursive: true }),
    ]);
    await precompress(pathToFileURL(rivals));
    await precompress(pathToFileURL(limit));
    const rivalServer = await serve(rivals);
    closers.push(rivalServer.close);
    const limitServer = await startReferenceServer({ site: pathToFileURL(`${limit}/`) });
    closers.push(limitServer.close);
    const ownServer = await startReferenceServer({ site: pathToFileURL(`${own}/`) });
    closers.push(ownServer.close);

    const rival = (title: string, path: string, opened: string): Candidate => {
      return { title, url: `${rivalServer.url}/${path}`, opened, isRival: true };
    };
    const {
      id,
      tags: [tag = "default"],
    } = operation;
    const scalarPlace = `tag/${tag.toLowerCase()}/${operation.method}${operation.path}`;
    const candidates: Candidate[] = [
      { title: "ours", url: `${ownServer.url}/`, opened: "as it is" },
      { title: "hand-made page", url: `${limitServer.url}/`, opened: "as it is", isLimit: true },
      rival("redocly build-docs --inlineBundle", `redoc/#/${tag}/${id}`.toLowerCase(), "link to the operation"),
      rival("Scalar", `scalar/#${scalarPlace}`, "link to the operation"),
      rival("Swagger UI", `swagger-ui/#/${tag}/${id}`, "link to the operation, schemas unfolded"),
    ];
    return { candidates, fields: listDescriptions(operation), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The samples of ours for all, in the form that Redoc and Scalar know. */
function withSamples(document: object, samples: Sample[]): object {
  const copy = structuredClone(document);
  for (const { id, source: operation } of readApi(copy).operations) {
    operation["x-codeSamples"] = samples
      .filter(({ operationId }) => operationId === id)
      .map(({ highlight, label, source }) => ({ lang: highlight, label, source }));
  }
  return copy;
}

async function makeRedoc(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const input = join(folder, "openapi.json");
  await writeFile(input, text);
  await redocly(["build-docs", input, "--inlineBundle", `--output=${join(folder, "index.html")}`], folder);
}

/**
 * Has Scalar's plugin for Fastify say what it would serve. It holds the same standalone script as
 * `@scalar/api-reference`, without that package's 250 others.
 */
async function makeScalar(folder: string, text: string): Promise<void> {
  const contents: Record<string, string> = { "openapi.json": text };
  const names: Record<string, string> = { "/": "index.html", "/js/scalar.js": "js/scalar.js" };
  const reply = (name: string) => {
    const answer = { header: () => answer, send: (content: string) => void (contents[name] = content) };
    return answer;
  };
  const fastify = {
    initialConfig: {},
    route({ url, handler }: { url: string; handler(request: object, answer: object): void }) {
      const name = names[url];
      if (name) handler({ url, protocol: "http", hostname: "localhost" }, reply(name));
    },
  };
  // Its tools for developers show on loopback alone, and no reader would wait for them.
  const options = { routePrefix: "/", configuration: { url: "openapi.json", showDeveloperTools: "never" } };
  await new Promise<void>((resolve) => (scalar as unknown as Plugin)(fastify, options, resolve));
  await mkdir(join(folder, "js"), { recursive: true });
  for (const name of [...Object.values(names), "openapi.json"]) {
    const content = contents[name];
    if (content === undefined) throw new Error(`Scalar's plugin has no ${name}`);
    await writeFile(join(folder, name), content);
  }
}

type Plugin = (fastify: object, options: object, done: () => void) => void;

async function makeSwaggerUi(folder: string, text: string): Promise<void> {
  const source = dirname(fileURLToPath(import.meta.resolve("swagger-ui-dist/index.html")));
  await cp(source, folder, { recursive: true, filter: (path) => !/\.map$|-es-|swagger-ui\.js$/.test(path) });
  const initializer = join(folder, "swagger-initializer.js");
  const stock = await readFile(initializer, "utf8");
  // It shows an example in place of the fields otherwise, and folds what is said of them.
  const own = stock.replace(
    /url: ".*?",/,
    'url: "openapi.json", defaultModelRendering: "model", defaultModelExpandDepth: 2,',
  );
  if (own === stock) throw new Error("Swagger UI's initializer is not as expected");
  await Promise.all([writeFile(initializer, own), writeFile(join(folder, "openapi.json"), text)]);
}

async function makeStatic(folder: string, api: Api, samples: Sample[]): Promise<void> {
  const files: Record<string, string> = {};
  files["index.html"] = writeStaticPage(api, samples, keep(files, "styles", "css", staticStyles));
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

/** Without the policy of our server, which would stop the rivals' inline scripts. */
async function serve(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(sirv(folder, { etag: true, brotli: true, maxAge: 0 }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Those of the outermost fields: stock Redoc and Scalar fold the others. */
function listDescriptions({ body }: Operation): string[] {
  const properties = Object.values(body?.contents[0]?.schema?.properties ?? {});
  const descriptions = properties.flatMap(({ description }) => description ?? []);
  if (descriptions.length === 0) throw new Error("The first operation takes no described fields");
  return descriptions;
}
