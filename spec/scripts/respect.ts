/**
 * Runs the workflows of `customer.arazzo.yaml` with the key in `SPHERE_API_KEY`, against the sandbox or the server that
 * `SPHERE_BASE_URL` names. Fails where an answer is not what the workflows or `openapi.yaml` say. Creates two customers.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { redoclyEnvironment, redoclyProgram } from "./redocly.ts";

const { SPHERE_API_KEY, SPHERE_BASE_URL } = process.env;

if (!SPHERE_API_KEY) {
  console.error("Set SPHERE_API_KEY to a secret key of the sandbox: the workflows call the API with it.");
  process.exitCode = 1;
} else {
  const workflows = fileURLToPath(new URL("../customer.arazzo.yaml", import.meta.url));
  const server = SPHERE_BASE_URL ? ["--server", `spherepay=${SPHERE_BASE_URL}`] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [redoclyProgram, "respect", workflows, ...server], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: {
      ...redoclyEnvironment,
      // Not a parameter, which every user of the machine could read.
      REDOCLY_CLI_RESPECT_INPUT: JSON.stringify({ apiKey: SPHERE_API_KEY }),
    },
  });
  process.stdout.write(withoutAnswers(stdout));
  process.stderr.write(withoutAnswers(stderr));
  process.exitCode = status ?? 1;
}

/** Respect knows what is secret of a request. Of an answer it quotes what fails: customers, and links in their name. */
function withoutAnswers(output: string): string {
  return stripVTControlCharacters(output)
    .replaceAll(/Unexpected token[^]*? is not valid JSON/g, "The answer is not valid JSON")
    .replaceAll(/^([^\w\n]*\d+ \| *(?:"(?:[^"\\]|\\.)*": )?).*/gm, "$1…");
}
