/** The mock, the reference and the sample app, in one process, so that nothing is left behind when it ends. */
import { readFile } from "node:fs/promises";
import { createMock, startMockServer } from "@spherepay/mock";
import { startOnboardingServer } from "@spherepay/onboarding";
import { startReferenceServer } from "@spherepay/reference";
import { listen, type Ports } from "./ports.ts";

/** The servers, as they run. */
export interface Servers {
  /** The ports that they have. */
  ports: Ports;
  /** The text that tells a person where they are. */
  addresses: string;
  /** Has the mock read the built document again. Rejects when it cannot be mocked; then the mock stays as it is. */
  reloadMock(): Promise<void>;
}

/**
 * Starts the three servers. They end at Ctrl-C and when the process is told to end.
 *
 * @param wanted the port of each; 0 takes a free one
 * @throws Error in words for the person at the terminal, when a port is taken
 * @example
 * const { addresses } = await runServers({ mock: 4010, reference: 4020, onboarding: 4000 });
 */
export async function runServers(wanted: Ports): Promise<Servers> {
  let mock = await listen("mock", wanted.mock, (port) => startMockServer({ port }));
  const reference = await listen("reference", wanted.reference, (port) => startReferenceServer({ port }));
  const onboarding = await listen("onboarding", wanted.onboarding, (port) =>
    startOnboardingServer({ port, apiKey: "key-of-the-mock", baseUrl: mock.url, environment: "mock" }),
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      void Promise.all([mock, reference, onboarding].map((server) => server.close())).then(() => process.exit());
    });
  }
  const addresses = `
  Onboarding app   ${onboarding.url}
  Reference        ${reference.url}
  Mock API         ${mock.url}

  Try the mock:

${mock.curl?.replace(/^/gm, "    ")}

  Ctrl-C stops everything.
`;
  const ports = { mock: portOf(mock), reference: portOf(reference), onboarding: portOf(onboarding) };
  return {
    ports,
    addresses,
    async reloadMock() {
      const spec = JSON.parse(await readFile(new URL(import.meta.resolve("@spherepay/spec/openapi.json")), "utf8"));
      // Tried before the running one ends.
      await createMock({ spec });
      await mock.close();
      mock = await startMockServer({ port: ports.mock, spec });
    },
  };
}

function portOf({ url }: { url: string }): number {
  return Number(new URL(url).port);
}
