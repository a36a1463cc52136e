import { editSpec } from "@spherepay/testing/edit-spec";
import { expect, test } from "vitest";
import { startDev } from "../dev-command.ts";
import { addToSpec } from "../spec-edits.ts";

test("an edit of the spec is in mock and reference, with one restart when it changes code and else with none", async () => {
  const { workspace, printed, output, create, urls } = await startDev();
  const opened = await fetch(`${urls.onboarding}/customers/new`, { redirect: "manual" });
  const form = urls.onboarding + opened.headers.get("location");
  const headers = { cookie: opened.headers.get("set-cookie")!.split(";")[0]!, origin: urls.onboarding };
  const download = async () => (await fetch(`${urls.reference}/openapi.json`)).text();

  // Nothing that is compiled.
  await editSpec(workspace, /^( *id: )customer_d41608\w+$/m, "$1customer_another");
  expect(await printed("Built")).toMatch(
    /^.+ changed: building…\nBuilt in \d+\.\d s\. Renewed: mock, reference\. Nothing was restarted\.\n\n$/,
  );
  expect(await download()).toContain("customer_another");
  // The form that was open before is sent, and the mock answers with the new customer.
  const body = new URLSearchParams({ type: "individual", country: "USA", state: "CA" });
  const sent = await fetch(form, { method: "POST", headers, body });
  expect(await sent.text()).toContain("customer_another");

  // Code of the client.
  await addToSpec(workspace);
  expect(await printed("Built")).toMatch(/^.+ changed: building…\nBuilt in \d+\.\d s\. Restarted the servers\.\n\n$/);
  expect(output().match(/[Rr]estarted the servers/g)).toHaveLength(1);
  const authorization = { authorization: "Bearer any" };
  const frozen = await fetch(`${urls.mock}/v2/customer/customer_1/freeze`, { method: "POST", headers: authorization });
  expect(await frozen.json()).toMatchObject({ id: "customer_another" });

  // What the sample app does not compile with.
  await editSpec(workspace, "customer_another", "customer_third");
  await editSpec(workspace, "required: [name, status]", "required: [name]");
  const failure = await printed("Failed");
  expect(failure).toContain("apps/onboarding: build failed.\n\nsrc/pages/");
  expect(failure).toMatch(
    /Failed in \d+\.\d s\. Renewed all the same: mock, reference\. The rest is served as it was\.\n\n$/,
  );
  expect(await create()).toContain("customer_third");
  expect(await download()).toContain("customer_third");
  expect(await workspace.read("packages/client/src/generated/schema.ts")).toContain("status?: string;");
}, 180_000);
