/** A breaking change, to the old users and to the gate, in a copy of the workspace. The tests follow each other. */
import { addDistrict } from "@spherepay/testing/edit-spec";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyUnreleased, requireCity, type ReleaseCopy } from "../release-copy.ts";

let workspace: ReleaseCopy;
beforeAll(async () => {
  workspace = await copyUnreleased();
  await workspace.buildAsHere();
  await workspace.changesets({ first: { client: "minor", mock: "patch" } });
  await workspace.succeed("node", "packages/release/src/version.ts");
  await workspace.commit();
});
afterAll(() => workspace?.remove("."));

test("an exported name that is gone is missed in a file that the client's tests share", async () => {
  const types = await workspace.read("packages/mock/dist/index.d.ts");
  await workspace.edit("packages/mock/dist/index.d.ts", (text) => text.replace("type MockServer, ", ""));
  const { failed, output } = await workspace.oldUsers();
  expect(failed).toBe(true);
  expect(output).toMatch(/^- start-mock\.ts: .*MockServer/m);
  await workspace.write("packages/mock/dist/index.d.ts", types);
});

test("after an addition to the spec, what was written before still works", async () => {
  await addDistrict(workspace);
  await workspace.build();
  await workspace.changesets({ district: { client: "patch", mock: "minor" } });
  // The faults are tried through both entries, with what other files of tests share.
  const passed = /still works: client\.test\.ts, .*faults\.test\.ts, .*types\.test-d\.ts\./;
  expect(await workspace.oldUsers()).toEqual({ failed: false, output: expect.stringMatching(passed) });
});

test("a breaking change that is not announced fails with the tests and types that it breaks", async () => {
  await requireCity(workspace);
  await workspace.build();
  const { failed, output } = await workspace.oldUsers();
  expect(failed).toBe(true);
  expect(output).toContain('client.test.ts, "a customer is created through the mock, over a socket": SphereApiError');
  expect(output).toMatch(/types\.test-d\.ts: Property 'city' is missing in type/);
  expect(output).toContain('    "@spherepay/client": minor');
});

test("a breaking change with a smaller changeset fails with the line to write", async () => {
  const { failed, output } = await gate();
  expect(failed).toBe(true);
  expect(output).toContain(`\
@spherepay/client needs minor: \`POST /v2/customer, request, address\`: Properties of \`address\` became required: \`city\`.
.changeset/district.md says patch. In that file, write:

    "@spherepay/client": minor`);
});

test("a breaking change that is announced passes, and stands in the changelog with its receipt", async () => {
  await workspace.changesets({ town: { client: "minor", mock: "minor" } });
  expect(await gate()).toMatchObject({ failed: false });
  expect((await workspace.oldUsers()).output).toContain("announces a breaking release");
  expect(await workspace.version()).toMatchObject({ failed: false });
  const changelog = await workspace.read("packages/client/CHANGELOG.md");
  const [, newest = ""] = changelog.split(/^## /m);
  expect(newest).toContain(
    "- breaking: `POST /v2/customer, request, address`: Properties of `address` became required: `city`.",
  );
  expect(newest).toMatch(/^ +\+ +city: string;$/m);
  // What a person wrote comes first: the reference announces it.
  expect(newest).toMatch(/The town\.\n[^]*The API since/);
  const [, ofMock = ""] = (await workspace.read("packages/mock/CHANGELOG.md")).split(/^## /m);
  expect(ofMock).toContain("became required: `city`");
  expect(ofMock).not.toContain("Public types");
});

test("a release that is not committed yet is not taken for one", async () => {
  const { failed, output } = await gate();
  expect({ failed, output }).toEqual({ failed: true, output: expect.stringContaining("commit what that wrote") });
});

function gate() {
  return workspace.run("node", "packages/release/src/gate.ts");
}
