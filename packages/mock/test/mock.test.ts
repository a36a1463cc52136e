import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const document = JSON.parse(readFileSync(new URL("../dist/openapi.json", import.meta.url), "utf8"));
const examples = document.components.examples;

// As the vendor's page prints it.
const PRINTED_CUSTOMER = {
  id: "customer_d41608fae4d34d308f85bc3c2b6ca29a",
  type: "individual",
  verificationProfiles: [
    {
      name: "kyc_profile_a",
      status: "incomplete",
      criteria: {
        complete: [],
        pending: ["residential_address"],
        required: [
          "terms_of_service",
          "email_address",
          "first_name",
          "last_name",
          "date_of_birth",
          "photo_id",
          "identification_document",
        ],
        errors: [],
      },
    },
    {
      name: "kyc_profile_b",
      status: "incomplete",
      criteria: {
        complete: [],
        pending: ["residential_address"],
        required: [
          "terms_of_service",
          "email_address",
          "first_name",
          "last_name",
          "date_of_birth",
          "photo_id",
          "identification_document",
          "proof_of_address",
        ],
        errors: [],
      },
    },
  ],
};

const URL_OF_API = "https://api.sandbox.spherepay.co/v2/customer";
const VALID = { type: "individual", address: { state: "CA", country: "USA" } };
const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const mock = await createMock();

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_API, {
    method: "POST",
    headers: { authorization: "Bearer secret", "content-type": "application/json", ...headers },
    body: typeof body === "string" || body instanceof Uint8Array || body === null ? body : JSON.stringify(body),
  });
}

test.each([
  ["an individual", VALID],
  ["a business", { type: "business", address: { state: "CA", country: "USA" } }],
  ["a whole address", examples.CreateBusiness.value],
  ["a field that the document does not know", { ...VALID, nickname: "Al" }],
])("answers the customer of the vendor's page to %s", async (_, body) => {
  const response = await mock.fetch(post(body));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.has("sl-violations")).toBe(false);
  expect(await response.json()).toEqual(PRINTED_CUSTOMER);
});

test.each([
  ["no address", { type: "individual" }, { address: ["Required"] }],
  ["no type", { address: VALID.address }, { type: ["Required"] }],
  ["an empty object", {}, { type: ["Required"], address: ["Required"] }],
  [
    "an unknown type",
    { ...VALID, type: "x" },
    { type: ["Invalid enum value. Expected 'individual' | 'business', received 'x'"] },
  ],
  ["a type that is a number", { ...VALID, type: 5 }, { type: ["Expected string, received number"] }],
  ["a type that is null", { ...VALID, type: null }, { type: ["Expected string, received null"] }],
  ["an address that is text", { ...VALID, address: "x" }, { address: ["Expected object, received string"] }],
  ["an address that is a list", { ...VALID, address: [] }, { address: ["Expected object, received array"] }],
  ["an empty address", { type: "individual", address: {} }, { address: ["state: Required", "country: Required"] }],
  [
    "several faults",
    { type: "x", address: { state: 5 } },
    {
      type: ["Invalid enum value. Expected 'individual' | 'business', received 'x'"],
      address: ["state: Expected string, received number", "country: Required"],
    },
  ],
])("words every fault of a body with %s", async (_, body, error) => {
  const response = await mock.fetch(post(body));
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ ts: NOW, error });
});

test("lists the fields in the order of the schema", async () => {
  const response = await mock.fetch(post({ type: "x" }));
  const { error } = (await response.json()) as { error: object };
  expect(Object.keys(error)).toEqual(["type", "address"]);
});

