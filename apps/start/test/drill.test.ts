import { spawn } from "node:child_process";
import { once } from "node:events";
import { launchBrowser } from "@spherepay/testing/browser";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";

/**
 * The drill: an operation, a property, an enum member and an error status are added to the spec of a copy of the
 * workspace. One build, and they must be everywhere.
 */
let workspace: Awaited<ReturnType<typeof copyWorkspace>>;

const operation = `  /v2/customer/{customer_id}:
    get:
      operationId: getCustomer
      tags: [Customer]
      summary: Get customer
      description: Answers with a customer as it is now.
      x-evidence: inferred
      parameters:
        - name: customer_id
          in: path
          required: true
          description: The customer to read.
          schema:
            type: string
            description: Identifies the customer.
            pattern: ^customer_[a-z0-9]+$
            x-evidence: inferred
          examples:
            created:
              value: customer_d41608fae4d34d308f85bc3c2b6ca29a
      responses:
        "200":
          description: The customer as it is now.
          x-evidence: inferred
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Customer"
              examples:
                created:
                  $ref: "#/components/examples/CustomerCreated"
        "400":
          $ref: "#/components/responses/InvalidRequest"
        "404":
          description: There is no such customer.
          x-evidence: inferred
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/ErrorEnvelope"
              examples:
                notFound:
                  value:
                    ts: "2025-04-20T19:29:51.768Z"
                    error:
                      general: Customer not found

components:
`;

const property = `        district:
          type: string
          description: District of a city state.
          examples: [Mitte]
          x-evidence: inferred
        state:
`;

beforeAll(async () => {
  workspace = await copyWorkspace();
  const spec = await workspace.read("spec/openapi.yaml");
  const edited = spec
    .replace("components:\n", operation)
    .replace("        state:\n", property)
    .replace("enum: [individual, business]", "enum: [individual, business, trust]")
    .replace("        business: A company", "        trust: A trust.\n        business: A company");
  await workspace.write("spec/openapi.yaml", edited);
  const { failed, output } = await workspace.run("pnpm", "run", "build");
  if (failed) throw new Error(output);
}, 180_000);

afterAll(() => workspace.remove("."));

test("the client has the typed method, parameter, property and enum member", async () => {
  await workspace.write(
    "apps/onboarding/drill.ts",
    `import { createSphereClient, isSphereApiError } from "@spherepay/client";
    import { createMock } from "@spherepay/mock";

    const { fetch } = await createMock();
    const sphere = createSphereClient({ apiKey: "any", fetch });
    const read = await sphere.getCustomer({ params: { path: { customer_id: "customer_1" } } });
    const created = await sphere.createCustomer({
      body: { type: "trust", address: { district: "Mitte", state: "BE", country: "DEU" } },
    });
    const refused: unknown = await sphere
      .getCustomer({ params: { path: { customer_id: "nobody" } } })
      .catch((error: unknown) => error);
    const wrong: unknown = await sphere
      // @ts-expect-error a district is text
      .createCustomer({ body: { type: "trust", address: { district: 1, state: "BE", country: "DEU" } } })
      .catch((error: unknown) => error);
    const missing = await sphere.http.GET("/v2/customer/{customer_id}", {
      params: { path: { customer_id: "customer_1" } },
      headers: { prefer: "code=404" },
    });
    console.log(JSON.stringify([
      read.id === created.id,
      isSphereApiError(refused, "getCustomer") && refused.status,
      isSphereApiError(wrong, "createCustomer", 400) && wrong.fieldErrors.address,
      missing.error?.error.general,
    ]));
    // @ts-expect-error the path parameter is required
    export const withoutParameter = () => sphere.getCustomer({});
    // @ts-expect-error 404 is an answer of the new operation only
    export const otherStatus = isSphereApiError(refused, "createCustomer", 404);
    `,
  );
  await workspace.write(
    "apps/onboarding/drill.json",
    `{ "extends": "./tsconfig.json", "files": ["drill.ts"], "include": [] }`,
  );
  expect(await workspace.run("node_modules/.bin/tsc", "--noEmit", "-p", "apps/onboarding/drill.json")).toEqual({
    failed: false,
    output: "",
  });

  const { output } = await workspace.run("node_modules/.bin/node", "apps/onboarding/drill.ts");
  await workspace.remove("apps/onboarding/drill.ts");
  await workspace.remove("apps/onboarding/drill.json");
  expect(JSON.parse(output)).toEqual([true, 400, ["district: Expected string, received number"], "Customer not found"]);
});

