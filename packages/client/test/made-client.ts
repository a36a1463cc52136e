import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readApi } from "@spherepay/openapi";
import { afterAll } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import type { SphereCall, SphereCallOptions } from "../src/index.ts";

type Method = (given?: object, options?: SphereCallOptions) => SphereCall<any>;

/** A client of operations that only the test knows. */
export interface MadeClient {
  /** Where its source is, in `src`. */
  folder: string;
  createSphereClient(options?: object): Record<string, Method>;
  createSphereHttp(options?: object): Record<string, (path: string, init?: object) => Promise<any>> & {
    use(middleware: object): void;
  };
}

const made = new Map<string, Promise<MadeClient>>();
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Generates a client from the paths of a document, and the rest of it; once for the same ones in a file of tests. */
export function makeClient(paths: object, rest: object = {}): Promise<MadeClient> {
  const source = JSON.stringify([paths, rest]);
  const client = made.get(source) ?? generate(paths, rest);
  made.set(source, client);
  return client;
}

async function generate(paths: object, rest: object): Promise<MadeClient> {
  const folder = await mkdtemp(join(tmpdir(), "made-client-"));
  folders.push(folder);
  await cp(fileURLToPath(new URL("../src", import.meta.url)), join(folder, "src"), { recursive: true });
  const info = { title: "Made", version: "1" };
  const servers = [{ url: "https://made.example" }];
  const { source, omitted } = generateOperations(readApi({ openapi: "3.2.0", info, servers, paths, ...rest }));
  if (omitted.length > 0) throw new Error(JSON.stringify(omitted));
  await writeFile(join(folder, "src/generated/operations.ts"), source);
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(folder, "src", name)).href);
  return { folder, ...(await load("index.ts")), ...(await load("http.ts")) };
}

/** An answer of an operation of which only the request counts. */
export const anything = { 200: { description: "Anything.", content: { "application/json": { schema: {} } } } };
