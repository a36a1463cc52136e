/** What the types cost a compiler: a file with one call, and with 200. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable } from "@spherepay/testing/table";
import { rivalModules, run, verdict, type Workshop } from "./workshop.ts";

const counts = [1, 200];
const rightBody = '{ type: "individual", address: { state: "CA", country: "USA" } }';
const wrongBody = '{ type: "individual", address: { state: "CA", country: 1 } }';

const compilers = {
  "TypeScript 7": fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url)),
  "TypeScript 5.9": join(rivalModules, "typescript/bin/tsc"),
};

/** What a file imports, and how it then learns the id of a customer, or what is wrong with the address. */
const clients = {
  "@spherepay/client": {
    head: `
      import { createSphereClient, isSphereApiError } from "@spherepay/client";
      const sphere = createSphereClient({ apiKey: "sk_bench" });`,
    call: `
      try {
        return (await sphere.createCustomer({ body: BODY })).id;
      } catch (error) {
        if (isSphereApiError(error, "createCustomer", 400)) return error.fieldErrors.address;
        throw error;
      }`,
  },
  Redocly: {
    head: `
      import { ApiError, createCustomer } from "./five/rivals/redocly.js";
      type Body = { error: Record<string, string[]> };`,
    call: `
      try {
        return (await createCustomer({ body: BODY })).id;
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return (error.body as Body).error["address"];
        throw error;
      }`,
  },
  "hey-api": {
    head: `
      import { createCustomer } from "./five/rivals/hey-api/index.js";`,
    call: `
      const { data, error, response } = await createCustomer({ body: BODY });
      if (data) return data.id;
      if (response?.status === 400) return error.error["address"];
      throw error;`,
  },
  "openapi-fetch": {
    head: `
      import createClient from "openapi-fetch";
      import type { paths } from "./five/rivals/schema.js";
      const client = createClient<paths>({ baseUrl: "https://api.sandbox.spherepay.co" });`,
    call: `
      const { data, error, response } = await client.POST("/v2/customer", { body: BODY });
      if (data) return data.id;
      if (response.status === 400) return error.error["address"];
      throw error;`,
  },
};

export async function benchTypes({ folder }: Workshop): Promise<void> {
  const rows: (string | number)[][] = [];
  let most = 0;
  for (const [index, [title, client]] of Object.entries(clients).entries()) {
    const wrong = await writeProject(folder, `${index}-wrong`, client, wrongBody, 1);
    const projects = counts.map((count) => writeProject(folder, `${index}-${count}`, client, rightBody, count));
    const row: number[] = [];
    for (const tsc of Object.values(compilers)) {
      await refuse(tsc, wrong);
      for (const project of projects) row.push(await countInstantiations(tsc, await project));
    }
    if (title === "@spherepay/client") most = Math.max(...row);
    rows.push([title, ...row]);
  }
  printTable(
    "Type instantiations of calls and what is read of their answers",
    ["client", ...Object.keys(compilers).flatMap((name) => counts.map((count) => `${name}, ${count}`))],
    rows,
    verdict("200 calls", most, 1200),
  );
}

type Source = (typeof clients)[keyof typeof clients];

async function writeProject(
  folder: string,
  name: string,
  { head, call }: Source,
  body: string,
  count: number,
): Promise<string> {
  const one = call.replace("BODY", body);
  const calls = Array.from({ length: count }, (_, index) => `export async function call${index}() {${one}\n}`);
  await writeFile(join(folder, `types-${name}.ts`), [head, ...calls].join("\n"));
  const path = join(folder, `tsconfig.${name}.json`);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: "NodeNext",
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    types: [],
  };
  await writeFile(path, JSON.stringify({ compilerOptions, files: [`types-${name}.ts`] }));
  return path;
}

async function countInstantiations(tsc: string, project: string): Promise<number> {
  const output = await run(process.execPath, tsc, "-p", project, "--extendedDiagnostics");
  const [, value] = /^Instantiations: +(\d+)/m.exec(output) ?? [];
  if (value === undefined) throw new Error(`${tsc} does not count instantiations:\n${output}`);
  return Number(value);
}

/** Types that let everything pass would be the cheapest: a country that is a number must be an error, and the only one. */
async function refuse(tsc: string, project: string): Promise<void> {
  const output = await run(process.execPath, tsc, "-p", project).catch(({ message }: Error) => message);
  const errors = output.match(/error TS\d+/g) ?? [];
  if (errors.join() !== "error TS2322")
    throw new Error(`${tsc} should find one wrong country in ${project}:\n${output}`);
}
