import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createSphereClient } from "@spherepay/client";
import { onTestFinished } from "vitest";
import { createApp } from "../src/app.tsx";

export const apiKey = "secret_0123456789abcdef0123456789abcdef";
export const origin = "http://localhost";

/** The app over a fetch function in the place of the API, which counts what reaches it. */
export function appOver(answer: typeof fetch) {
  const sent: Request[] = [];
  const counted: typeof fetch = (input, init) => {
    sent.push(new Request(input, init));
    return answer(input, init);
  };
  const sphere = createSphereClient({ apiKey, baseUrl: "http://api.test", fetch: counted });
  return { app: createApp({ sphere, environment: "mock" }), sent };
}

type App = ReturnType<typeof createApp>;

/** Opens the form as a new visitor; the answer sends it. */
export async function openForm(app: App) {
  const response = await app.request("/customers/new");
  const cookie = response.headers.get("set-cookie")!.split(";")[0]!;
  const token = /name="token" value="([^"]+)"/.exec(await response.text())![1]!;
  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request("/customers", {
      method: "POST",
      body: new URLSearchParams({ token, ...fields }),
      headers: { cookie, origin, ...headers },
    });
  const read = async (path: string) => (await app.request(path, { headers: { cookie } })).text();
  return { cookie, token, send, read };
}

/** A real server for the length of one test. */
export async function serverWith(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const california = { type: "individual", country: "USA", state: "CA" };
