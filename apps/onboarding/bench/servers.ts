/**
 * The process that is measured: the app over an API that answers at once, and the least that Hono can serve, on two
 * ports. It tells its CPU time when asked.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSphereClient } from "@spherepay/client";
import { createMock } from "@spherepay/mock";
import { Hono } from "hono";
import { startOnboardingServer } from "../dist/server.js";

// The mock's time is not that of a page, so it is asked once.
const sphere = createSphereClient({ apiKey: "test", fetch: (await createMock()).fetch });
const customer = await sphere.createCustomer({
  body: { type: "individual", address: { state: "CA", country: "USA" } },
});
globalThis.fetch = async () => Response.json(customer);
const { url } = await startOnboardingServer({ apiKey: "test", environment: "mock" });

const text = "<!doctype html><title>Hello</title><p>Hello</p>";
const hello = new Hono()
  .get("/", (context) => context.html(text))
  // What any app pays for a form.
  .post("/", async (context) => {
    await context.req.parseBody();
    return context.html(text);
  });
const server = createServer(getRequestListener(hello.fetch)).listen(0, "127.0.0.1", () => {
  process.send!({ app: url, hello: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("message", () => process.send!(process.cpuUsage()));
