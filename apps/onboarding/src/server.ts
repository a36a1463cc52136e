import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.ts";
import { readBrowserFiles } from "./browser-files.ts";
import { connect, type ConnectionOptions } from "./connection.ts";

/** Settings of the server. */
export interface OnboardingServerOptions extends ConnectionOptions {
  /** @default 0, any free port */
  port?: number | undefined;
  /** @default "127.0.0.1", this machine only */
  host?: string | undefined;
}

/** Starts the app on Node. Rejects when the port is taken, or with a TypeError when an option is wrong. */
export async function startOnboardingServer(
  options: OnboardingServerOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { port = 0, host = "127.0.0.1" } = options;
  const app = createApp({ ...connect(options), browserFiles: readBrowserFiles() });
  const server = createServer(getRequestListener(app.fetch));
  // Browsers open spare connections. Node does not count those as idle until they have carried a request.
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of silent) socket.destroy();
      }),
  };
}
