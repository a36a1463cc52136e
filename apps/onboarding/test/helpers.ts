import { createSphereClient } from "@spherepay/client";
import { createMock, startMockServer, type Fault, type MockRequest, type MockServer } from "@spherepay/mock";
import { onTestFinished } from "vitest";
import { createApp } from "../src/app.ts";
import { readBrowserFiles } from "../src/browser-files.ts";

export const apiKey = "secret_0123456789abcdef0123456789abcdef";
export const customerId = "customer_d41608fae4d34d308f85bc3c2b6ca29a";
export const browserFiles = readBrowserFiles();
export const california = { type: "individual", country: "USA", state: "CA" };

/** What the API answers with, as a fault. */
export const answering = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  status,
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
  times: Infinity,
});

/** The app over a mock in the same process. */
export async function appOver(...faults: Fault[]) {
  const mock = await createMock();
  for (const fault of faults) mock.fail(fault);
  const sphere = createSphereClient({ apiKey, fetch: mock.fetch, timeout: 1000 });
  return { app: createApp({ sphere, environment: "mock", browserFiles }), mock };
}

/** What was asked of a mock to create customers. */
export const creations = ({ requests }: { requests: readonly MockRequest[] }) =>
  requests.filter(({ operation }) => operation === "createCustomer");

/** A mock that listens until the end of the test. */
export async function startMock(...faults: Fault[]): Promise<MockServer> {
  const mock = await startMockServer();
  onTestFinished(() => mock.close());
  for (const fault of faults) mock.fail(fault);
  return mock;
}

/** Opens a form as a new visitor. `ask` is how requests reach the app: its own `request`, or `fetch` for a server. */
export async function openForm(ask: (url: string, init: RequestInit) => Response | Promise<Response>, origin: string) {
  const opened = await ask(`${origin}/customers/new`, { redirect: "manual" });
  const path = opened.headers.get("location")!;
  const cookie = opened.headers.get("set-cookie")!.split(";")[0]!;
  const send = async (fields: Record<string, string>, headers: Record<string, string> = {}, to = path) =>
    ask(origin + to, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { cookie, origin, ...headers },
      redirect: "manual",
    });
  const read = async (address = path) => (await ask(origin + address, { headers: { cookie } })).text();
  return { path, cookie, send, read };
}

/** Opens a form of an app in the same process. */
export function openFormOf(app: ReturnType<typeof createApp>) {
  // What a socket would add.
  const lengthOf = ({ body }: RequestInit) => (body ? { "content-length": String(String(body).length) } : {});
  return openForm(
    (url, init) => app.request(url, { ...init, headers: { ...lengthOf(init), ...(init.headers as object) } }),
    "http://localhost",
  );
}
