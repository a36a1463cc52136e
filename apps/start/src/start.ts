/**
 * Runs the mock, the reference and the sample app in one process, so that nothing is left behind when it ends.
 * Ports come from MOCK_PORT, REFERENCE_PORT and ONBOARDING_PORT.
 */
import { startMockServer } from "@spherepay/mock";
import { startOnboardingServer } from "@spherepay/onboarding";
import { startReferenceServer } from "@spherepay/reference";

type Server = { url: string; close(): Promise<void> };

const running: Server[] = [];

async function start<Started extends Server>(
  name: string,
  variable: string,
  defaultPort: number,
  open: (port: number) => Promise<Started>,
): Promise<Started> {
  const value = process.env[variable] ?? String(defaultPort);
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new Error(`${variable} must be a port from 0 to 65535, not "${value}".`);
  }
  try {
    const server = await open(port);
    running.push(server);
    return server;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EADDRINUSE") {
      throw new Error(`Port ${port}, which the ${name} needs, is taken. Free it, or set ${variable} to another.`, {
        cause: error,
      });
    }
    if (code === "EACCES") {
      throw new Error(`The ${name} may not use port ${port}. Set ${variable} to another.`, { cause: error });
    }
    throw error;
  }
}

async function stop(): Promise<void> {
  await Promise.all(running.map((server) => server.close()));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void stop().then(() => process.exit()));
}

try {
  const mock = await start("mock", "MOCK_PORT", 4010, (port) => startMockServer({ port }));
  const reference = await start("reference", "REFERENCE_PORT", 4020, (port) => startReferenceServer({ port }));
  const onboarding = await start("onboarding app", "ONBOARDING_PORT", 4000, (port) =>
    startOnboardingServer({ port, apiKey: "key-of-the-mock", baseUrl: mock.url, environment: "mock" }),
  );
  console.log(`
  Onboarding app   ${onboarding.url}
  Reference        ${reference.url}
  Mock API         ${mock.url}

  Try the mock:

${mock.curl?.replace(/^/gm, "    ")}

  Ctrl-C stops everything.
`);
} catch (error) {
  console.error(`\n${(error as Error).message}\n`);
  await stop();
  process.exitCode = 1;
}
