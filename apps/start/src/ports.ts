import { once } from "node:events";
import { createServer } from "node:net";

const servers = {
  mock: { name: "mock", variable: "MOCK_PORT", usual: 4010 },
  reference: { name: "reference", variable: "REFERENCE_PORT", usual: 4020 },
  onboarding: { name: "onboarding app", variable: "ONBOARDING_PORT", usual: 4000 },
};

/** The port of each server. */
export type Ports = Record<keyof typeof servers, number>;

/**
 * Reads the ports from the environment and tries each, so that one that is taken is reported before a long build.
 *
 * @throws Error in words for the person at the terminal, when a port is none, or is taken
 * @example
 * const ports = await choosePorts(process.env);
 */
export async function choosePorts(env: NodeJS.ProcessEnv): Promise<Ports> {
  const ports = {} as Ports;
  const opened = [];
  try {
    for (const server of Object.keys(servers) as (keyof Ports)[]) {
      const { variable, usual } = servers[server];
      const value = env[variable] ?? String(usual);
      ports[server] = Number(value);
      if (!/^\d{1,5}$/.test(value) || ports[server] > 65_535) {
        throw new Error(`${variable} must be a port from 0 to 65535, not "${value}".`);
      }
      opened.push(await listen(server, ports[server], tryPort));
    }
  } finally {
    for (const probe of opened) probe.close();
  }
  return ports;
}

/**
 * Has a server listen on its port.
 *
 * @throws Error in words for the person at the terminal, when the port is taken or not allowed
 * @example
 * const mock = await listen("mock", 4010, (port) => startMockServer({ port }));
 */
export async function listen<Opened>(
  server: keyof Ports,
  port: number,
  open: (port: number) => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open(port);
  } catch (error) {
    const { name, variable } = servers[server];
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

async function tryPort(port: number) {
  const probe = createServer().listen(port, "127.0.0.1");
  await once(probe, "listening");
  return probe;
}
