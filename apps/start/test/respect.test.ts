import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMockServer, type Fault } from "@spherepay/mock";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const apiKey = "sk_live_a_secret_of_this_test";

const documented = ["pnpm", "run", "respect"];
const script = [process.execPath, "spec/scripts/respect.ts"];

/** Runs the workflows against a mock that makes the fault. */
async function respect({ command = script, spec, fault }: { command?: string[]; spec?: object; fault?: Fault } = {}) {
  const mock = await startMockServer({ spec });
  onTestFinished(() => mock.close());
  if (fault) mock.fail(fault);
  return { ...(await run(command, { SPHERE_API_KEY: apiKey, SPHERE_BASE_URL: mock.url })), mock };
}

async function run([file, ...parameters]: string[], variables: Record<string, string> = {}) {
  const { SPHERE_API_KEY: _, SPHERE_BASE_URL: __, ...env } = process.env;
  const options = { cwd: root, env: { ...env, ...variables } };
  return await promisify(execFile)(file!, parameters, options).then(
    ({ stdout, stderr }) => ({ failed: false, output: stdout + stderr }),
    (error: { stdout: string; stderr: string }) => ({ failed: true, output: error.stdout + error.stderr }),
  );
}

test("a customer is created, and what is missing is there to be read", async () => {
  const { failed, output, mock } = await respect({ command: documented });
  expect(output).toContain("Workflows: 2 passed, 2 total");
  expect(failed).toBe(false);
  expect(mock.requests.map(({ operation, status }) => ({ operation, status }))).toEqual([
    { operation: "createCustomer", status: 200 },
    { operation: "createCustomer", status: 400 },
  ]);
});

test("the key is sent, and neither it nor the customer is printed", async () => {
  const { output, mock } = await respect();
  expect(mock.requests.map(({ headers }) => headers["authorization"])).toEqual(Array(2).fill(`Bearer ${apiKey}`));
  expect(output).not.toContain(apiKey);
  expect(output).not.toContain("customer_d41608");
});

const customer = {
  id: "customer_1",
  type: "individual",
  verificationProfiles: [
    { name: "kyc", status: "incomplete", criteria: { complete: [], pending: [], required: ["photo_id"], errors: [] } },
  ],
};
const answer = (body: object): Fault => ({ status: 200, body: JSON.stringify(body) });

test("an answer that the spec allows passes, whatever its values", async () => {
  expect(await respect({ fault: answer(customer) })).toMatchObject({ failed: false });
});

test.each([
  ["another status", { status: 429 }, "$statusCode == 200"],
  ["a customer of another type", answer({ ...customer, type: "business" }), '#/type == "individual"'],
  ["an id of another form", answer({ ...customer, id: "1" }), "^customer_[a-z0-9]+$"],
  ["no profile that says what is missing", answer({ ...customer, verificationProfiles: [] }), "verificationProfiles["],
  ["a field that the spec does not allow", answer({ ...customer, verificationProfiles: [{}] }), "schema check"],
] satisfies [string, Fault, string][])("%s fails, and the check is named", async (_, fault, check) => {
  const { failed, output } = await respect({ fault });
  expect(output).toMatch(/Workflows: 1 passed, 1 failed, 2 total/);
  expect(
    output
      .split("\n")
      .filter((line) => line.includes("✗"))
      .join("\n"),
  ).toContain(check);
  // Neither the key nor the customer.
  expect(output).not.toContain(apiKey);
  expect(output).not.toContain("customer_1");
  expect(failed).toBe(true);
});

test("a server that no longer asks for the address fails the refusal", async () => {
  const spec = JSON.parse(await readFile(new URL(import.meta.resolve("@spherepay/spec/openapi.json")), "utf8"));
  spec.components.schemas.CreateCustomer.required = ["type"];
  const { failed, output } = await respect({ spec });
  expect(output).toContain("✗ POST /v2/customer - step createWithoutAddress");
  expect(failed).toBe(true);
});

test("without a key it says which variable to set, and calls nobody", async () => {
  const { failed, output } = await run(script);
  expect(output).toContain("Set SPHERE_API_KEY to a secret key of the sandbox");
  expect(output).not.toContain("Running workflow");
  expect(failed).toBe(true);
});

test("without another address it asks the sandbox", async () => {
  const spec = JSON.parse(await readFile(new URL(import.meta.resolve("@spherepay/spec/openapi.json")), "utf8"));
  expect(spec.servers[0]["x-name"]).toBe("sandbox");
});
