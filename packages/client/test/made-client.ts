import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readApi } from "@spherepay/openapi";
import { onTestFinished } from "vitest";
import { generateOperations } from "../scripts/generate-operations.ts";
import type { SphereCallOptions, SphereCall } from "../src/index.ts";

type Method = (given?: object, options?: SphereCallOptions) => SphereCall<any>;

/** A client whose operations only the test knows. */
export interface MadeClient {
  createSphereClient(options?: object): Record<string, Method>;
  createSphereHttp(options?: object): Record<string, (path: string, init?: object) => Promise<any>> & {
    use(middleware: object): void;
  };
}

/** Generates a client from the paths of a document, and the rest of it. */
export async function makeClient(paths: object, rest: object = {}): Promise<MadeClient> {
  const document = {
    openapi: "3.2.0",
    info: { title: "Made", version: "1" },
    servers: [{ url: "https://made.example" }],
  };
  const folder = await mkdtemp(join(tmpdir(), "made-client-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(fileURLToPath(new URL("../src", import.meta.url)), join(folder, "src"), { recursive: true });
  const { source, omitted } = generateOperations(readApi({ ...document, paths, ...rest }));
  if (omitted.length > 0) throw new Error(JSON.stringify(omitted));
  await writeFile(join(folder, "src/generated/operations.ts"), source);
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(folder, "src", name)).href);
  return { ...(await load("index.ts")), ...(await load("http.ts")) };
}

/** An answer of each kind, for operations of which only the request counts. */
export const anything = { 200: { description: "Anything.", content: { "application/json": { schema: {} } } } };
