import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

test("the declarations stand alone, without those of Prism", () => {
  // Where lint, which may run at the same time, does not look.
  const folder = mkdtempSync(fileURLToPath(new URL("../node_modules/consumer-", import.meta.url)));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    `${folder}/use.ts`,
    `import { createMock, startMockServer, type Mock } from "@spherepay/mock";
    const mock: Mock = await createMock();
    const answer: Promise<Response> = mock.fetch("http://localhost/");
    const url: string = (await startMockServer({ port: 0 })).url;
    export default [answer, url];`,
  );
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "node",
  ];
  const tsc = () => execFileSync("tsc", [...options, `${folder}/use.ts`], { encoding: "utf8", cwd: folder });
  expect(tsc).not.toThrow();
});
