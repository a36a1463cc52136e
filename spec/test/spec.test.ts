import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { redoclyEnvironment, redoclyProgram } from "../scripts/redocly.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const spec = await readFile(join(folder, "openapi.yaml"), "utf8");
const run = promisify(execFile);

/** Runs redocly on a copy of the spec in which one text stands for another. */
async function redocly(command: string[], search: string, replacement: string) {
  const copy = await mkdtemp(join(tmpdir(), "spec-"));
  onTestFinished(() => rm(copy, { recursive: true }));
  const changed = spec.replace(search, replacement);
  if (search && changed === spec) throw new Error(`The spec does not contain: ${search}`);
  for (const file of ["redocly.yaml", "customer.arazzo.yaml"]) await cp(join(folder, file), join(copy, file));
  await writeFile(join(copy, "openapi.yaml"), changed);
  return await run(process.execPath, [redoclyProgram, ...command], { cwd: copy, env: redoclyEnvironment }).then(
    ({ stdout, stderr }) => ({ failed: false, output: stdout + stderr }),
    (error: { stdout: string; stderr: string }) => ({ failed: true, output: error.stdout + error.stderr }),
  );
}

const secondOperation = `paths:
  /v2/other:
    get:
      operationId: createCustomer
      tags: [Customer]
      summary: Do something else
      description: Something else.
      x-evidence: inferred
      responses:
        "204":
          description: Done.
          x-evidence: inferred
        "400":
          $ref: "#/components/responses/InvalidRequest"
`;

const address = `        city:
          type: string
          description: City or town.
          examples: [Anytown]
          x-evidence: inferred
`;
const without = (line: string) => [address, address.replace(new RegExp(` *${line}.*\\n`), "")] as const;

test.each([
  ["broken YAML", "tags:\n", "tags: [\n", "tags: [\n  ", "missed comma between flow collection entries"],
  ["a dangling $ref", 'schemas/Address"', 'schemas/Adress"', "schemas/Adress", "Can't resolve $ref"],
  ["an example that its schema refuses", "state: CA", "state: 5", "state: 5", "`state` property type must be string"],
  [
    "two equal operationIds",
    "paths:\n",
    secondOperation,
    "/v2/customer:\n    post:\n      op",
    "a unique `operationId`",
  ],
  [
    "an operationId that is no method name",
    "createCustomer",
    "create_customer",
    "create_customer",
    "must be camelCase",
  ],
  [
    "an error without the envelope",
    'schemas/ErrorEnvelope"',
    'schemas/Customer"',
    "schemas/Customer",
    "must have the ErrorEnvelope schema",
  ],
  ["a field without a description", ...without("description"), "city:\n  ", "needs a description"],
  ["a field without an example", ...without("examples"), "\n        city:", 'should have "example" or "examples"'],
  ["a field without evidence", ...without("x-evidence"), "city:\n  ", "x-evidence is documented or inferred"],
  [
    "a component that nobody uses",
    "  examples:\n    C",
    "  examples:\n    Unused: { value: 1 }\n    C",
    "Unused",
    "is never used",
  ],
  [
    "a server without a name",
    "    x-name: sandbox\n",
    "",
    "  - url: https://api.sandbox",
    "Every server needs an x-name",
  ],
])("%s fails lint, with the line and the reason", async (_, search, replacement, place, reason) => {
  const { failed, output } = await redocly(["lint", "spherepay", "--format=stylish"], search, replacement);
  expect(failed).toBe(true);
  const changed = spec.replace(search, replacement);
  const line = changed.slice(0, changed.lastIndexOf(place) + place.length).split("\n").length;
  expect(output).toMatch(new RegExp(`[ (]${line}:\\d+`));
  expect(output).toContain("openapi.yaml");
  expect(output).toContain(reason);
  expect(output.split("\n").length).toBeLessThan(24);
});

test("the workflows beside the spec are clean in lint", async () => {
  const { failed, output } = await redocly(["lint", "customer", "--format=stylish"], "", "");
  expect(output).toContain("Your API description is valid");
  expect(failed).toBe(false);
});

test("the score does not fall", async () => {
  const { output } = await redocly(["score", "spherepay", "--format=json"], "", "");
  const score = JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
  const { schemaSimplicity, constraintClarity, ...others } = score.subscores;
  expect(score.agentReadiness).toBeGreaterThanOrEqual(84.2);
  expect(schemaSimplicity).toBe(0.25);
  expect(constraintClarity).toBeCloseTo(2 / 12, 2);
  for (const subscore of Object.values(others)) expect(subscore).toBeGreaterThanOrEqual(0.99);
});

test("the examples are the vendor's own, to the letter", async () => {
  const document = JSON.parse(await readFile(join(folder, "dist/openapi.json"), "utf8"));
  const { CustomerCreated, AddressRequired } = document.components.examples;
  const required = [
    "terms_of_service",
    "email_address",
    "first_name",
    "last_name",
    "date_of_birth",
    "photo_id",
    "identification_document",
  ];
  const profile = (name: string, criteria: string[]) => ({
    name,
    status: "incomplete",
    criteria: { complete: [], pending: ["residential_address"], required: criteria, errors: [] },
  });
  expect(CustomerCreated.value).toEqual({
    id: "customer_d41608fae4d34d308f85bc3c2b6ca29a",
    type: "individual",
    verificationProfiles: [
      profile("kyc_profile_a", required),
      profile("kyc_profile_b", [...required, "proof_of_address"]),
    ],
  });
  expect(AddressRequired.value).toEqual({ ts: "2025-04-20T00:09:16.870Z", error: { address: ["Required"] } });
});
