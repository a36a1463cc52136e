import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createSphereClient } from "../src/index.ts";
import { anything, makeClient } from "./made-client.ts";
import { startRecordingServer } from "./recording-server.ts";

const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const paths = {
  "/items/{id}": { delete: { operationId: "deleteItem", parameters: [id], responses: anything } },
  "/items": {
    post: { operationId: "addItem", requestBody: { content: { "application/json": {} } }, responses: anything },
  },
};

/** What a call throws, and what the server saw. */
async function refusal(operation: string, given: unknown, options?: object) {
  const { createSphereClient: create } = await makeClient(paths);
  const { url, requests } = await startRecordingServer();
  const sphere = create({ baseUrl: url });
  const error: unknown = await sphere[operation]!(given as object, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error: error as Error, requests };
}

test.each(["", ".", "..", "%2e%2E", "a/../b", null, undefined])(
  "a path value that would lead elsewhere is refused before anything is sent: %o",
  async (value) => {
    const { error, requests } = await refusal("deleteItem", { params: { path: { id: value } } });
    expect(error).toMatchObject({ name: "SphereError", operation: "deleteItem", attempts: 0, outcome: "not_sent" });
    expect(error.message).toMatch(
      value == null
        ? /^deleteItem: params\.path\.id is missing$/
        : /^deleteItem: params\.path for \{id\} is empty, or leads to another path$/,
    );
    expect(requests).toEqual([]);
  },
);

test.each(["baseUrl", "headers", "method", "fetch", "signal", "path", "__proto__"])(
  "%s in the argument is a TypeError that names it",
  async (name) => {
    const given: unknown = JSON.parse(`{ "body": {}, ${JSON.stringify(name)}: "http://evil.example" }`);
    const { error, requests } = await refusal("addItem", given);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(`${name} is no part of the argument: it takes params and body, the second options`);
    expect(requests).toEqual([]);
  },
);

test.each(["header", "query", "cookie", "body", "__proto__"])(
  "params.%s that is not declared is a TypeError",
  async (place) => {
    const params: unknown = JSON.parse(`{ "path": { "id": "a" }, ${JSON.stringify(place)}: { "x": "canary" } }`);
    const { error, requests } = await refusal("deleteItem", { params });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(`params.${place} is no part of the argument`);
    expect(requests).toEqual([]);
  },
);

test("null says as little as undefined", async () => {
  for (const given of [null, { params: null, body: undefined }]) {
    const { error, requests } = await refusal("addItem", given, null!);
    expect(error).toBeUndefined();
    expect(requests).toHaveLength(1);
  }
});

test("an operation that takes no body refuses one", async () => {
  const { error, requests } = await refusal("deleteItem", { params: { path: { id: "a" } }, body: {} });
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toBe("body is no part of the argument: it takes params, the second options");
  expect(requests).toEqual([]);
});

const circular: Record<string, unknown> = { canary: 1 };
circular["canary"] = circular;
test.each([
  ["a BigInt", { canary: 1n }],
  ["itself", circular],
  [
    "a toJSON that throws",
    {
      toJSON: () => {
        throw new Error("canary");
      },
    },
  ],
  ["nothing that JSON knows", () => "canary"],
])("a body that holds %s cannot be sent, and is named but not shown", async (_, body) => {
  const { error, requests } = await refusal("addItem", { body });
  expect(error).toMatchObject({ name: "SphereError", operation: "addItem", attempts: 0, outcome: "not_sent" });
  expect(error.message).toBe("addItem: the body cannot be sent: it holds what cannot be written there");
  expect(inspect(error, { showHidden: true, depth: null })).not.toContain("canary");
  expect(requests).toEqual([]);
});

test.each([{ "x-note": "canary\na" }, { "x-note": "✓canary" }, { "canary name": "a" }])(
  "headers that cannot be sent are named but not shown: %o",
  async (headers) => {
    const { error, requests } = await refusal("addItem", { body: {} }, { headers });
    expect(error.message).toBe("addItem: a header cannot be sent: it holds what cannot be written there");
    expect(inspect(error, { showHidden: true, depth: null })).not.toContain("canary");
    expect(requests).toEqual([]);
    expect(() => createSphereClient({ apiKey: "secret_key", headers })).toThrow(/^a header cannot be sent/);
  },
);
