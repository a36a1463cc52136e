import { inspect } from "node:util";
import { expect, test } from "vitest";
import { anything, makeClient } from "./made-client.ts";
import { startRecordingServer } from "./recording-server.ts";

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  token: { type: "http", scheme: "token" },
  oauth: { type: "oauth2", flows: {} },
  openId: { type: "openIdConnect", openIdConnectUrl: "https://a.example" },
  inHeader: { type: "apiKey", in: "header", name: "X-Api-Key" },
  inQuery: { type: "apiKey", in: "query", name: "api key" },
  inCookie: { type: "apiKey", in: "cookie", name: "session" },
  certificate: { type: "mutualTLS" },
  toString: { type: "apiKey", in: "header", name: "X-Api-Key" },
};

type Requirements = Record<string, string[]>[];

/** Makes one call of an operation with these requirements, and tells what came over the socket or was thrown. */
async function call(security: Requirements | undefined, options: object, document: Requirements = []) {
  const used = new Set([...(security ?? []), ...document].flatMap((requirement) => Object.keys(requirement)));
  const schemes = Object.fromEntries(Object.entries(securitySchemes).filter(([name]) => used.has(name)));
  const { createSphereClient } = await makeClient(
    { "/a": { get: { operationId: "read", responses: anything, ...(security && { security }) } } },
    { security: document, components: { securitySchemes: schemes } },
  );
  const { url, requests } = await startRecordingServer();
  const error: unknown = await createSphereClient({ baseUrl: url, ...options })["read"]!().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { target, headers } = requests[0] ?? {};
  const { authorization, cookie } = headers ?? {};
  return { error, count: requests.length, target, authorization, cookie, key: headers?.["x-api-key"] };
}

test.each<[title: string, security: Requirements, options: object, seen: object]>([
  ["bearer", [{ bearer: [] }], { apiKey: "abc" }, { authorization: "Bearer abc" }],
  ["OAuth 2", [{ oauth: ["read"] }], { apiKey: "abc" }, { authorization: "Bearer abc" }],
  ["OpenID Connect", [{ openId: [] }], { apiKey: "abc" }, { authorization: "Bearer abc" }],
  [
    "another scheme of one token",
    [{ token: [] }],
    { apiKey: "abc" },
    { authorization: expect.stringMatching(/^token abc$/i) },
  ],
  [
    "basic",
    [{ basic: [] }],
    { apiKey: { username: "jané", password: "a:b" } },
    { authorization: `Basic ${Buffer.from("jané:a:b").toString("base64")}` },
  ],
  ["a key in a header", [{ inHeader: [] }], { apiKey: "Token abc" }, { key: "Token abc", authorization: undefined }],
  ["a key in the query", [{ inQuery: [] }], { apiKey: "a&b c" }, { target: "/a?api%20key=a%26b%20c" }],
  ["a key in a cookie", [{ inCookie: [] }], { apiKey: "abc" }, { cookie: "session=abc" }],
  ["none", [], { apiKey: "abc" }, { authorization: undefined, target: "/a", cookie: undefined }],
  [
    "several at once",
    [{ inHeader: [], inQuery: [], inCookie: [] }],
    { credentials: { inHeader: "a", inQuery: "b", inCookie: async () => "c" } },
    { key: "a", target: "/a?api%20key=b", cookie: "session=c" },
  ],
  [
    "the first that is given whole",
    [{ inHeader: [], inQuery: [] }, { bearer: [] }, { inCookie: [] }],
    { credentials: { inHeader: "a", bearer: "b", inCookie: "c" } },
    { authorization: "Bearer b", key: undefined, cookie: undefined },
  ],
  ["one of the caller's rather than none", [{}, { bearer: [] }], { apiKey: "abc" }, { authorization: "Bearer abc" }],
  ["none where none is given and none is needed", [{}, { bearer: [] }], {}, { authorization: undefined }],
  ["a certificate, which is the given fetch's to show", [{ certificate: [] }], {}, { authorization: undefined }],
  ["a certificate and a token", [{ certificate: [], bearer: [] }], { apiKey: "abc" }, { authorization: "Bearer abc" }],
])("an operation that takes %s", async (_, security, options, seen) => {
  expect(await call(security, options)).toMatchObject({ error: undefined, count: 1, ...seen });
});

test("what the document says holds for operations that say nothing, and only for them", async () => {
  const document = [{ bearer: [] }];
  expect(await call(undefined, { apiKey: "abc" }, document)).toMatchObject({ authorization: "Bearer abc" });
  expect(await call([], { apiKey: "abc" }, document)).toMatchObject({ authorization: undefined, count: 1 });
});

test.each<[security: Requirements, options: object, message: string]>([
  [[{ bearer: [] }], {}, "read: pass apiKey"],
  [[{ toString: [], inQuery: [] }], {}, "read: pass credentials.toString and credentials.inQuery"],
  [[{ toString: [], inQuery: [] }], { credentials: null }, "read: pass credentials.toString and credentials.inQuery"],
  [
    [{ basic: [], inQuery: [] }, { inCookie: [] }],
    { credentials: { basic: "a" } },
    "read: pass credentials.basic and credentials.inQuery, or credentials.inCookie",
  ],
])("a call without the credentials that it needs names them: %o", async (security, options, message) => {
  const { error, count } = await call(security, options);
  expect(error).toMatchObject({ name: "SphereError", message, attempts: 0, outcome: "not_sent" });
  expect(count).toBe(0);
});

test.each<[security: string, credential: unknown, message: RegExp]>([
  ["bearer", "canary\n", /^read: apiKey must be visible ASCII characters without spaces$/],
  ["token", "canary ", /must be visible ASCII/],
  ["basic", "canary", /must be \{ username, password \}/],
  ["basic", { username: "canary:a", password: "a" }, /without a colon/],
  ["basic", { username: "a", password: "canary\0" }, /without control characters/],
  ["basic", { username: "a", password: "canary\ud800" }, /must be \{ username, password \}/],
  ["basic", { username: "canary" }, /must be \{ username, password \}/],
  ["inHeader", "canary\r\nx: y", /must be characters that a header can carry$/],
  ["inHeader", "canary✓", /must be characters that a header can carry$/],
  ["inCookie", "canary; admin=1", /must be characters that a cookie can carry$/],
  ["inQuery", { canary: 1 }, /must be text$/],
])("%s refuses what it cannot carry, without showing it", async (scheme, credential, message) => {
  for (const apiKey of [credential, () => credential]) {
    const { error, count } = await call([{ [scheme]: [] }], { apiKey });
    expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
    expect((error as Error).message).toMatch(message);
    expect(inspect(error, { showHidden: true, depth: null })).not.toContain("canary");
    expect(count).toBe(0);
  }
});

test("credentials win over headers", async () => {
  const headers = { Authorization: "Bearer other", "X-API-KEY": "other", Cookie: "a=b" };
  expect(await call([{ bearer: [] }], { apiKey: "abc", headers })).toMatchObject({ authorization: "Bearer abc" });
  expect(await call([{ inHeader: [] }], { apiKey: "abc", headers })).toMatchObject({ key: "abc" });
});

test("a cookie of a credential stands before those of the caller's header", async () => {
  const headers = { Cookie: "a=b; session=other" };
  const seen = { cookie: "session=abc; a=b; session=other" };
  expect(await call([{ inCookie: [] }], { apiKey: "abc", headers })).toMatchObject(seen);
});

test("a key that is there and has no value is a mistake", async () => {
  await expect(call([{ bearer: [] }], { apiKey: undefined })).rejects.toThrow(new TypeError("apiKey is missing"));
});
