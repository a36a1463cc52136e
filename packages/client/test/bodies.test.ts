import { expect, test } from "vitest";
import { anything, makeClient } from "./made-client.ts";
import { startRecordingServer } from "./recording-server.ts";

const object = { type: "object", additionalProperties: true };
const bytes = { type: "string", format: "binary" };
const field = (properties: object) => ({ type: "object", properties });
const file = {
  avatar: bytes,
  note: { type: "string" },
  tags: { type: "array", items: { type: "string" } },
  meta: object,
};

const bodies: Record<string, [mediaType: string, content: object]> = {
  json: ["application/json", { schema: object }],
  patch: ["application/merge-patch+json", { schema: object }],
  vendor: ["application/vnd.pet+json; version=1", { schema: object }],
  form: ["application/x-www-form-urlencoded", { schema: object }],
  styled: [
    "application/x-www-form-urlencoded",
    {
      schema: field({ list: { type: "array", items: { type: "string" } }, deep: object }),
      encoding: { list: { style: "pipeDelimited", explode: false }, deep: { style: "deepObject" } },
    },
  ],
  chosen: [
    "application/x-www-form-urlencoded",
    {
      schema: { oneOf: [field({ list: { type: "array" } }), { type: "object", additionalProperties: true }] },
      encoding: { list: { explode: false }, rest: { style: "spaceDelimited" } },
    },
  ],
  multipart: ["multipart/form-data", { schema: field(file) }],
  free: ["multipart/form-data", { schema: object, encoding: { note: { contentType: "text/markdown" } } }],
  typed: [
    "multipart/form-data",
    { schema: field(file), encoding: { avatar: { contentType: "image/png" }, note: { contentType: "text/markdown" } } },
  ],
  text: ["text/csv", { schema: { type: "string" } }],
  binary: ["application/pdf", { schema: bytes }],
  range: ["image/*", { schema: bytes }],
};
const paths = Object.fromEntries(
  Object.entries(bodies).map(([name, [mediaType, content]]) => [
    `/${name}`,
    { post: { operationId: name, requestBody: { content: { [mediaType]: content } }, responses: anything } },
  ]),
);

/** What the server got of a call. */
async function sent(operation: string, body: unknown, options?: object) {
  const { createSphereClient } = await makeClient(paths);
  const { url, requests } = await startRecordingServer();
  await createSphereClient({ baseUrl: url })[operation]!({ body }, options);
  expect(requests).toHaveLength(1);
  return { type: requests[0]!.headers["content-type"], body: requests[0]!.body };
}

/** The parts of a multipart body, as a server reads them. */
async function partsOf({ type, body }: Awaited<ReturnType<typeof sent>>) {
  const data = await new Response(new Uint8Array(body), { headers: { "content-type": type! } }).formData();
  const parts = [...data].map(async ([name, value]) =>
    typeof value === "string" ? [name, value] : [name, value.name, value.type, await value.text()],
  );
  return Promise.all(parts);
}

const png = new File(["png"], "me.png", { type: "image/png" });

test.each<[operation: string, body: unknown, type: string | undefined, text: string]>([
  ["json", { a: 1 }, "application/json", '{"a":1}'],
  ["json", null, "application/json", "null"],
  ["json", "a", "application/json", '"a"'],
  ["json", false, "application/json", "false"],
  ["patch", { a: null }, "application/merge-patch+json", '{"a":null}'],
  ["vendor", [], "application/vnd.pet+json; version=1", "[]"],
  [
    "form",
    { a: "b c&d", n: 1, l: ["x", "y"], o: { p: 1 }, u: undefined, z: null },
    "application/x-www-form-urlencoded",
    "a=b%20c%26d&n=1&l=x&l=y&o=%7B%22p%22%3A1%7D",
  ],
  [
    "form",
    { l: [{ p: 1 }], d: new Date(0) },
    "application/x-www-form-urlencoded",
    "l=%7B%22p%22%3A1%7D&d=1970-01-01T00%3A00%3A00.000Z",
  ],
  ["form", new URLSearchParams({ a: "b c" }), "application/x-www-form-urlencoded;charset=UTF-8", "a=b+c"],
  [
    "styled",
    { list: ["x", "y"], deep: { a: { b: 1 } } },
    "application/x-www-form-urlencoded",
    "list=x%7Cy&deep%5Ba%5D%5Bb%5D=1",
  ],
  ["chosen", { list: ["x", "y"], rest: ["x", "y"] }, "application/x-www-form-urlencoded", "list=x,y&rest=x%20y"],
  ["text", "a,b\nü", "text/csv", "a,b\nü"],
  ["text", new Blob(["a,b"]), "text/csv", "a,b"],
  ["binary", new TextEncoder().encode("pdf"), "application/pdf", "pdf"],
  ["binary", new TextEncoder().encode("pdf").buffer, "application/pdf", "pdf"],
  ["binary", new TextEncoder().encode("a pdf file").subarray(2, 5), "application/pdf", "pdf"],
  ["binary", png, "application/pdf", "png"],
  ["range", png, "image/png", "png"],
  ["range", new TextEncoder().encode("bytes"), undefined, "bytes"],
])("%s sends %o", async (operation, body, type, text) => {
  const request = await sent(operation, body);
  expect(request.type).toBe(type);
  expect(request.body.toString()).toBe(text);
});

