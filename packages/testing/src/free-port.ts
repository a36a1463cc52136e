import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/**
 * A TCP port of 127.0.0.1 that is free now, for programs that cannot be given 0.
 *
 * @example
 * spawn("prism", ["mock", "--port", String(await freePort()), "openapi.yaml"]);
 */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
