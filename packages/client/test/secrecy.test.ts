import { execFile } from "node:child_process";
import { Console } from "node:console";
import { createServer, type AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { format, inspect, promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import {
  createSphereClient,
  type SphereApiError,
  type SphereCallOptions,
  type SphereClientOptions,
} from "../src/index.ts";
import { createSphereHttp } from "../src/http.ts";

/** In everything that a caller hands over and nobody else should see. */
const canary = "canary";
const apiKey = `${canary}-key-1`;
const headers = { [`x-${canary}-2`]: `${canary}-header-3`, "x-request-id": `${canary}-4` };
const body = {
  type: `${canary}-5`,
  address: {
    line1: `${canary}-6`,
    state: `${canary}-7`,
    country: `${canary}-8`,
    deep: [{ [`${canary}-9`]: [`${canary}-10`] }],
  },
  [`${canary}-11`]: `${canary}-12`,
  email: `${canary}@13.example`,
  amount: 1_234_567_890_123,
};
const secrets = /canary|1234567890123|1_234_567_890_123/i;

type Body = Parameters<ReturnType<typeof createSphereClient>["createCustomer"]>[0]["body"];

interface Case {
  /** Raw bytes that answer a request, made from what was read. No answer: silence. */
  answer?: (request: string) => string | undefined;
  /** The connection stays open after the answer. */
  stays?: boolean;
  client?: Partial<SphereClientOptions>;
  call?: SphereCallOptions;
  /** Milliseconds until the caller aborts. */
  abortAfter?: number;
  body?: unknown;
  name: string | RegExp;
}

const http = (status: string, text: string, lines: string[] = []) =>
  [`HTTP/1.1 ${status}`, ...lines, `content-length: ${Buffer.byteLength(text)}`, "connection: close", "", text].join(
    "\r\n",
  );
const bodyOf = (request: string) => request.slice(request.indexOf("\r\n\r\n") + 4);
const headerOf = (request: string) => /^authorization: .*$/im.exec(request)![0];

/** An answer with the whole request in its body, in the header fields and in the reason phrase. */
const echo =
  (status: number, wrap: (request: string) => string, type = "application/json") =>
  (request: string) =>
    http(`${status} ${headerOf(request)}`, wrap(request), [
      `content-type: ${type}`,
      `x-${headerOf(request)}`,
      `x-echo: ${bodyOf(request)}`,
      `set-cookie: session=${headerOf(request)}`,
      `x-request-id: ${headerOf(request)}`,
      `location: /${encodeURIComponent(bodyOf(request))}`,
      "retry-after: 0",
    ]);
const fields = (request: string) =>
  JSON.stringify({ ts: bodyOf(request), error: { address: [request], [apiKey]: [request], general: request } });
const chunked = (text: string) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text}`;
const html = (request: string) => `<pre>${request}</pre>`;

const statuses = [
  300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 408, 409, 413, 422, 429, 431, 500, 502, 503, 504, 599,
];
const api = "SphereApiError";
const connection = "SphereConnectionError";
const abort = "SphereAbortError";
const silent: Case = { client: { timeout: 50 }, name: "SphereTimeoutError" };
const circular: Record<string, unknown> = { ...body };
circular[`${canary}-self`] = circular;

const cases: [title: string, Case][] = [
  ...statuses.flatMap((status): [string, Case][] => [
    [`${status} with an envelope that repeats the request`, { answer: echo(status, fields), name: api }],
    [`${status} with HTML that repeats the request`, { answer: echo(status, html, "text/html"), name: api }],
  ]),
  ["200 with an envelope that repeats the request", { answer: echo(200, fields), name: api }],
  ["200 with HTML that repeats the request", { answer: echo(200, html, "text/html"), name: api }],
  ["200 with the body that was sent, and no customer", { answer: echo(200, bodyOf), name: api }],
  ["200 with half of the body that was sent", { answer: echo(200, (text) => bodyOf(text).slice(0, -9)), name: api }],
  ["429 twice", { answer: echo(429, fields), client: { maxRetries: 1 }, name: api }],
  ["407 that repeats the request", { answer: echo(407, fields), name: connection }],
  ["421 that repeats the request", { answer: echo(421, fields), name: api }],
  ["the request itself in place of an answer", { answer: (request) => request, name: connection }],
  ["a header without a colon", { answer: (request) => `HTTP/1.1 200 OK\r\n${canary} ${request}`, name: connection }],
  [
    "a length that is none",
    { answer: (request) => http("200 OK", "", [`content-length: ${request}`]), name: connection },
  ],
  ["a chunk without a size", { answer: (request) => chunked(request), name: connection }],
  ["half a body", { answer: (request) => http("400 Bad", request).slice(0, -20), name: connection }],
  [
    "half a body, then silence",
    { ...silent, answer: (request) => http("400 Bad", request).slice(0, -20), stays: true },
  ],
  [
    "a body that is not gzip",
    { answer: (request) => http("400 Bad", request, ["content-encoding: gzip"]), name: connection },
  ],
  [
    "a redirect with a password",
    { answer: () => http("302 Found", "", [`location: http://${canary}@host/`]), name: api },
  ],
  ["a redirect to no address", { answer: () => http("302 Found", "", [`location: http://[${canary}`]), name: api }],
  ["a closed connection", { answer: () => "", name: connection }],
  ["silence", silent],
  ["an abort before the call", { abortAfter: 0, name: abort }],
  ["an abort while it waits for an answer", { abortAfter: 50, name: abort }],
  [
    "an abort between attempts",
    {
      answer: (request) => http("429 Wait", request, ["retry-after: 30"]),
      client: { maxRetries: 1 },
      abortAfter: 50,
      name: abort,
    },
  ],
  ["no connection", { client: { baseUrl: "http://127.0.0.1:2" }, name: connection }],
  ["a host that does not exist", { client: { baseUrl: "http://host.invalid" }, name: connection }],
];