test("the reference shows the operation, with samples in every language", async () => {
  const server = spawn("node_modules/.bin/node", ["apps/reference/src/server.ts"], {
    cwd: workspace.folder,
    env: { ...workspace.env, REFERENCE_PORT: "0" },
  });
  onTestFinished(() => void server.kill());
  const [printed] = await once(server.stdout, "data");
  const [url] = /http:\S+/.exec(String(printed))!;

  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 1800 } });
  await page.goto(url!);
  await page
    .getByRole("link", { name: /get customer/i })
    .first()
    .click();

  const samples = page.locator(".panel-request-samples").filter({ hasText: "{customer_id}" });
  for (const [language, part] of [
    ["cURL", "/v2/customer/customer_d41608fae4d34d308f85bc3c2b6ca29a"],
    ["TypeScript", "await sphere.getCustomer({"],
    ["JavaScript", "const response = await fetch("],
    ["Go", "http.NewRequest("],
    ["Python", "requests.get("],
  ] as const) {
    await samples.getByRole("button", { name: /cURL|Script|Go|Python/ }).click();
    // The menu may reach below the window, where a mouse would not find it.
    await page.getByRole("menuitem", { name: language, exact: true }).dispatchEvent("click");
    await expect.poll(() => samples.innerText()).toContain(part);
  }

  const answers = page.locator(".panel-response-samples").filter({ hasText: "404" });
  await answers.getByRole("button", { name: "404", exact: true }).click();
  await expect.poll(() => answers.innerText()).toContain("Customer not found");
  await page.getByRole("link", { name: "Create customer post" }).click();
  for (const added of ["district", "District of a city state.", "trust", "A trust."]) {
    await page.getByText(added, { exact: true }).first().waitFor();
  }
});

test("CI refuses types that were not committed with the spec, and says what to do", async () => {
  const types = "packages/client/src/generated/schema.ts";
  const committed = await workspace.read(types);
  await workspace.write(types, committed.replace("district", "quarter"));
  workspace.env["CI"] = "true";
  const { failed, output } = await workspace.run("pnpm", "run", "build");
  delete workspace.env["CI"];
  expect(failed).toBe(true);
  expect(output).toContain("packages/client/src/generated/schema.ts does not match spec/openapi.yaml");
  expect(output).toContain("Run `npx pnpm@12.18.0 build` without CI set, and commit what it changes.");

  expect((await workspace.run("pnpm", "run", "build")).failed).toBe(false);
  expect(await workspace.read(types)).toBe(committed);
});

test("what did not change is not built again, and nothing is built twice", async () => {
  const again = await workspace.run("pnpm", "run", "build");
  expect(again.output).toMatch(/(\d+) successful, \1 total\nCached: +\1 cached/);

  await workspace.write("apps/onboarding/README.md", "# Another text\n");
  const readme = await workspace.run("pnpm", "run", "build");
  expect(readme.output).toContain("FULL TURBO");
});

test("a spec that is taken back takes everything back", async () => {
  const edited = await workspace.read("spec/openapi.yaml");
  await workspace.write("spec/openapi.yaml", edited.replace(operation, "components:\n"));
  expect((await workspace.run("pnpm", "run", "build")).failed).toBe(false);
  expect(await workspace.read("packages/client/src/generated/operations.ts")).not.toContain("getCustomer");
  expect(await workspace.read("packages/client/dist/generated/operations.js")).not.toContain("getCustomer");
  expect(await workspace.read("packages/mock/dist/openapi.json")).not.toContain("getCustomer");
  expect(await workspace.read("apps/reference/dist/openapi.json")).not.toContain("getCustomer");
  await workspace.write("spec/openapi.yaml", edited);
});

test.each([
  ["broken YAML", "tags:\n", "tags: [\n", /openapi\.yaml" \(\d+:\d+\)/, "missed comma between flow collection entries"],
  ["a dangling $ref", 'schemas/Address"', 'schemas/Adress"', /^\S*\s+\d+:\d+ +error/m, "Can't resolve $ref"],
  ["an example that its schema refuses", "state: CA", "state: 5", /\d+:\d+ +error/, "property type must be string"],
  ["two equal operationIds", "operationId: getCustomer", "operationId: createCustomer", /\d+:\d+ +error/, "unique"],
])(
  "%s fails the build with file, line and reason on the first screen",
  async (_, search, replacement, place, reason) => {
    const spec = await workspace.read("spec/openapi.yaml");
    await workspace.write("spec/openapi.yaml", spec.replace(search, replacement));
    const { failed, output } = await workspace.run("pnpm", "run", "build");
    await workspace.write("spec/openapi.yaml", spec);
    expect(failed).toBe(true);
    const firstScreen = output.split("\n").slice(0, 24).join("\n");
    expect(firstScreen).toContain("openapi.yaml");
    expect(firstScreen).toMatch(place);
    expect(firstScreen).toContain(reason);
  },
);