test.each<[string, Request, number, string]>([
  ["no body", post(null), 400, "The request body is missing or empty"],
  ["an empty body", post(""), 400, "The request body is missing or empty"],
  ["null", post("null"), 400, "Expected object, received null"],
  ["a list", post([]), 400, "Expected object, received array"],
  ["malformed JSON", post('{"type":'), 400, "The request body is not valid JSON"],
  ["white space", post(" "), 400, "The request body is not valid JSON"],
  ["bytes that are not UTF-8", post(Uint8Array.of(0x22, 0xff, 0x22)), 400, "The request body is not valid JSON"],
  ["deep nesting", post(deep(201)), 400, "The request body is nested more than 200 levels deep"],
  ["absurd nesting", post(deep(500_000)), 400, "The request body is nested more than 200 levels deep"],
  ["more than 1 MiB", post("x".repeat(1024 ** 2 + 1)), 413, "The request body is larger than 1 MiB"],
  [
    "another content type",
    post(VALID, { "content-type": "text/plain" }),
    415,
    "Unsupported content type. Supported content types: application/json",
  ],
  ["a malformed content type", post(VALID, { "content-type": "json" }), 415, "The Content-Type header is malformed"],
  [
    "no content type",
    new Request(URL_OF_API, {
      method: "POST",
      headers: { authorization: "Bearer secret" },
      body: new TextEncoder().encode(JSON.stringify(VALID)),
    }),
    415,
    "The Content-Type header is missing",
  ],
  ["no bearer", post({}, { authorization: "" }), 401, "Unauthorized: the credentials are missing or malformed"],
  [
    "another scheme",
    post(VALID, { authorization: "Basic c2VjcmV0Og==" }),
    401,
    "Unauthorized: the credentials are missing or malformed",
  ],
  ["a malformed Accept", post(VALID, { accept: "foo" }), 400, "The Accept header is malformed"],
  ["an Accept that cannot be met", post(VALID, { accept: "text/html" }), 406, "Unable to find content for text/html"],
  ["an unknown path", new Request(`${URL_OF_API}s`), 404, expect.stringContaining("/v2/customers")],
  [
    "a path that is no percent-encoding",
    new Request(`${URL_OF_API}/%zz`),
    400,
    "The path is not valid percent-encoding",
  ],
  ["another method", new Request(URL_OF_API), 405, expect.stringContaining('"get"')],
  ["an unknown code", post(VALID, { prefer: "code=418" }), 404, expect.stringContaining("418")],
  ["an unknown example", post(VALID, { prefer: "example=nope" }), 404, expect.stringContaining("nope")],
  ["an unknown example of a code", post(VALID, { prefer: "code=400, example=nope" }), 404, expect.any(String)],
  ["a code that is no status", post(VALID, { prefer: "code=abc" }), 422, expect.stringContaining("three digits")],
])("refuses a request with %s in one sentence", async (_, request, status, general) => {
  const response = await mock.fetch(request);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ ts: NOW, error: { general } });

  const next = await mock.fetch(post(VALID));
  expect(next.status).toBe(200);
});

test("names the scheme beside a 401", async () => {
  const response = await mock.fetch(post(VALID, { authorization: "" }));
  expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
});

test("names the allowed methods beside a 405", async () => {
  const response = await mock.fetch(URL_OF_API, { method: "DELETE" });
  expect(response.headers.get("allow")).toBe("POST");
});

test.each(["bearer secret", "BEARER secret"])("takes the authorization %s", async (authorization) => {
  const response = await mock.fetch(post(VALID, { authorization }));
  expect(response.status).toBe(200);
});

test.each(["*/*", "application/json", "application/json, text/plain, */*", "text/html, application/*;q=0.5"])(
  "answers JSON to Accept: %s",
  async (accept) => {
    const response = await mock.fetch(post(VALID, { accept }));
    expect(response.status).toBe(200);
  },
);

test.each([
  ["code=400", VALID, 400, examples.AddressRequired.value],
  ["code=400", {}, 400, examples.AddressRequired.value],
  ["code=401, example=unauthorized", VALID, 401, examples.Unauthorized.value],
  ["code=429", VALID, 429, examples.TooManyRequests.value],
  ['respond-async, code="429"; wait=10', VALID, 429, examples.TooManyRequests.value],
  ["example=created", VALID, 200, PRINTED_CUSTOMER],
  ["wait=10", VALID, 200, PRINTED_CUSTOMER],
])("answers the example that Prefer: %s asks for", async (prefer, body, status, example) => {
  const response = await mock.fetch(post(body, { prefer }));
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(example);
});

