import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createSecureServer } from "node:http2";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions, type TLSSocket } from "node:tls";
import { issue } from "./certificates.ts";
import { customer } from "./fault-server.ts";

/**
 * What a call meets. Before the first four the server reads nothing of the request. A client certificate is asked for in
 * the handshake of TLS 1.3, but refused after it. In the last the request has been read.
 */
export type Kind =
  | "no connection"
  | "wrong certificate"
  | "closed handshake"
  | "broken handshake"
  | "client certificate"
  | "request read";

/** An operation, by what its request is: a POST, a POST without a body, a GET. */
export type Call = "createCustomer" | "createTosLink" | "getCustomer";

/** A server that a call meets; `bytes` is what it has read of requests. */
export interface Case {
  name: string;
  kind: Kind;
  call: Call;
  url: string;
  bytes: number;
}

/** What a server does once it has read the `nth` request: with the TLS connection, or below it. */
type OnRequest = (connection: { tls: TLSSocket; tcp: Socket; nth: number; stop: () => void }) => void;

const closedPort = 2;
const allowed = "access-control-allow-origin: *\r\naccess-control-allow-headers: *\r\n";
const json = JSON.stringify({ ...customer, link: "https://example.com" });
const answer = `HTTP/1.1 200 OK\r\n${allowed}content-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`;

