import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { curl } from "./curl.ts";
import { mockOperations } from "./engine.ts";
import type { MockOptions } from "./mock.ts";
import { loadOperations } from "./operations.ts";

/** What {@link startMockServer} takes. */
export interface MockServerOptions extends MockOptions {
  /**
   * The TCP port, 0 for any that is free.
   *
   * @default 0
   */
  port?: number | undefined;
  /**
   * The address to listen on.
   *
   * @default "127.0.0.1", which only this machine reaches
   */
  host?: string | undefined;
}

/** A mock that listens on a port. */
export interface MockServer {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:4010`. */
  url: string;
  /** A request to try, which the document gives as an example, as a `curl` command. */
  curl: string | undefined;
  /** Frees the port and ends every connection, idle or not. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Serves the mock of `createMock` over HTTP.
 *
 * @returns Once it listens.
 * @throws {Error} When the document cannot be loaded, or with the `code` of Node when it cannot listen (`EADDRINUSE`).
 * @example
 * const server = await startMockServer();
 * const response = await fetch(`${server.url}/`);
 * console.log(response.status); // 404
 * await server.close();
 */
export async function startMockServer({
  port = 0,
  host = "127.0.0.1",
  spec,
}: MockServerOptions = {}): Promise<MockServer> {
  const operations = await loadOperations(spec);
  const mock = mockOperations(operations);
  const server = createAdaptorServer({
    fetch: (request) => mock.fetch(request),
    overrideGlobalObjects: false,
  }) as Server;
  server.listen(port, host);
  await once(server, "listening");

  const { address, family, port: openPort } = server.address() as AddressInfo;
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${openPort}`;
  return {
    url,
    curl: curl(url, operations),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
