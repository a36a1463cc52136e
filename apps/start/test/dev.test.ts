import { editSpec } from "@spherepay/testing/edit-spec";
import { expect, test } from "vitest";
import { startDev } from "./dev-command.ts";

test("dev says what breaks the spec and when it is mended, keeps the servers up, and restarts once for code", async () => {
  const { workspace, printed, create } = await startDev();

  const { file, before } = await editSpec(workspace, "\ntags:\n", "\ntags: [\n");
  const failure = await printed("The last good state is still served.");
  expect(failure).toContain(`${file} changed: building…\n\nspec: bundle failed.\n`);
  expect(failure).toMatch(/missed comma .*openapi\.yaml" \(\d+:\d+\)/);
  expect(failure).toMatch(/Failed in \d+\.\d s\. The last good state is still served\.\n\n$/);
  expect(await create()).toContain("customer_d41608");

  await workspace.write(file, before);
  expect(await printed("Built")).toMatch(
    /^.* changed: building…\nBuilt in \d+\.\d s\. This is the last good state again, which is still served: nothing to restart\.\n\n$/,
  );

  const words = "apps/onboarding/src/words.ts";
  await workspace.write(words, `${await workspace.read(words)}\nexport const another = 1;\n`);
  expect(await printed("Built")).toMatch(
    /^.*words\.ts changed: building…\nBuilt in \d+\.\d s\. Restarted the servers\.\n\n$/,
  );
  expect(await create()).toContain("customer_d41608");
});