/** Starts one server for each way in which a connection or its TLS handshake fails, before a request is read or after. */
export async function startHandshakeServers() {
  const cases: Case[] = [];
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  const authority = issue({ subject: "Authority", authority: true });
  const stranger = issue({ subject: "Stranger", authority: true });
  const issuer = authority;
  const good = issue({ subject: "localhost", issuer });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  }

  function add(kind: Kind, name: string, url: string, call: Call = "createCustomer"): Case {
    const added = { name, kind, call, url, bytes: 0 };
    cases.push(added);
    return added;
  }

  /** A server of bytes, not of TLS. */
  async function addTcp(kind: Kind, name: string, onConnection: (socket: Socket) => void) {
    add(kind, name, `https://127.0.0.1:${await listen(createServer(onConnection))}`);
  }

  /** A server of TLS behind a relay, so that connections can be broken below TLS. */
  async function addTls(kind: Kind, name: string, options: TlsOptions, onRequest: OnRequest = reply, call?: Call) {
    const tcpOf = new Map<number | undefined, Socket>();
    const server = createTlsServer(options, (tls) => {
      const tcp = tcpOf.get(tls.remotePort)!;
      let text = "";
      tls.on("error", () => {});
      tls.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
        if (!isWhole(text)) return;
        const preflight = text.startsWith("OPTIONS");
        if (!preflight) added.bytes += text.length;
        text = "";
        if (preflight) tls.write(`HTTP/1.1 204 No Content\r\n${allowed}\r\n`);
        else onRequest({ tls, tcp, nth: ++nth, stop: () => relay.close() });
      });
    });
    let nth = 0;
    const port = await listen(server);
    const relay = createServer((tcp) => {
      const inner = connect(port, "127.0.0.1", () => {
        tcpOf.set(inner.localPort, tcp);
        tcp.pipe(inner).pipe(tcp);
      });
      inner.on("error", () => tcp.destroy());
      tcp.on("close", () => inner.destroy());
    });
    const host = name === "another name" ? "localhost" : "127.0.0.1";
    const added = add(kind, name, `https://${host}:${await listen(relay)}`, call);
  }

  add("no connection", "refused", `https://127.0.0.1:${closedPort}`);
  add("no connection", "no route", `https://255.255.255.255:${closedPort}`);
  // A label has at most 63 characters, so that nobody is asked.
  add("no connection", "no such host", `https://${"a".repeat(64)}.invalid`);

  const middle = issue({ subject: "Middle", issuer });
  const unknown = issue({ subject: "localhost", issuer: stranger });
  const forged = issue({ subject: "localhost", issuer: { ...stranger, subject: authority.subject } });
  for (const [name, wrong] of Object.entries({
    "self-signed": issue({ subject: "localhost" }),
    "an authority's own": stranger,
    "of an unknown authority": unknown,
    "of an unknown authority in the chain": { ...unknown, cert: unknown.cert + stranger.cert },
    "with a forged signature": forged,
    "of somebody who is no authority": chain(issue({ subject: "localhost", issuer: middle }), middle),
    expired: issue({ subject: "localhost", issuer, validFrom: -3, validTo: -2 }),
    "not yet valid": issue({ subject: "localhost", issuer, validFrom: 2, validTo: 3 }),
    "another name": issue({ subject: "other.example", issuer, host: "other.example" }),
    "another address": issue({ subject: "other.example", issuer, host: "other.example" }),
    "for clients": issue({ subject: "localhost", issuer, purpose: "client" }),
    "a name that is a message": issue({ subject: "Unable to connect", issuer, host: "client error (Connect)" }),
  })) {
    await addTls("wrong certificate", name, wrong);
  }
  await addTls("wrong certificate", "self-signed, TLS 1.2", {
    ...issue({ subject: "localhost" }),
    maxVersion: "TLSv1.2",
  });

  await addTcp("closed handshake", "at once", (socket) => socket.end());
  await addTcp("closed handshake", "after ClientHello", (socket) => socket.once("data", () => socket.end()));
  await addTcp("broken handshake", "reset after ClientHello", (socket) => {
    socket.once("data", () => socket.resetAndDestroy());
  });
  for (const [name, record] of Object.entries(records)) {
    await addTcp("broken handshake", name, (socket) => socket.once("data", () => socket.write(record)));
  }
  const plain = await listen(createHttpServer((_, response) => response.end("No TLS here")));
  add("broken handshake", "HTTP without TLS", `https://127.0.0.1:${plain}`);
  const old: TlsOptions = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" };
  await addTls("broken handshake", "TLS 1.1 only", { ...good, ...old });
  await addTls("broken handshake", "no common cipher", { ...good, maxVersion: "TLSv1.2", ciphers: "AES128-SHA256" });

  await addTls("client certificate", "missing", { ...good, requestCert: true });

  for (const maxVersion of ["TLSv1.3", "TLSv1.2"] as const) {
    const options = { ...good, maxVersion };
    await addTls("request read", `closed, ${maxVersion}`, options, ({ tls }) => tls.end());
    await addTls("request read", `cut off, ${maxVersion}`, options, ({ tcp }) => tcp.destroy());
    await addTls("request read", `reset, ${maxVersion}`, options, ({ tcp }) => tcp.resetAndDestroy());
    for (const [name, record] of Object.entries(records)) {
      await addTls("request read", `${name}, ${maxVersion}`, options, ({ tcp }) => tcp.write(record));
    }
  }
  const keptThen =
    (end: (tcp: Socket) => void): OnRequest =>
    (connection) => {
      if (connection.nth === 1) return reply(connection);
      connection.stop();
      end(connection.tcp);
    };
  for (const call of ["createCustomer", "createTosLink", "getCustomer"] as const) {
    const closes = keptThen((tcp) => tcp.destroy());
    const resets = keptThen((tcp) => tcp.resetAndDestroy());
    await addTls("request read", `${call}, closed on a kept connection of a server that stops`, good, closes, call);
    await addTls("request read", `${call}, reset on a kept connection of a server that stops`, good, resets, call);
  }

  const http2 = createSecureServer({ ...good, allowHTTP1: true }, (request, response) => {
    request.on("data", (chunk) => (http2Case.bytes += request.method === "OPTIONS" ? 0 : chunk.length));
    request.on("end", () => {
      if (request.method === "OPTIONS") {
        response.writeHead(204, { "access-control-allow-origin": "*", "access-control-allow-headers": "*" }).end();
      } else {
        const reason = "error sending request for url (https://127.0.0.1): client error (Connect)";
        if (request.httpVersion === "2.0") request.stream.session?.goaway(11, 0, Buffer.from(reason));
        setTimeout(() => request.socket.destroy(), 50);
      }
    });
  });
  const http2Case = add(
    "request read",
    "GOAWAY of HTTP/2 that says it was not",
    `https://127.0.0.1:${await listen(http2)}`,
  );

  return {
    cases,
    /** What a runtime has to trust: the authority, and for Chromium the hash of the good certificate's key. */
    trusted: {
      authority: authority.cert,
      key: createHash("sha256")
        .update(good.publicKey.export({ type: "spki", format: "der" }))
        .digest("base64"),
    },
    close() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What TLS does not allow: alerts that are not encrypted, a record of no version, text. */
const records = {
  "alert unknown_ca": Buffer.from("15030300020230", "hex"),
  "alert handshake_failure": Buffer.from("15030300020228", "hex"),
  "a record of no version": Buffer.from("170505000568656c6c6f", "hex"),
  "text in the place of a record": Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"),
};

const reply: OnRequest = ({ tls }) => tls.write(answer);

function chain<Leaf extends { cert: string }>(leaf: Leaf, ...others: { cert: string }[]): Leaf {
  return { ...leaf, cert: [leaf, ...others].map(({ cert }) => cert).join("") };
}

function isWhole(request: string): boolean {
  const end = request.indexOf("\r\n\r\n");
  if (end < 0) return false;
  return request.length >= end + 4 + Number(/^content-length: *(\d+)/im.exec(request)?.[1] ?? 0);
}
