import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MockServer, startMockServer } from "../../src/index.ts";
import type { DocumentRequest } from "../document-requests.ts";
import { send, type StockPrism, startStockPrism } from "../stock-prism.ts";

/** One on which stock Prism and the specification do not agree. */
interface Verdict {
  name: string;
  clause: string;
  /** The schema of the body, or else parameters. */
  schema?: unknown;
  parameters?: object[];
  sent: Partial<DocumentRequest>;
  stock: number;
  ours: number;
}

const json = (value: unknown, text = JSON.stringify(value)): Partial<DocumentRequest> => ({
  body: text,
  headers: { "content-type": "application/json" },
});

const VERDICTS: Verdict[] = [
  {
    name: "additionalProperties sees the properties beside it alone",
    clause: "JSON Schema 2020-12 Core, section 10.3.2.3",
    schema: { allOf: [{ properties: { a: {} } }], additionalProperties: false },
    sent: json({ a: 1 }),
    stock: 200,
    ours: 422,
  },
  {
    name: "unevaluatedProperties sees those of allOf",
    clause: "JSON Schema 2020-12 Core, section 11.3",
    schema: { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    sent: json({ b: 1 }),
    stock: 200,
    ours: 422,
  },
  {
    name: "multipleOf is about numbers, not about their binary form",
    clause: "JSON Schema 2020-12 Validation, section 6.2.1",
    schema: { type: "number", multipleOf: 0.01 },
    sent: json(19.99),
    stock: 422,
    ours: 200,
  },
  {
    name: "null is a body",
    clause: "RFC 8259, section 2",
    schema: { type: "null" },
    sent: json(null),
    stock: 422,
    ours: 200,
  },
  {
    name: "0 is a body",
    clause: "RFC 8259, section 2",
    schema: { type: "integer" },
    sent: json(0),
    stock: 422,
    ours: 200,
  },
  {
    name: "members of the prototype are none of the object",
    clause: "JSON Schema 2020-12 Validation, section 6.5.3",
    schema: { type: "object", required: ["toString"] },
    sent: json({}),
    stock: 200,
    ours: 422,
  },
  {
    name: "prefixItems counts in OpenAPI 3.1",
    clause: "OpenAPI 3.1, section Schema Object: its dialect is that of JSON Schema 2020-12",
    schema: { prefixItems: [{ type: "string" }] },
    sent: json([1]),
    stock: 200,
    ours: 422,
  },
  {
    name: "a readOnly member is not required of a request, below oneOf either",
    clause: "OpenAPI 3.1, section Schema Object, readOnly",
    schema: { oneOf: [{ required: ["id"], properties: { id: { readOnly: true } } }] },
    sent: json({}),
    stock: 422,
    ours: 200,
  },
  {
    name: "cookies are checked",
    clause: "OpenAPI 3.1, section Parameter Object, in",
    parameters: [{ name: "c", in: "cookie", required: true, schema: {} }],
    sent: {},
    stock: 200,
    ours: 422,
  },
  {
    name: "a parameter named Accept is ignored",
    clause: "OpenAPI 3.1, section Parameter Object, name",
    parameters: [{ name: "Accept", in: "header", required: true, schema: { const: "text/csv" } }],
    sent: {},
    stock: 422,
    ours: 200,
  },
  {
    name: "one value is a list of one",
    clause: "OpenAPI 3.1, section Style Values, form",
    parameters: [
      { name: "q", in: "query", schema: { anyOf: [{ type: "array", items: { type: "integer" } }, { type: "null" }] } },
    ],
    sent: { query: [["q", "1"]] },
    stock: 422,
    ours: 200,
  },
];

const folder = await mkdtemp(join(tmpdir(), "verdicts-"));
let stock: StockPrism;
let ours: MockServer;
beforeAll(async () => {
  const file = join(folder, "openapi.json");
  const answer = { 200: { description: "OK", content: { "text/plain": { example: "ok" } } } };
  const paths = VERDICTS.map(({ schema, parameters }, index) => {
    const requestBody = schema !== undefined && {
      requestBody: { required: true, content: { "application/json": { schema } } },
    };
    return [`/${index}`, { post: { ...requestBody, parameters, responses: answer } }];
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "Verdicts", version: "1" },
    servers: [{ url: "https://verdicts.example/v1" }],
    paths: Object.fromEntries(paths),
  };
  await writeFile(file, JSON.stringify(document));
  [stock, ours] = await Promise.all([startStockPrism(file), startMockServer({ spec: file })]);
}, 30_000);
afterAll(() => Promise.all([stock.stop(), ours.close(), rm(folder, { recursive: true })]));

test.each(VERDICTS)("$name ($clause)", async ({ name, sent, ...wanted }) => {
  const index = VERDICTS.findIndex((verdict) => verdict.name === name);
  const request = { method: "POST", path: `/${index}`, query: [], headers: {}, ...sent };
  const [theirs, own] = await Promise.all([send(stock.url, request), send(ours.url, request)]);
  expect({ stock: theirs.status, ours: own.status }).toEqual({ stock: wanted.stock, ours: wanted.ours });
});

test("the path of a server begins the path (OpenAPI 3.1, section Server Object, url)", async () => {
  const request = { method: "GET", path: "/v1/0", query: [], headers: {} };
  const [theirs, own] = await Promise.all([send(stock.url, request), send(ours.url, request)]);
  expect([theirs.status, own.status]).toEqual([404, 405]);
});
