import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createSphereHttp } from "../src/http.ts";
import { anything, makeClient } from "./made-client.ts";
import { startRecordingServer } from "./recording-server.ts";
import { startMock } from "./start-mock.ts";

const body = { type: "individual", address: { state: "CA", country: "USA" } } as const;
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const security = [{ bearer: [] }];
const paths = {
  "/items/{id}": {
    parameters: [id],
    delete: { operationId: "deleteItem", responses: anything },
    patch: {
      operationId: "patchItem",
      security: [],
      parameters: [
        { name: "tags", in: "query", style: "pipeDelimited", schema: { type: "array", items: { type: "string" } } },
        { name: "X-Tags", in: "header", schema: { type: "array", items: { type: "string" } } },
        { name: "session", in: "cookie", schema: { type: "string" } },
      ],
      requestBody: { content: { "application/merge-patch+json": { schema: { type: "object" } } } },
      responses: anything,
    },
    put: {
      operationId: "putItem",
      security: [{ inQuery: [], inCookie: [] }],
      requestBody: {
        content: { "multipart/form-data": { schema: { type: "object", properties: { a: { type: "string" } } } } },
      },
      responses: anything,
    },
  },
  "/b c/ü%7C|{id}#": { post: { operationId: "encoded", parameters: [id], security: [], responses: anything } },
};
const rest = {
  security,
  components: {
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer" },
      inQuery: { type: "apiKey", in: "query", name: "key" },
      inCookie: { type: "apiKey", in: "cookie", name: "key" },
    },
  },
};
const credentials = { bearer: "abc", inQuery: "in query", inCookie: "in_cookie" };

/** A client of the paths above, and what its server sees. */
async function start(options: object = {}) {
  const { createSphereHttp: create } = await makeClient(paths, rest);
  const { url, requests } = await startRecordingServer();
  return { http: create({ baseUrl: url, credentials, ...options }), url, requests };
}

test("http is the openapi-fetch client, with the same key and retries", async () => {
  const mock = await startMock({ status: 429, headers: { "retry-after": "0" } });
  const http = createSphereHttp({ apiKey: "secret_key", baseUrl: mock.url });
  http.use({ onRequest: ({ request }) => request.headers.set("x-trace", "1") });
  const { data } = await http.POST("/v2/customer", { body });
  expect(data?.id).toBe("customer_d41608fae4d34d308f85bc3c2b6ca29a");
  expect(mock.requests).toHaveLength(2);
  expect(mock.requests[1]!.headers).toMatchObject({ authorization: "Bearer secret_key", "x-trace": "1" });
});

test("an answer that is no success is the error, and not thrown", async () => {
  const mock = await startMock();
  const http = createSphereHttp({ apiKey: "secret_key", baseUrl: mock.url });
  const { data, error, response } = await http.POST("/v2/customer", { body: { type: "individual" } as typeof body });
  expect(data).toBeUndefined();
  expect(error?.error).toEqual({ address: ["Required"] });
  expect(response.status).toBe(400);
});

test("middleware sees real requests and responses, and may replace both", async () => {
  const mock = await startMock();
  const http = createSphereHttp({ apiKey: "secret_key", baseUrl: mock.url });
  const seen: unknown[] = [];
  http.use({
    onRequest({ request, schemaPath, params }) {
      seen.push(schemaPath, params.path, request.url.replace(mock.url, ""));
      return new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-trace": "1" } });
    },
    onResponse: ({ response }) => Response.json({ id: "customer_2" }, response),
  });
  const { data } = await http.GET("/v2/customer/{customer_id}", { params: { path: { customer_id: "customer_1" } } });
  expect(data).toEqual({ id: "customer_2" });
  expect(seen).toEqual(["/v2/customer/{customer_id}", { customer_id: "customer_1" }, "/v2/customer/customer_1"]);
  expect(mock.requests[0]!.headers).toMatchObject({ "x-trace": "1" });
});

test("headers come as openapi-fetch takes them, and null is nothing", async () => {
  const { http, requests } = await start();
  const params = { path: { id: "a" } };
  for (const headers of [new Headers({ "x-a": "b" }), [["x-a", "b"]], { "x-a": "b", "x-b": null, "x-c": undefined }]) {
    await http["DELETE"]!("/items/{id}", { params, headers });
  }
  await http["GET"]!("/unknown", { params: null, headers: null });
  expect(requests.map(({ headers }) => headers["x-a"])).toEqual(["b", "b", "b", undefined]);
  expect(Object.keys(requests[2]!.headers)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^x-[bc]$/)]));
});

