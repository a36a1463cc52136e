import { copyWorkspace, type WorkspaceCopy } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addToSpec } from "./spec-edits.ts";

/**
 * The drill: an operation, a property, an enum member and an error status are added to the spec of a copy of the
 * workspace. One build, and they must be everywhere. `long/drill.test.ts` has the rest of it.
 */
let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await copyWorkspace();
  await addToSpec(workspace);
  const packages = ["--filter=@spherepay/client", "--filter=@spherepay/mock"];
  const { failed, output } = await workspace.run("node_modules/.bin/turbo", "run", "build", ...packages);
  if (failed) throw new Error(output);
});

afterAll(() => workspace.remove("."));

test("the client has the typed method, parameter, property and enum member", async () => {
  await workspace.write(
    "apps/onboarding/drill.ts",
    `import { createSphereClient, isSphereApiError } from "@spherepay/client";
    import { createSphereHttp } from "@spherepay/client/http";
    import { createMock } from "@spherepay/mock";

    const { fetch } = await createMock();
    const sphere = createSphereClient({ apiKey: "any", fetch });
    const frozen = await sphere.freezeCustomer({ params: { path: { customer_id: "customer_1" } } });
    const created = await sphere.createCustomer({
      body: { type: "trust", address: { district: "Mitte", state: "BE", country: "DEU" } },
    });
    const refused: unknown = await sphere
      .freezeCustomer({ params: { path: { customer_id: "nobody" } } })
      .catch((error: unknown) => error);
    const wrong: unknown = await sphere
      // @ts-expect-error a district is text
      .createCustomer({ body: { type: "trust", address: { district: 1, state: "BE", country: "DEU" } } })
      .catch((error: unknown) => error);
    const http = createSphereHttp({ apiKey: "any", fetch });
    const missing = await http.POST("/v2/customer/{customer_id}/freeze", {
      params: { path: { customer_id: "customer_1" } },
      headers: { prefer: "code=409" },
    });
    console.log(JSON.stringify([
      frozen.id === created.id,
      isSphereApiError(refused, "freezeCustomer") && refused.status,
      isSphereApiError(wrong, "createCustomer", 400) && wrong.fieldErrors.address,
      missing.error?.error.general,
    ]));
    // @ts-expect-error the path parameter is required
    export const withoutParameter = () => sphere.freezeCustomer({});
    if (isSphereApiError(refused, "freezeCustomer", 409)) console.log(refused.body.error.general);
    // @ts-expect-error 409 is an answer of the new operation only: elsewhere its body is unknown
    if (isSphereApiError(refused, "createCustomer", 409)) console.log(refused.body.error);
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
  expect(JSON.parse(output)).toEqual([
    true,
    400,
    ["district: Expected string, received number"],
    "Customer is frozen already",
  ]);
});