/** What cannot be sent. */
const mistakes = (
  [
    ["a base URL that is none", { client: { baseUrl: `${canary} nonsense` } }],
    ["a base URL with a password", { client: { baseUrl: `http://user:${canary}@127.0.0.1:2` } }],
    ["a base URL that fetch does not know", { client: { baseUrl: `${canary}://127.0.0.1:2` } }],
    ["a key with a line break", { client: { apiKey: `${apiKey}\nx` } }],
    ["a key with a space", { client: { apiKey: `${apiKey} x` } }],
    ["a key beyond latin1", { client: { apiKey: `${apiKey}✓` } }],
    ["a key beyond ASCII", { client: { apiKey: `${apiKey}é` } }],
    ["a key function that gives a line break", { client: { apiKey: async () => `${apiKey}\r\nx: y` } }],
    ["a key function that gives an object", { client: { apiKey: () => ({ key: apiKey }) as never } }],
    ["a key function that gives a list", { client: { apiKey: () => [`${apiKey}\n`] as never } }],
    ["a key function that gives nothing", { client: { apiKey: () => undefined as never } }],
    ["a key function that throws", { client: { apiKey: () => fail("the vault is closed") } }],
    ["a key function that rejects", { client: { apiKey: async () => fail("the vault is closed") } }],
    ["a header with a line break", { call: { headers: { "x-note": `${canary}\nx` } } }],
    ["a header beyond latin1", { call: { headers: { "x-note": `${canary}✓` } } }],
    ["a header name with a space", { call: { headers: { [`${canary} name`]: "x" } } }],
    ["a header that is a symbol", { call: { headers: { "x-note": Symbol(canary) as never } } }],
    ["a body with a BigInt", { body: { ...body, amount: 1n } }],
    ["a body that contains itself", { body: circular }],
    ["a body whose toJSON throws", { body: { ...body, toJSON: () => fail(canary) } }],
  ] satisfies [string, Omit<Case, "name">][]
).map(([title, mistake]): [string, Case] => [title, Object.assign({ name: /^(Sphere\w*|Type)Error$/ }, mistake)]);

test.each([...cases, ...mistakes])("nothing shows what was sent: %s", async (_, { name, ...given }) => {
  const error = await errorOf(given);
  expect(error).toMatchObject({ name: expect.stringMatching(name) });
  expect(leaks(error)).toEqual([]);
});

test.each(cases)("nothing shows a key that a function gives: %s", async (_, { name, ...given }) => {
  const error = await errorOf({ ...given, client: { apiKey: async () => apiKey, ...given.client } });
  expect(error).toMatchObject({ name: expect.stringMatching(name) });
  expect(leaks(error)).toEqual([]);
});

