/** The process that is measured: the app, and the least that Hono can serve, on two ports. Tells its CPU time when asked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createMock } from "@spherepay/mock";
import { Hono } from "hono";
import { startOnboardingServer } from "../dist/server.js";

const mock = await createMock();
globalThis.fetch = mock.fetch;
const { url } = await startOnboardingServer({ apiKey: "test", environment: "mock" });

const hello = new Hono().get("/", (context) => context.html("<!doctype html><title>Hello</title><p>Hello"));
const server = createServer(getRequestListener(hello.fetch)).listen(0, "127.0.0.1", () => {
  process.send!({ app: url, hello: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("SIGINT", () => process.exit());
process.on("message", () => process.send!(process.cpuUsage()));
