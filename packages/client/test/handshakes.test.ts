import { request as requestHttp } from "node:http";
import { request as requestHttps, type RequestOptions } from "node:https";
import type { LookupFunction } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSphereClient, type SphereError } from "../src/index.ts";
import { startHandshakeServers, type Call, type Case, type Kind } from "./handshake-servers.ts";

let servers: Awaited<ReturnType<typeof startHandshakeServers>>;

beforeAll(async () => {
  servers = await startHandshakeServers();
  setDefaultCACertificates([...getCACertificates(), servers.trusted.authority]);
});
afterAll(() => servers.close());

const person = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const params = { path: { customer_id: "customer_1" } };

/** The error of a case's call; where the first one succeeds, of another on the same connection. */
async function errorOf({ url, call }: Case, fetch = globalThis.fetch): Promise<SphereError> {
  const sphere = createSphereClient({ apiKey: "secret_key", baseUrl: url, fetch, maxRetries: 0, timeout: 2000 });
  const calls: Record<Call, () => Promise<unknown>> = {
    createCustomer: () => sphere.createCustomer({ body: person }),
    createTosLink: () => sphere.createTosLink({ params }),
    getCustomer: () => sphere.getCustomer({ params }),
  };
  try {
    await calls[call]();
    await calls[call]();
  } catch (error) {
    return error as SphereError;
  }
  return expect.unreachable("both calls succeeded");
}

// All other runtimes: long/runtimes.test.ts.
test.each<[kind: Kind, outcome: string, read: boolean]>([
  ["no connection", "not_sent", false],
  ["wrong certificate", "not_sent", false],
  ["closed handshake", "not_sent", false],
  ["broken handshake", "unknown", false],
  ["client certificate", "unknown", false],
  ["request read", "unknown", true],
])("%s: %s", async (kind, outcome, read) => {
  const cases = servers.cases.filter((found) => found.kind === kind);
  const seen = await Promise.all(
    cases.map(async (met) => ({ name: met.name, outcome: (await errorOf(met)).outcome, read: met.bytes > 0 })),
  );
  expect(seen).toEqual(cases.map(({ name }) => ({ name, outcome, read })));
});

/** A fetch on `node:http` and `node:https`, which report of a connection what undici keeps to itself. */
const throughNode = (options: RequestOptions = {}): typeof fetch => {
  return (input, { method, headers, body } = {}) =>
    new Promise((resolve, reject) => {
      const url = `${input as string}`;
      const request = url.startsWith("https:") ? requestHttps : requestHttp;
      const sent = { ...options, method, headers: Object.fromEntries(new Headers(headers)), agent: false } as const;
      request(url, sent, (response) => resolve(new Response(null, { status: response.statusCode! })))
        .on("error", (cause) => reject(new TypeError("fetch failed", { cause })))
        .end(body);
    });
};

test("the code of a broken handshake comes after the request was read as well", async () => {
  const code = "ERR_SSL_WRONG_VERSION_NUMBER";
  const cases = servers.cases.filter(({ name }) => name.startsWith("a record of no version"));
  expect(cases.map(({ kind }) => kind)).toEqual(["broken handshake", "request read", "request read"]);
  for (const met of cases) {
    const seen = await errorOf(met, met.kind === "request read" ? throughNode() : fetch);
    expect(seen).toMatchObject({ outcome: "unknown", cause: { cause: { code } } });
  }
});

test("a host of several addresses was not reached when none of them was", async () => {
  const addresses = ["127.0.0.1", "127.0.0.2", "255.255.255.255"].map((address) => ({ address, family: 4 }));
  const lookup: LookupFunction = (_host, _options, callback) => callback(null, addresses);
  const [met] = servers.cases;
  const seen = await errorOf({ ...met!, url: "http://several.example:2" }, throughNode({ lookup }));
  expect(seen).toMatchObject({ outcome: "not_sent", cause: { cause: { errors: [{}, {}, {}] } } });
});

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const refused = error("connect ECONNREFUSED 127.0.0.1:2", { code: "ECONNREFUSED", syscall: "connect" });
const lost = error("read ECONNRESET", { code: "ECONNRESET", syscall: "read" });

// What takes a network that loses its way, and what only a fetch of the caller's can throw.
test.each<[title: string, thrown: unknown, outcome: string]>([
  ["no route at the start", error("connect", { code: "EHOSTUNREACH", syscall: "connect" }), "not_sent"],
  ["no route any more", error("read EHOSTUNREACH", { code: "EHOSTUNREACH", syscall: "read" }), "unknown"],
  ["no answer at the start", error("connect", { code: "ETIMEDOUT", syscall: "connect" }), "not_sent"],
  ["no answer any more", error("read ETIMEDOUT", { code: "ETIMEDOUT", syscall: "read" }), "unknown"],
  ["an error of node-fetch", error("request failed", { code: "ECONNREFUSED" }), "not_sent"],
  ["two refused connections", new AggregateError([refused, refused]), "not_sent"],
  ["a lost connection and a refused one", new AggregateError([lost, refused]), "unknown"],
  ["a list of errors that is no AggregateError", error("Bad Request", { errors: [] }), "unknown"],
  ["an alert", error("alert", { code: "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA" }), "unknown"],
  ["Bun's code of a failed handshake", error("EPROTO: The TLS handshake failed.", { code: "EPROTO" }), "unknown"],
  ["the answer of a gateway", error("error sending request for url (http://a/): client error (Connect)"), "unknown"],
  ["the answer of a proxy", error("Unable to connect"), "unknown"],
  [
    "a tunnel that undici was refused",
    error("Proxy response (403) !== 200 when HTTP Tunneling", { code: "UND_ERR_ABORTED" }),
    "unknown",
  ],
  ["the answer of a database", error("ECONNREFUSED: Unable to connect. Is it up?"), "unknown"],
  ["text that names a code", error("502 ECONNREFUSED CERT_HAS_EXPIRED"), "unknown"],
  ["nothing", undefined, "unknown"],
  ["text", "connect ECONNREFUSED", "unknown"],
])("%s", async (_, thrown, outcome) => {
  const wrapped = () => Promise.reject(new TypeError("fetch failed", { cause: thrown }));
  expect(await errorOf(servers.cases[0]!, wrapped)).toHaveProperty("outcome", outcome);
});
