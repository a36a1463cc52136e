/** The kinds of modules that users write, as TypeScript and Node tell them apart. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "@spherepay/testing/tools";

/** A kind of module: what the package.json beside it says, and options of TypeScript. */
export interface ModuleKind {
  type: "module" | "commonjs";
  options: string[];
}

/**
 * Compiles a program that uses both entries, declarations of the packages included, and runs what comes of it.
 *
 * @param project a folder in which the packed client is installed
 * @param compiler file of a `tsc`
 * @param runtime how Node is started
 * @returns what the program printed: `SphereConnectionError SphereConnectionError`
 */
export async function compileAndRun(
  project: string,
  compiler: string,
  { type, options }: ModuleKind,
  runtime: string[] = [],
): Promise<string> {
  const folder = await mkdtemp(join(project, "app-"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type }));
  await writeFile(join(folder, "app.ts"), program);
  const always = ["--target", "es2022", "--lib", "es2023,dom", "--strict", "--esModuleInterop"];
  await run(process.execPath, [compiler, ...options, ...always, "app.ts"], folder);
  return run(process.execPath, [...runtime, "app.js"], folder);
}

/**
 * Whether what a runtime imports is what it requires, so that an error of one is an `instanceof` the other's class.
 *
 * @param command how the runtime is started
 */
export async function sharesOneModule(project: string, command: string, ...options: string[]): Promise<boolean> {
  const file = join(project, "same.mjs");
  await writeFile(
    file,
    `import { createRequire } from "node:module";
    import { SphereError } from "@spherepay/client";
    console.log(createRequire(import.meta.url)("@spherepay/client").SphereError === SphereError);`,
  );
  return (await run(command, [...options, file], project)).includes("true");
}

/** Each entry's client fails, and names the class of `.` that the error is an instance of. */
const program = `
import { createSphereClient, SphereConnectionError, SphereError, type Customer } from "@spherepay/client";
import { createSphereHttp } from "@spherepay/client/http";

const options = { apiKey: "any", maxRetries: 0, fetch: () => Promise.reject(new Error("no connection")) };
const params = { path: { customer_id: "customer_1" } };
const getId = (): Promise<Customer["id"]> => createSphereClient(options).getCustomer({ params }).then(({ id }) => id);

// @ts-expect-error the API has no such path
(): unknown => createSphereHttp(options).GET("/v2/nothing", { params });

const calls = [getId(), createSphereHttp(options).GET("/v2/customer/{customer_id}", { params })];
void Promise.allSettled<unknown>(calls).then((results) => {
  const classes = [SphereConnectionError, SphereError];
  const names = results.map((result) =>
    result.status === "rejected" ? classes.find((one) => result.reason instanceof one)?.name : "nothing",
  );
  console.log(names.join(" "));
});
`;
