/**
 * `pnpm start`: builds what has changed, then runs the mock, the reference and the sample app until Ctrl-C. Ports come
 * from MOCK_PORT, REFERENCE_PORT and ONBOARDING_PORT.
 */
import { buildAloud } from "./build.ts";
import { ending } from "./ending.ts";
import { choosePorts } from "./ports.ts";

try {
  const ports = await choosePorts(process.env);
  await buildAloud(ending);
  // Only now is there what it imports.
  const { runServers } = await import("./servers.ts");
  console.log((await runServers(ports)).addresses);
} catch (error) {
  if (!ending.aborted) {
    console.error(`\n${(error as Error).message}`);
    process.exitCode = 1;
  }
  process.exit();
}
