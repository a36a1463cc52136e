import { type Parts, request, VALID } from "./requests.ts";

export interface Hostile {
  bytes: Uint8Array | string;
  /** The statuses of the answers, in their order. */
  statuses: number[];
  /** Whether the client sends no more after these bytes. */
  ends: boolean;
  isHead: boolean;
}

type Row = [name: string, hostile: Hostile];

function row(name: string, bytes: Uint8Array | string, ...statuses: number[]): Row {
  return [name, { bytes, statuses, ends: false, isHead: false }];
}

/** As `row`, of a client that closes its half of the connection. */
function ended(name: string, bytes: Uint8Array | string, ...statuses: number[]): Row {
  return [name, { bytes, statuses, ends: true, isHead: false }];
}

function headers(name: string, fields: Parts["headers"] & {}, ...statuses: number[]): Row {
  return row(name, request({ headers: fields }), ...statuses);
}

function length(value: string): Row {
  return headers(`the content-length ${JSON.stringify(value)}`, { "content-length": value }, 400);
}

function chunks(name: string, body: string, status: number): Row {
  const head = request({ headers: { "content-length": undefined, "transfer-encoding": "chunked" }, body: "" });
  return ended(`chunked, ${name}`, Buffer.concat([head, Buffer.from(body)]), status);
}

function encoding(value: string | string[], ...statuses: number[]): Row {
  const fields = { "content-length": undefined, "transfer-encoding": value };
  return row(`transfer-encoding ${value}`, request({ headers: fields, body: "0\r\n\r\n" }), ...statuses);
}

function heading(name: string, bytes: Uint8Array, status: number): Row {
  return [`HEAD, ${name}`, { bytes, statuses: [status], ends: false, isHead: true }];
}

const valid = request();
const both = { "transfer-encoding": "chunked" };
const size = VALID.length.toString(16);
const declared = request({ headers: { "content-length": "99999999" }, body: "{" });

