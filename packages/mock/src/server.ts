import { curl } from "./curl.ts";
import { createTestHandler } from "./handler/handler.ts";
import { listen } from "./listen.ts";
import type { MockControls, MockOptions } from "./types.ts";

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
export interface MockServer extends MockControls {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:4010`. */
  url: string;
  /** A request to try, which the document gives as an example, as a `curl` command. */
  curl: string | undefined;
  /** Frees the port and ends every connection, idle or not. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Serves the mock of `createMock` over HTTP, to pages of any origin too.
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
  ...options
}: MockServerOptions = {}): Promise<MockServer> {
  const { handler, controls } = await createTestHandler(options);
  const { url, close } = await listen(() => handler, port, host);
  return { url, curl: curl(url, handler.operations), close, ...controls };
}