test.each([...cases, ...mistakes])(
  "nothing shows what was sent through http, with middleware: %s",
  async (_, given) => {
    expect(leaks(await errorOf(given, true))).toEqual([]);
  },
);

test("what the API answered is there for those who ask", async () => {
  const error = await errorOf({ answer: echo(400, fields) });
  expect(error).toMatchObject({ fieldErrors: { address: [expect.stringContaining(apiKey)] } });
  expect((error as SphereApiError).headers.get("x-echo")).toContain(canary);
});

test("an error that nobody catches shows nothing of what was sent", async () => {
  const url = await startServer({ answer: echo(400, fields) });
  const source = `
    import { createSphereClient } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    const sphere = createSphereClient({ apiKey: process.env.KEY, baseUrl: process.env.SERVER });
    await sphere.createCustomer({ body: JSON.parse(process.env.BODY) });`;
  const env = { ...process.env, KEY: apiKey, SERVER: url, BODY: JSON.stringify(body) };
  const child = promisify(execFile)(process.execPath, ["--input-type=module", "-e", source], { env });
  const { stdout, stderr } = (await child.catch((failed: unknown) => failed)) as { stdout: string; stderr: string };
  expect(stderr).toContain("SphereApiError: createCustomer: the API answered 400");
  expect(stdout + stderr).not.toMatch(secrets);
});

function fail(message: string): never {
  throw new Error(message);
}

/** A server that answers each request with raw bytes. */
async function startServer({ answer, stays }: Partial<Case>): Promise<string> {
  const server = createServer((socket) => {
    let request = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      request += String(chunk);
      const length = /^content-length: (\d+)/im.exec(request)?.[1];
      if (length !== undefined && bodyOf(request).length < Number(length)) return;
      const bytes = answer?.(request);
      if (bytes !== undefined) socket.write(bytes);
      if (answer && !stays) socket.end();
    });
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What making a client and calling it throws. */
async function errorOf(given: Partial<Case>, throughHttp = false): Promise<unknown> {
  const baseUrl = await startServer(given);
  const { abortAfter } = given;
  const signal =
    abortAfter === undefined ? undefined : abortAfter ? AbortSignal.timeout(abortAfter) : AbortSignal.abort();
  try {
    const client = { apiKey, baseUrl, maxRetries: 0, timeout: 5000, ...given.client };
    const sent = { body: (given.body ?? body) as Body };
    const options = { ...given.call, signal, headers: { ...headers, ...given.call?.headers } };
    if (!throughHttp) return await createSphereClient(client).createCustomer(sent, options);
    const sphere = createSphereHttp(client);
    sphere.use({ onRequest: ({ request }) => request });
    // An answer is no error here: who prints what `http` gives means to.
    await sphere.POST("/v2/customer", { ...sent, ...options } as typeof sent);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Ways of printing an error or one of its causes that show a secret. */
function leaks(error: unknown): string[] {
  return shown(error)
    .filter(([, text]) => secrets.test(text))
    .map(([how, text]) => `${how}: ${text}`);
}

function shown(error: unknown): [how: string, text: string][] {
  if (error === undefined) return [];
  if (!(error instanceof Error)) return [["cause", inspect(error, { depth: null })]];
  return [
    ["message", error.message],
    ["stack", String(error.stack)],
    ["String", String(error)],
    ["inspect", inspect(error)],
    ["inspect all", inspect(error, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })],
    ["inspect with getters", inspect({ error }, { depth: null, getters: true })],
    ["JSON", JSON.stringify(error) ?? ""],
    ["JSON of own properties", JSON.stringify(error, Object.getOwnPropertyNames(error)) ?? ""],
    ["spread", inspect({ ...error }, { depth: null })],
    ["format", format("%s %o %O %j", error, error, error, error)],
    ["console", printed(error)],
    ["clone", cloned(error)],
    ...shown(error.cause),
  ];
}

function printed(error: Error): string {
  let text = "";
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  const output = new Console({ stdout: stream, stderr: stream });
  output.log(error);
  output.error("failed", { error });
  output.dir(error, { depth: null, showHidden: true });
  output.table([error]);
  output.trace(error);
  return text;
}

function cloned(error: Error): string {
  try {
    return inspect(structuredClone(error), { depth: null, showHidden: true });
  } catch {
    return "";
  }
}
