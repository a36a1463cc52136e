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

/** Runs the workflows against a mock that makes the faults. */
async function respect({ command = script, faults = [] as Fault[], variables = {} } = {}) {
  const mock = await startMockServer();
  onTestFinished(() => mock.close());
  for (const fault of faults) mock.fail(fault);
  return { ...(await run(command, { SPHERE_API_KEY: apiKey, SPHERE_BASE_URL: mock.url, ...variables })), mock };
}

async function readSpec() {
  return JSON.parse(await readFile(new URL(import.meta.resolve("@spherepay/spec/openapi.json")), "utf8"));
}

async function run([file, ...parameters]: string[], variables: Record<string, string> = {}) {
  const { SPHERE_API_KEY: _, SPHERE_BASE_URL: __, ...env } = process.env;
  const options = { cwd: root, env: { ...env, ...variables } };
  return await promisify(execFile)(file!, parameters, options).then(
    ({ stdout, stderr }) => ({ failed: false, output: stdout + stderr }),
    (error: { stdout: string; stderr: string }) => ({ failed: true, output: error.stdout + error.stderr }),
  );
}

const created = "/v2/customer/customer_d41608fae4d34d308f85bc3c2b6ca29a";
const unknown = "/v2/customer/customer_00000000000000000000000000000000";

test("a customer goes all the way, and what is refused is refused", async () => {
  const { failed, output, mock } = await respect({ command: documented });
  expect(output).toContain("Workflows: 4 passed, 4 total");
  expect(failed).toBe(false);
  expect(mock.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    "POST /v2/customer 200",
    `POST ${created}/tos-link 200`,
    `POST ${created}/kyc-link 200`,
    `GET ${created}/kyc-link 200`,
    `GET ${created} 200`,
    "POST /v2/customer 400",
    "POST /v2/customer 200",
    `POST ${created}/kyc-link 400`,
    `GET ${unknown} 404`,
    `POST ${unknown}/tos-link 404`,
  ]);
  const operations = Object.values<Record<string, { operationId: string }>>((await readSpec()).paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect([...new Set(mock.requests.map(({ operation }) => operation))].toSorted()).toEqual(operations.toSorted());
  const keys = mock.requests.map(({ headers }) => headers["authorization"]);
  expect(keys).toEqual(Array(10).fill(`Bearer ${apiKey}`));
  expect(output).not.toMatch(new RegExp(`${apiKey}|customer_d41608|tos\\?token|sumsub`));
});

const customer = {
  id: "customer_secret",
  type: "individual",
  verificationProfiles: [
    { name: "kyc", status: "incomplete", criteria: { complete: [], pending: [], required: ["photo_id"], errors: [] } },
  ],
};
const answer = (operation: string, body: object): Fault => ({ operation, status: 200, body: JSON.stringify(body) });
const create = (body: object) => answer("createCustomer", { ...customer, ...body });

test("answers that the spec allows pass, whatever their values, and every later step is about the same customer", async () => {
  const { failed, mock } = await respect({
    faults: [create({}), answer("createTosLink", { link: "https://a.example" }), answer("getCustomer", customer)],
  });
  expect(failed).toBe(false);
  expect(mock.requests.slice(1, 5).every(({ path }) => path.startsWith("/v2/customer/customer_secret"))).toBe(true);
});

const noJson: Fault = { operation: "createTosLink", status: 200, body: "SECRET" };
const wrong = { id: "SECRET", type: "business", verificationProfiles: [{ name: "SECRET" }] };

test.each([
  ["another status", { operation: "createCustomer", status: 429 }, "create", ["$statusCode == 200"]],
  ["another customer", create(wrong), "create", ['#/type == "indi', "^customer_", "verificationProfiles[", "schema"]],
  ["a link to the terms that is none", answer("createTosLink", { link: "SECRET" }), "makeTosLink", ["^https://"]],
  ["an answer that is no JSON", noJson, "makeTosLink", ["failed network request"]],
  ["a verification link that is none", answer("createKycLink", { url: "SECRET" }), "makeKycLink", ["^http", "schema"]],
  ["no verification link to read again", { operation: "getKycLink", status: 404 }, "readKycLink", ["$statusCode"]],
  ["a customer that became another", answer("getCustomer", wrong), "read", ["^customer_", "verifica", "schema"]],
] satisfies [string, Fault, string, string[]][])(
  "%s fails, and step and checks are named",
  async (_, fault, step, checks) => {
    const faults = fault.operation === "createCustomer" ? [fault] : [create({}), fault];
    // On GitHub the output would have colours.
    const { failed, output } = await respect({ faults, variables: { FORCE_COLOR: "1" } });
    expect(output).toMatch(/Workflows: 3 passed, 1 failed, 4 total/);
    const [failedStep, ...failedChecks] = failuresIn(output);
    expect(failedStep).toMatch(new RegExp(` step ${step} $`));
    expect(failedChecks).toEqual(expect.arrayContaining(checks.map((check) => expect.stringContaining(check))));
    // Neither the key, nor a customer, nor a link.
    expect(output).not.toMatch(/secret/i);
    expect(failed).toBe(true);
  },
);

test.each([
  ["nothing", {}, ["createWithoutAddress", "makeKycLinkWithoutName", "readUnknown"]],
  ["no link to the terms", { operation: "createTosLink" }, ["makeTosLinkOfUnknown"]],
])("a server that refuses %s fails each refusal", async (_, operation, steps) => {
  const { failed, output } = await respect({ faults: [{ ...operation, status: 200, times: Infinity }] });
  const failedSteps = failuresIn(output).filter((line) => line.includes(" step "));
  expect(failedSteps).toEqual(steps.map((step) => expect.stringContaining(` step ${step} `)));
  expect(failed).toBe(true);
});

/** The steps and the checks that failed, before they are told a second time with their reasons. */
function failuresIn(output: string): string[] {
  return output
    .split("Failed tests info")[0]!
    .split("\n")
    .filter((line) => line.includes("✗"));
}

test("without a key it says which variable to set, and calls nobody", async () => {
  const { failed, output } = await run(script);
  expect(output).toContain("Set SPHERE_API_KEY to a secret key of the sandbox");
  expect(output).not.toContain("Running workflow");
  expect(failed).toBe(true);
});

test("without another address it asks the sandbox", async () => {
  const spec = await readSpec();
  expect(spec.servers[0]["x-name"]).toBe("sandbox");
});
