/** The compiler's opinion of the policy: what stops an old program from compiling is breaking, in every case. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readApi } from "@spherepay/openapi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateOperations } from "../../../packages/client/scripts/generate-operations.ts";
import { generateSchema } from "../../../packages/client/scripts/generate-schema.ts";
import { cases, library, type Node } from "./policy-cases.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const all = Object.entries(cases).flatMap(([about, table]) =>
  table.map(([change, edit, client]) => ({ name: `${about}: ${change}`, edit, client })),
);

/** What the compiler says, by number of the case. */
const objections = new Map<number, string[]>();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spherepay-policy-types-"));
  for (const name of ["body", "call", "credentials", "operation", "parameters", "proof", "servers"]) {
    await copyFile(join(root, `packages/client/src/${name}.ts`), join(folder, `${name}.ts`));
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeTypes("base", library);
  for (const [index, { edit }] of all.entries()) {
    const revision = structuredClone(library);
    edit(revision);
    await writeTypes(`case-${index}`, revision);
    await writeFile(join(folder, `case-${index}/old-program.ts`), oldProgram);
  }
  const compilerOptions = { noEmit: true, lib: ["ES2023", "DOM", "DOM.Iterable"] };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["."] }),
  );
  const output = await new Promise<string>((resolve) => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    execFile(process.execPath, [tsc, "--pretty", "false"], { cwd: folder }, (_, stdout) => resolve(stdout));
  });
  for (const [line, number] of output.matchAll(/^case-(\d+)\/old-program\.ts.*$/gm)) {
    objections.set(Number(number), [...(objections.get(Number(number)) ?? []), line]);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test.each(all.map(({ name, client }, index) => ({ name, client, index })))("$name is $client", ({ client, index }) => {
  const said = objections.get(index) ?? [];
  // Not the other way round: a removed field, for one, is no objection where a value comes from a variable.
  expect(client === "major" ? [] : said).toEqual([]);
});

test("the compiler objects to what it can see", () => {
  const objected = all.filter((_, index) => objections.has(index)).map(({ name }) => name);
  expect(objected).toEqual(
    expect.arrayContaining([
      "Operations: an operationId is renamed",
      "Servers: a server has another name",
      "Parameters: a required one is added",
      "Answers: an enum is widened",
      "Answers: an error status is gone",
    ]),
  );
});

/** What was sent must still be accepted, and what is answered must still fit where it went. */
const oldProgram = `
import type * as before from "../base/operations.ts";
import type * as after from "./operations.ts";

type Old = before.OperationTypes;
type New = after.OperationTypes;

export const sends: { [Id in keyof Old]: New[Id]["arguments"] } = null! as { [Id in keyof Old]: Old[Id]["arguments"] };
export const reads: { [Id in keyof Old]: Old[Id]["data"] } = null! as { [Id in keyof Old]: New[Id]["data"] };
export const fails: { [Id in keyof Old]: Old[Id]["errors"] } = null! as { [Id in keyof Old]: New[Id]["errors"] };
export const runsIn: keyof typeof after.environments = null! as keyof typeof before.environments;

// An option that a literal sets has to be known still.
export const signsIn: after.SphereCredentials = null! as before.SphereCredentials;
export const signs: keyof after.SphereCredentials = null! as keyof before.SphereCredentials;
export const chooses: after.SphereVariables = null! as before.SphereVariables;
export const choices: keyof after.SphereVariables = null! as keyof before.SphereVariables;
`;

async function writeTypes(name: string, document: Node): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  const api = readApi(document);
  await writeFile(join(folder, name, "schema.ts"), generateSchema(api));
  await writeFile(join(folder, name, "operations.ts"), generateOperations(api).source);
}
