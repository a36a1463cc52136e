/** Generates from a document, again and again, and prints the median of the CPU milliseconds of one time. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTypescript, {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";
import { readApiFile } from "@spherepay/openapi";
import { median } from "@spherepay/testing/table";
import { generateOperations } from "../scripts/generate-operations.ts";
import { generateSchema } from "../scripts/generate-schema.ts";

const [, , name, file] = process.argv as [string, string, keyof typeof generators, string];
const generators = { ours, main, transform };

async function ours(): Promise<string> {
  const { api } = await readApiFile(pathToFileURL(file).href);
  return generateOperations(api).source + generateSchema(api);
}

async function main(): Promise<string> {
  return astToString(await openapiTypescript(pathToFileURL(file), { rootTypes: true, silent: true }));
}

async function transform(): Promise<string> {
  const schema: OpenAPI3 = JSON.parse(await readFile(file, "utf8"));
  const options = { silent: true };
  const context = {
    defaultNonNullable: true,
    discriminators: scanDiscriminators(schema, options),
    injectFooter: [],
    resolve: (reference: string) => resolveRef(schema, reference, options),
    rootTypes: true,
  } as unknown as GlobalContext;
  return astToString(transformSchema(schema, context));
}

const generate = generators[name];
for (const end = performance.now() + 1000; performance.now() < end;) await generate();
const times: number[] = [];
for (let run = 0; run < 5; run++) {
  const begin = process.cpuUsage();
  await generate();
  const { user, system } = process.cpuUsage(begin);
  times.push((user + system) / 1000);
}
console.log(median(times));