/** What `fetch` would not send, or not in this way. */
export const ROWS: Row[] = [
  // RFC 9112, section 6: how long a body is.
  ...["abc", "-1", "+62", "0x3e", "6 2", "62.0", "", "62, 62", "9".repeat(30)].map(length),
  headers("the content-length twice, different", { "content-length": ["62", "63"] }, 400),
  headers("both content-length and transfer-encoding", both, 400),
  headers("a content-length that is too short", { "content-length": "10" }, 400, 400),
  ended("a content-length that is too long", request({ headers: { "content-length": "100" } }), 400),
  headers("no length at all", { "content-length": undefined }, 400, 400),
  encoding("gzip", 400),
  encoding("chunked, gzip", 400),
  encoding("xchunked", 400),
  encoding(["chunked", "chunked"], 400),
  encoding("chunked", 400),
  chunks("a size that is no number", `zz\r\n${VALID}\r\n0\r\n\r\n`, 400),
  chunks("a negative size", `-1\r\n${VALID}\r\n0\r\n\r\n`, 400),
  chunks("0x before the size", `0x${size}\r\n${VALID}\r\n0\r\n\r\n`, 400),
  chunks("a size of 68 bits", `${"f".repeat(17)}\r\n${VALID}`, 400),
  chunks("a size that is too small", `2\r\n${VALID}\r\n0\r\n\r\n`, 400),
  chunks("no last chunk", `${size}\r\n${VALID}\r\n`, 400),
  chunks("bare line feeds", `${size}\n${VALID}\n0\n\n`, 400),
  chunks("extensions", `${size};a=b;c="d"\r\n${VALID}\r\n0;x\r\n\r\n`, 200),
  chunks("an extension of 20 KB", `${size};a=${"b".repeat(20_000)}\r\n${VALID}\r\n0\r\n\r\n`, 400),
  chunks("trailers", `${size}\r\n${VALID}\r\n0\r\nx: 1\r\nhost: b\r\n\r\n`, 200),
  chunks("a malformed trailer", `${size}\r\n${VALID}\r\n0\r\nx 1\r\n\r\n`, 400),
  row("a chunk for each byte", request({ chunkSize: 1 }), 200),
  row("1 MiB in chunks", request({ chunkSize: 65_536, body: VALID.padEnd(1_048_576) }), 200),
  row("1 MiB and a byte in chunks", request({ chunkSize: 65_536, body: VALID.padEnd(1_048_577) }), 413),
  row("5 MB in chunks", request({ chunkSize: 65_536, body: VALID.padEnd(5_000_000) }), 413),
  ended("99,999,999 bytes declared, one sent", declared, 413),

  // RFC 9112, section 3.2: the Host header.
  headers("no Host", { host: undefined }, 400),
  headers("Host twice", { host: ["mock", "other"] }, 400),
  headers("a Host that is no host", { host: "a b/c" }, 400),
  headers("an empty Host", { host: "" }, 200),

  headers("no Content-Type", { "content-type": undefined }, 415),
  headers("Content-Type twice, first a wrong one", { "content-type": ["text/plain", "application/json"] }, 415),
  headers("Content-Type twice, the same", { "content-type": ["application/json", "application/json"] }, 200),
  headers("no Authorization", { authorization: undefined }, 401),
  headers("Authorization twice, first a wrong one", { authorization: ["Basic x", "Bearer x"] }, 401),
  headers("Authorization twice, the same", { authorization: ["Bearer x", "Bearer x"] }, 200),
  headers("Accept twice", { accept: ["text/html", "*/*"] }, 200),
  headers("Accept twice, none that can be met", { accept: ["text/html", "image/png"] }, 406),
  headers("Prefer twice", { prefer: ["code=400", "code=429"] }, 400),
  headers("a header of 32 KB", { x: "x".repeat(32_768) }, 431),
  headers("300 headers", { x: Array.from({ length: 300 }, String) }, 200),
  headers("5000 headers", { x: Array.from({ length: 5000 }, String) }, 431),
  ...["\0", "\x01", "\x7f", "\r", "\n"].map((character) =>
    headers(`a header with ${JSON.stringify(character)}`, { x: `a${character}b` }, 400),
  ),
  ...["x ", "", "x\xff", "x y"].map((name) => headers(`the header name ${JSON.stringify(name)}`, { [name]: "x" }, 400)),
  headers("a header on two lines", { x: "a\r\n b" }, 400),
  row("a header without a colon", request().toString().replace("host: mock", "host mock"), 400),
  row("bare line feeds", request().toString().replaceAll("\r\n", "\n"), 400),
  headers("Expect: 100-continue", { expect: "100-continue" }, 200),
  headers("Expect: nonsense", { expect: "nonsense" }, 200),
  ended(
    "Expect: 100-continue before too much",
    request({ headers: { expect: "100-continue", "content-length": "99999999" }, body: "" }),
    413,
  ),
  headers("an upgrade to a WebSocket", { connection: "upgrade", upgrade: "websocket" }, 200),
  headers(
    "an upgrade to HTTP/2",
    { connection: "upgrade, http2-settings", upgrade: "h2c", "http2-settings": "A" },
    200,
  ),
  headers("Connection: close", { connection: ",,close" }, 200),

  // RFC 9112, section 3.2: no target may have these.
  ...[
    "/v2/customer#x",
    "/v2\\customer",
    "/v2/customer\0",
    "/v2/custom\xe9r",
    "/v2/customer?\xe9",
    "customer",
    "?x",
  ].map((target) => row(`the target ${JSON.stringify(target)}`, request({ target }), 400)),
  ...["mock:80", "*", "http://mock:99999/v2/customer", "/v2/customer /"].map((target) =>
    row(`the target ${target}`, request({ target }), 400),
  ),
  ...["//", "//v2/customer", "///", "http://mock", "http://mock/v2"].map((target) =>
    row(`the target ${target}`, request({ target }), 404),
  ),
  row("a whole URL as target", request({ target: "http://mock/v2/customer" }), 200),
  row("a target of 20 KB", request({ target: `/${"x".repeat(20_000)}` }), 431),

  ...["GET", "OPTIONS", "TRACE", "DELETE", "PROPFIND", "M-SEARCH", "QUERY"].map((method) =>
    row(method, request({ method }), 405),
  ),
  ...["BREW", "post", "Post", "", "P\0ST", "PRI"].map((method) =>
    row(`the method ${JSON.stringify(method)}`, request({ method }), 400),
  ),
  row("CONNECT", "CONNECT mock:443 HTTP/1.1\r\nHost: mock\r\n\r\n", 405),
  row("OPTIONS *", request({ method: "OPTIONS", target: "*", body: "" }), 400),
  heading("a known path", request({ method: "HEAD", body: "" }), 405),
  heading("an unknown path", request({ method: "HEAD", target: "/", body: "" }), 404),
  heading("no Host", request({ method: "HEAD", headers: { host: undefined }, body: "" }), 400),
  heading("too large a body", request({ method: "HEAD", body: "x".repeat(2_000_000) }), 413),

  ...["HTTP/1.2", "HTTP/3.0", "HTTP/1", "HTTP/", "http/1.1", "HTTP/1.1 x", "FTP/1.1"].map((version) =>
    row(`the version ${version}`, request({ version }), 400),
  ),
  ended("HTTP/0.9", "GET /v2/customer\r\n", 400),
  row("HTTP/1.0", request({ version: "HTTP/1.0" }), 200),
  row("HTTP/1.0 without Host", request({ version: "HTTP/1.0", headers: { host: undefined } }), 200),
  row("HTTP/1.0 that stays open", request({ version: "HTTP/1.0", headers: { connection: "keep-alive" } }), 200),
  row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", 400),
  row("the client hello of TLS", Buffer.from("16030100c8010000c40303", "hex"), 400),
  row("the hello of SSH", "SSH-2.0-OpenSSH_9.6\r\n", 400),

  row("two valid ones at once", Buffer.concat([valid, valid]), 200, 200),
  row("an invalid and a valid one", Buffer.concat([request({ body: "{" }), valid]), 400, 200),
  row("a valid one and no HTTP", Buffer.concat([valid, Buffer.from("nonsense\r\n\r\n")]), 200, 400),
  row(
    "two valid ones and a bad chunk",
    Buffer.concat([valid, valid, request({ headers: { "content-length": undefined, ...both }, body: "zz\r\n" })]),
    200,
    200,
    400,
  ),
  row(
    "a valid one and CONNECT",
    Buffer.concat([valid, Buffer.from("CONNECT mock:443 HTTP/1.1\r\nHost: mock\r\n\r\n")]),
    200,
    405,
  ),
  row("a valid and too large a one", Buffer.concat([valid, request({ body: "x".repeat(1_100_000) })]), 200, 413),
  ended("a valid one and half a head", Buffer.concat([valid, valid.subarray(0, 40)]), 200, 400),
  row("empty lines before it", Buffer.concat([Buffer.from("\r\n\r\n"), valid]), 200),
  ended("a whole request", valid, 200),
  ended("half of the head", valid.subarray(0, 50), 400),
  ended("half of the body", valid.subarray(0, -20), 400),
  ended("nothing", ""),
];
