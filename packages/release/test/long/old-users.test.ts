/** The tests of the last release against another build, in a copy of the workspace. The tests follow each other. */
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
  expect(await workspace.oldUsers()).toEqual({ failed: false, output: expect.stringContaining("still works") });
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