const READ = document.paths["/v2/customer/{customer_id}"].get.responses[200].content["application/json"].examples;

function get(path: string, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_API + path, { headers: { authorization: "Bearer secret", ...headers } });
}

test.each(Object.keys(READ))("reads the customer of the example %s", async (name) => {
  const response = await mock.fetch(get("/customer_1", { prefer: `example=${name}` }));
  expect(response.status).toBe(200);
  expect(response.headers.has("sl-violations")).toBe(false);
  expect(await response.json()).toEqual(examples[READ[name].$ref.split("/").at(-1)].value);
});

test("keeps no state: any id of the right form is the first example's", async () => {
  const response = await mock.fetch(get("/customer_1"));
  expect(await response.json()).toEqual(PRINTED_CUSTOMER);
});

test("names the parameter that is wrong", async () => {
  const response = await mock.fetch(get("/1"));
  expect(response.status).toBe(422);
  expect(await response.json()).toEqual({
    ts: NOW,
    error: { customer_id: ["Invalid input: must match the pattern ^customer_[a-z0-9]+$"] },
  });
});

test("makes up an answer that fits the document when Prefer asks for a dynamic one", async () => {
  const response = await mock.fetch(post(VALID, { prefer: "dynamic=true" }));
  expect(response.status).toBe(200);
  expect(response.headers.has("sl-violations")).toBe(false);
  expect(await response.json()).not.toEqual(PRINTED_CUSTOMER);
});

test("takes what the global fetch takes, without its object", async () => {
  const { fetch } = mock;
  const init = {
    method: "POST",
    headers: { authorization: "Bearer secret", "content-type": "application/json" },
    body: JSON.stringify(VALID),
  };
  const responses = await Promise.all([
    fetch(URL_OF_API, init),
    fetch(new URL(URL_OF_API), init),
    fetch(new Request(URL_OF_API, init)),
    fetch(new Request(URL_OF_API), init),
  ]);
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test("rejects where the global fetch does", async () => {
  await expect(mock.fetch("not a URL")).rejects.toThrow(TypeError);
  const reason = new Error("stopped");
  await expect(mock.fetch(URL_OF_API, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("stops reading a stream that never ends", async () => {
  let cancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => {
      cancelled = true;
    },
  });
  const response = await mock.fetch(URL_OF_API, { method: "POST", body, duplex: "half" });
  expect(response.status).toBe(413);
  expect(cancelled).toBe(true);
});

function deep(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

test("refuses an option that it does not have, in words", async () => {
  await expect(createMock({ sede: 1 } as object)).rejects.toThrow(
    "The mock has no option sede; it has spec, strict, callbacks, dynamic, ignoreExamples, errors, cors, seed",
  );
});

test.each<[string, Request | string, RequestInit]>([
  ["a text", URL_OF_API, { method: "POST", body: '"\ud800é"' }],
  ["an empty text", URL_OF_API, { method: "POST", body: "" }],
  ["a text with its type", URL_OF_API, { method: "POST", body: "{}", headers: { "content-type": "text/json" } }],
  ["a text in place of that of a request", new Request(URL_OF_API, { method: "PUT", body: "1" }), { body: "2" }],
  ["an inherited text", URL_OF_API, Object.create({ method: "PATCH", body: "3" })],
])("%s is sent as a request would send it", async (_, input, init) => {
  const request = new Request(typeof input === "string" ? input : input.clone(), init);
  const seen = async (...sent: Parameters<typeof fetch>) => {
    await mock.fetch(...sent);
    const { method, headers, body } = mock.requests.at(-1)!;
    return { method, headers, body };
  };
  expect(await seen(input, init)).toEqual(await seen(request));
});

test.each(["GET", "HEAD"])("a text in a %s is refused as by a request", async (method) => {
  const init = { method, body: "{}" };
  expect(() => new Request(URL_OF_API, init)).toThrow(TypeError);
  await expect(mock.fetch(URL_OF_API, init)).rejects.toThrow(TypeError);
});