test("parameters and bodies go out as the document says", async () => {
  const { http, requests } = await start();
  const params = {
    path: { id: "a/b" },
    query: { tags: ["x", "y"] },
    header: { "X-Tags": ["p", "q"] },
    cookie: { session: "s" },
  };
  await http["PATCH"]!("/items/{id}", { params, body: { a: null }, headers: { cookie: "own=c" } });
  expect(requests[0]).toMatchObject({
    method: "PATCH",
    target: "/items/a%2Fb?tags=x%7Cy",
    headers: { "x-tags": "p,q", cookie: "session=s; own=c", "content-type": "application/merge-patch+json" },
  });
  expect(requests[0]!.body.toString()).toBe('{"a":null}');
});

test("each operation gets the credentials that it asks for, and an unknown path those of the document", async () => {
  const { http, requests } = await start();
  const params = { path: { id: "a" } };
  await http["PATCH"]!("/items/{id}", { params, body: {} });
  await http["DELETE"]!("/items/{id}", { params });
  await http["PUT"]!("/items/{id}", { params, body: { a: "b" } });
  await http["GET"]!("/unknown/{id}?a=b", { params: { ...params, query: { n: [1, 2] } } });
  expect(requests.map(({ target, headers: { authorization, cookie } }) => [target, authorization, cookie])).toEqual([
    ["/items/a", undefined, undefined],
    ["/items/a", "Bearer abc", undefined],
    ["/items/a?key=in%20query", undefined, "key=in_cookie"],
    ["/unknown/a?a=b&n=1&n=2", "Bearer abc", undefined],
  ]);
  expect(requests[2]!.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
});

test("a path that is encoded in a URL is known as the document has it", async () => {
  const { http, requests } = await start();
  await http["POST"]!("/b c/ü%7C|{id}#", { params: { path: { id: "a#b" } } });
  const [{ target, headers }] = requests as [(typeof requests)[0]];
  expect([target, headers.authorization]).toEqual(["/b%20c/%C3%BC%7C%7Ca%23b%23", undefined]);
});

test.each(["", ".", "..", "%2e%2E", "a/../b", null])(
  "a path value that leads elsewhere is refused: %o",
  async (value) => {
    const { http, requests } = await start();
    for (const path of ["/items/{id}", "/unknown/{id}"]) {
      const error: unknown = await http["DELETE"]!(path, { params: { path: { id: value } } }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
    }
    expect(requests).toEqual([]);
  },
);

test.each(["@evil.example/a", ".evil.example/a", ":81/a", "/a/../b", "/a/%2e%2e/b", "/a#b", "/a b"])(
  "a path of the caller's own that is another in a URL is refused: %s",
  async (path) => {
    const { http, requests } = await start();
    await expect(http["GET"]!(path)).rejects.toMatchObject({ name: "SphereError", attempts: 0, outcome: "not_sent" });
    expect(requests).toEqual([]);
  },
);

test.each(["baseUrl", "fetch", "Request", "querySerializer", "pathSerializer", "__proto__"])(
  "%s is the client's to choose, and not a call's",
  async (name) => {
    const { http, requests } = await start();
    const init = JSON.parse(`{ ${JSON.stringify(name)}: "http://evil.example" }`) as object;
    await expect(http["GET"]!("/unknown", init)).rejects.toThrow(new RegExp(`^${name} is no part of a call`));
    expect(requests).toEqual([]);
  },
);

test("middleware cannot take the key to another origin", async () => {
  const { http, requests } = await start();
  const elsewhere = await startRecordingServer();
  http.use({ onRequest: ({ request }: { request: Request }) => new Request(`${elsewhere.url}/a`, request) });
  const error: unknown = await http["DELETE"]!("/items/{id}", { params: { path: { id: "a" } } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "SphereError", operation: "deleteItem", attempts: 0, outcome: "not_sent" });
  expect([...requests, ...elsewhere.requests]).toEqual([]);
});

test("an error names the operation, and nothing of what was sent", async () => {
  const http = createSphereHttp({ apiKey: "secret_key", baseUrl: "http://127.0.0.1:2", maxRetries: 0 });
  const error: unknown = await http
    .GET("/v2/customer/{customer_id}", { params: { path: { customer_id: "canary" } } })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SphereConnectionError", operation: "getCustomer", outcome: "not_sent" });
  expect(inspect(error)).not.toMatch(/canary|secret_key/);
});

test("an observer is told of the attempts of http as well", async () => {
  const operations: string[] = [];
  const { http } = await start({ onAttempt: ({ operation }: { operation: string }) => operations.push(operation) });
  await http["DELETE"]!("/items/{id}", { params: { path: { id: "a" } } });
  await http["GET"]!("/unknown");
  expect(operations).toEqual(["deleteItem", "GET /unknown"]);
});
