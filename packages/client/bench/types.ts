/** What the types cost a compiler: a file with one call, and with 200. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, printTable } from "@spherepay/testing/table";
import { run, type Workshop } from "./workshop.ts";

const rounds = 3;
const counts = [1, 200];
const rightBody = '{ type: "individual", address: { state: "CA", country: "USA" } }';
const wrongBody = '{ type: "individual", address: { state: "CA", country: 1 } }';

const compilers = {
  "TypeScript 7": compiler("../../../node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": compiler("rivals/node_modules/typescript/bin/tsc"),
};

/** What a file imports, and how it then learns the id of a customer, or what is wrong with the address. */
const clients = {
  "@spherepay/client": {
    head: `
      import { createSphereClient, isSphereApiError } from "./client/dist/index.js";
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
      import { ApiError, createCustomer } from "./rivals/redocly.js";
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
      import { createCustomer } from "./rivals/hey-api/index.js";`,
    call: `
      const { data, error, response } = await createCustomer({ body: BODY });
      if (data) return data.id;
      if (response?.status === 400) return error.error["address"];
      throw error;`,
  },
  "openapi-fetch": {
    head: `
      import createClient from "openapi-fetch";
      import type { paths } from "./rivals/schema.js";
      const client = createClient<paths>({ baseUrl: "https://api.sandbox.spherepay.co" });`,
    call: `
      const { data, error, response } = await client.POST("/v2/customer", { body: BODY });
      if (data) return data.id;
      if (response.status === 400) return error.error["address"];
      throw error;`,
  },
};

export async function benchTypes({ folder }: Workshop): Promise<void> {
  const projects: { title: string; path: string; count: number }[] = [];
  const wrongProjects: string[] = [];
  for (const [index, [title, client]] of Object.entries(clients).entries()) {
    for (const count of counts) {
      projects.push({ title, count, path: await writeProject(folder, `${index}-${count}`, client, rightBody, count) });
    }
    wrongProjects.push(await writeProject(folder, `${index}-wrong`, client, wrongBody, 1));
  }

  for (const [name, tsc] of Object.entries(compilers)) {
    for (const project of wrongProjects) await refuse(tsc, project);
    const results = projects.map(({ title, path, count }) => {
      return { title, path, count, instantiations: [] as number[], times: [] as number[] };
    });
    for (let round = 0; round < rounds; round++) {
      for (const { path, instantiations, times } of results) {
        const measured = await check(tsc, path);
        instantiations.push(measured.instantiations);
        times.push(measured.time);
      }
    }

    const find = (title: string, wanted: number) =>
      results.find((result) => result.title === title && result.count === wanted)!;
    const own = find("@spherepay/client", 200);
    const ownCount = median(own.instantiations);
    printTable(
      `Type instantiations and check time, ${name}`,
      ["client", "1 call", "200 calls", "to ours", "check time to ours"],
      Object.keys(clients).map((title) => {
        const { instantiations, times } = find(title, 200);
        const count = median(instantiations);
        const slower = median(times.map((time, round) => time / own.times[round]!));
        return [title, median(find(title, 1).instantiations), count, (count / ownCount).toFixed(2), slower.toFixed(2)];
      }),
      `aim: ours at most 2,200 for 200 calls; it is ${ownCount}; medians of ${rounds} rounds`,
    );
  }
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

async function check(tsc: string, project: string): Promise<{ instantiations: number; time: number }> {
  const output = await run(process.execPath, tsc, "-p", project, "--extendedDiagnostics");
  const read = (label: string) => {
    const [, value] = new RegExp(`^${label}: +([\\d.]+)`, "m").exec(output) ?? [];
    if (value === undefined) throw new Error(`${tsc} prints no "${label}":\n${output}`);
    return Number(value);
  };
  return { instantiations: read("Instantiations"), time: read("Check time") };
}

/** Types that let everything pass would be the cheapest: a country that is a number must be an error, and the only one. */
async function refuse(tsc: string, project: string): Promise<void> {
  const output = await run(process.execPath, tsc, "-p", project).catch(({ message }: Error) => message);
  const errors = output.match(/error TS\d+/g) ?? [];
  if (errors.join() !== "error TS2322")
    throw new Error(`${tsc} should find one wrong country in ${project}:\n${output}`);
}

function compiler(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
