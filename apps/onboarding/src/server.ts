import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSphereClient, type SphereEnvironment } from "@spherepay/client";
import { createApp } from "./app.tsx";

/** Settings of the server. */
export interface OnboardingServerOptions {
  /** @default 0, any free port */
  port?: number | undefined;
  /** @default "127.0.0.1", this machine only */
  host?: string | undefined;
  /** The secret key that the app calls the API with. It never leaves the server. */
  apiKey: string;
  /** Address of the API. @default that of the environment */
  baseUrl?: string | undefined;
  /** Which API the app talks to, and what its pages call it. @default "sandbox", or the host of `baseUrl` */
  environment?: SphereEnvironment | "mock" | undefined;
}

/** Starts the app on Node. Rejects when the port is taken. */
export async function startOnboardingServer(
  options: OnboardingServerOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { port = 0, host = "127.0.0.1", apiKey, environment } = options;
  const baseUrl = options.baseUrl ?? (environment === "mock" ? "http://127.0.0.1:4010" : undefined);
  const sphere = createSphereClient({ apiKey, baseUrl, environment: environment === "mock" ? undefined : environment });
  const name = environment ?? (baseUrl === undefined ? "sandbox" : new URL(baseUrl).host);
  const server = createServer(getRequestListener(createApp({ sphere, environment: name }).fetch));
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
