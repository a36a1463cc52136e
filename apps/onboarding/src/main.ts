import { optionsFrom } from "./connection.ts";
import { startOnboardingServer } from "./server.ts";

const { ONBOARDING_PORT = "4000" } = process.env;

try {
  if (!/^\d+$/.test(ONBOARDING_PORT) || Number(ONBOARDING_PORT) > 65_535) {
    throw new Error(`ONBOARDING_PORT must be a number from 0 to 65535, not "${ONBOARDING_PORT}".`);
  }
  const server = await startOnboardingServer({
    ...optionsFrom(process.env),
    port: Number(ONBOARDING_PORT),
  });
  console.log(`Onboarding: ${server.url}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.close());
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
  console.error(
    taken ? `Port ${ONBOARDING_PORT} is taken. Set ONBOARDING_PORT to a free one.` : (error as Error).message,
  );
  process.exitCode = 1;
}