test.each<[operation: string, body: unknown]>([
  ["form", "a=b"],
  ["form", new FormData()],
  ["form", new Map([["a", "b"]])],
  ["form", { a: new Blob(["b"]) }],
  ["multipart", "a=b"],
  ["multipart", new URLSearchParams({ a: "b" })],
  ["multipart", { meta: new Map([["a", "b"]]) }],
  ["text", { a: "b" }],
  ["binary", { a: "b" }],
  ["binary", "a"],
])("%s refuses a body that would arrive as another: %o", async (operation, body) => {
  await expect(sent(operation, body)).rejects.toMatchObject({
    name: "SphereError",
    message: `${operation}: the body cannot be sent: it holds what cannot be written there`,
    outcome: "not_sent",
  });
});

test("the caller names the media type where the document has a range", async () => {
  const request = await sent("range", new TextEncoder().encode("bytes"), { headers: { "Content-Type": "image/webp" } });
  expect(request.type).toBe("image/webp");
});

test("multipart is made of a plain object: texts, a list as parts of one name, files, and objects as JSON", async () => {
  const request = await sent("multipart", {
    avatar: png,
    note: "ü",
    tags: ["a", "b"],
    meta: { n: 1 },
    none: undefined,
    nil: null,
  });
  expect(request.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(await partsOf(request)).toEqual([
    ["avatar", "me.png", "image/png", "png"],
    ["note", "ü"],
    ["tags", "a"],
    ["tags", "b"],
    ["meta", "blob", "application/json", '{"n":1}'],
  ]);
});

test("parts have the media types of the document, where the caller's own have none", async () => {
  const plain = await sent("typed", { avatar: new File(["x"], "x.bin"), note: "*a*" });
  expect(await partsOf(plain)).toEqual([
    ["avatar", "x.bin", "image/png", "x"],
    ["note", "blob", "text/markdown", "*a*"],
  ]);
  expect(await partsOf(await sent("free", { note: "*a*" }))).toEqual([["note", "blob", "text/markdown", "*a*"]]);
  const own = await sent("typed", { avatar: new Blob(["x"], { type: "image/webp" }), note: "*a*" });
  expect(await partsOf(own)).toContainEqual(["avatar", "blob", "image/webp", "x"]);
});

test("a FormData is sent as it is", async () => {
  const data = new FormData();
  data.append("avatar", png);
  expect(await partsOf(await sent("multipart", data))).toEqual([["avatar", "me.png", "image/png", "png"]]);
});

test.each(["json", "form", "multipart", "text", "binary"])(
  "a body is sent again with each attempt: %s",
  async (operation) => {
    const { createSphereClient } = await makeClient(paths);
    let attempt = 0;
    const { url, requests } = await startRecordingServer(() =>
      ++attempt === 1 ? { status: 429, headers: { "retry-after": "0" } } : {},
    );
    const body = { text: "a", binary: new Blob(["a"]) }[operation] ?? { a: "b" };
    await createSphereClient({ baseUrl: url })[operation]!({ body });
    const [first, second] = requests;
    expect(requests).toHaveLength(2);
    expect(first!.body.length).toBeGreaterThan(0);
    const withoutBoundary = (text: Buffer) => text.toString().replaceAll(/-{4,}[\w-]+/g, "");
    expect(withoutBoundary(second!.body)).toBe(withoutBoundary(first!.body));
  },
);

test("a call without a body sends none", async () => {
  const { createSphereClient } = await makeClient(paths);
  const { url, requests } = await startRecordingServer();
  await createSphereClient({ baseUrl: url })["json"]!();
  expect(requests[0]!.headers).not.toHaveProperty("content-type");
  expect(requests[0]!.body).toHaveLength(0);
});
