import { expect } from "vitest";
import { type DocumentRequest, WITH_OWN_ERRORS } from "./document-requests.ts";
import { type Answered, isEqual } from "./stock-prism.ts";

/** Where we want another answer than that of stock Prism. */
export interface Exception {
  name: string;
  reason: string;
  document: string;
  /** They show the difference. */
  requests: DocumentRequest[];
  /** What of the answers is different. */
  value(answers: Answered[]): unknown;
  stock: unknown;
  ours: unknown;
  /** Whether it makes the whole difference between two answers to a generated request. */
  explains?(stock: Answered, ours: Answered): boolean;
  /** Whether stock Prism dies of it. */
  isFatal?: boolean;
}

const request = (method: string, path: string, more: Partial<DocumentRequest> = {}): DocumentRequest => ({
  method,
  path,
  query: [],
  headers: {},
  ...more,
});
export const get = (path: string, headers: Record<string, string> = {}) => request("GET", path, { headers });
const STAFF = { authorization: "Bearer staff", "content-type": "application/json" };
const BOOK = `{"title":"Emma","price":9.5,"supplierCode":"S-1","format":{"kind":"paper","pages":474}}`;
const post = (body: string, headers: Record<string, string> = {}) =>
  request("POST", "/books", { body, headers: { ...STAFF, ...headers } });
const status = ([answer]: Answered[]) => answer!.status;
const json = ([answer]: Answered[]) => JSON.parse(answer!.body || "{}");
const header = (name: string) => (answers: Answered[]) => answers[0]!.headers[name];
const made = (seed: string) => get("/books/7", { prefer: `dynamic=true${seed}` });
const CUSTOMER = { method: "POST", path: "/v2/customer", query: [], headers: STAFF, body: "{}" };
const SEARCH = request("POST", "/photos/search", {
  body: '{"text":"sea"}',
  headers: { accept: "application/hal+json", "content-type": "application/json", "x-device": "a" },
});
const without = (answer: Answered, name: string): Answered => {
  const { [name]: _, ...headers } = answer.headers;
  return { ...answer, headers };
};
/** Whether it says that the media type is to blame. */
const isUnsupported = ({ headers, body }: Answered): boolean =>
  body.includes("INVALID_CONTENT_TYPE") || headers["sl-violations"]?.includes('"code":415') === true;
/** With a report of the request alone. */
const ofRequest = (answer: Answered): Answered => {
  const report: { location: string[] }[] = JSON.parse(answer.headers["sl-violations"] ?? "[]");
  const left = report.filter(({ location: [side] }) => side === "request");
  if (left.length === 0) return without(answer, "sl-violations");
  return { ...answer, headers: { ...answer.headers, "sl-violations": JSON.stringify(left) } };
};
/** With its reports in an order of their own. */
const inOrder = (answer: Answered): Answered => {
  const sorted = (list: { code: unknown }[]) =>
    [...new Set(list.filter(({ code }) => code !== "if").map((entry) => JSON.stringify(entry)))].toSorted();
  const { "sl-violations": report = "[]" } = answer.headers;
  const { validation = [], ...body } = answer.body.startsWith('{"type":"https://stoplight.io/prism/')
    ? json([answer])
    : {};
  return {
    status: answer.status,
    headers: { ...answer.headers, "sl-violations": String(sorted(JSON.parse(report))) },
    body: validation.length > 0 ? JSON.stringify([body, sorted(validation)]) : answer.body,
  };
};
const deep = `${`{"name":"x","children":[`.repeat(150)}${"]}".repeat(150)}`;

export const EXCEPTIONS: Exception[] = [
  {
    name: "405 has an Allow header",
    reason: "RFC 9110, section 15.5.6",
    document: "bookshop",
    requests: [request("PATCH", "/books")],
    value: header("allow"),
    stock: undefined,
    ours: "GET, POST",
    explains: (stock, ours) =>
      stock.status === 405 &&
      isEqual({ ...stock, headers: { ...stock.headers, allow: ours.headers["allow"] ?? "" } }, ours),
  },
  {
    name: "HEAD is answered where GET is",
    reason: "RFC 9110, section 9.1: all general-purpose servers MUST support the methods GET and HEAD",
    document: "bookshop",
    requests: [request("HEAD", "/books")],
    value: status,
    stock: 405,
    ours: 200,
    explains: (stock, ours) => stock.status === 405 && stock.body === "" && ours.status !== 405 && ours.body === "",
  },
  {
    name: "preferences that no answer meets get 404",
    reason: "Stock Prism wraps its own 404 in an error that becomes 500",
    document: "bookshop",
    requests: [get("/books/7", { prefer: "code=404, example=none" })],
    value: status,
    stock: 500,
    ours: 404,
    explains: (stock, ours) =>
      stock.status === 500 &&
      /We tried default|Tried to force a dynamic/.test(json([stock]).title) &&
      ours.status !== 500,
  },
  {
    name: "an object that is to be text is sent as JSON text",
    reason: "Stock Prism answers 500 for what it cannot serialise as its media type",
    document: "photos",
    requests: [
      get("/reports/2024", { accept: "text/plain", "x-units": "metric", authorization: `Basic ${btoa("a:b")}` }),
    ],
    value: ([answer]) => [answer!.status, json([answer!])],
    stock: [500, expect.objectContaining({ title: "Cannot serialise complex objects as text" })],
    ours: [200, { total: 2 }],
    explains: (stock, ours) =>
      stock.status === 500 &&
      stock.body.includes("#NO_COMPLEX_OBJECT_TEXT") &&
      ours.headers["content-type"] === "text/plain" &&
      typeof json([ours]) === "object",
  },
  {
    name: "text/json is JSON",
    reason: "https://mimesniff.spec.whatwg.org/#json-mime-type; stock Prism takes it for text",
    document: "photos",
    requests: [request("PUT", "/labels", { body: '{"text":"sea"}', headers: { "content-type": "text/json" } })],
    value: status,
    stock: 400,
    ours: 204,
  },
  {
    name: "errors that the document does not describe have the body of its errors",
    reason: "x-error-body says how the API words its errors",
    document: WITH_OWN_ERRORS,
    requests: [get("/v2/nowhere")],
    value: header("content-type"),
    stock: "application/problem+json",
    ours: "application/json",
    explains: (stock, ours) =>
      stock.headers["content-type"] === "application/problem+json" &&
      stock.status === ours.status &&
      json([ours]).error?.general === (json([stock]).detail || json([stock]).title),
  },
  {
    name: "a rejected body gets its own faults named",
    reason: "Stock Prism answers the first example of the 400, whatever is wrong",
    document: WITH_OWN_ERRORS,
    requests: [CUSTOMER],
    value: (answers) => Object.keys(json(answers).error),
    stock: ["address"],
    ours: ["type", "address"],
  },
  {
    name: "a 401 that the document describes says which credentials are wanted",
    reason: "RFC 9110, section 15.5.2",
    document: WITH_OWN_ERRORS,
    requests: [{ ...CUSTOMER, headers: { "content-type": "application/json" } }],
    value: header("www-authenticate"),
    stock: undefined,
    ours: "Bearer",
  },
  {
    name: "a preference of the wrong kind is refused in a sentence",
    reason: "Stock Prism prints the tree of its decoder",
    document: "bookshop",
    requests: [get("/books/7", { prefer: "code=abc" })],
    value: ([answer]) => [answer!.status, json([answer!]).detail],
    stock: [422, expect.stringContaining("\n└─ cannot decode")],
    ours: [422, "The preference code must be a status of three digits"],
  },
  {
    name: "a preference without a value is ignored",
    reason: "RFC 7240, section 2: an empty value is the same as none, and what is not understood is ignored",
    document: "bookshop",
    requests: [get("/books", { prefer: "dynamic" })],
    value: status,
    stock: 422,
    ours: 200,
  },
  {
    name: "made-up values do not follow from the seed of an earlier request",
    reason: "Stock Prism keeps the seed for all later requests",
    document: "bookshop",
    requests: [made(", seed=one"), made(""), made(", seed=one"), made("")],
    value: (answers) => answers[1]!.body === answers[3]!.body,
    stock: true,
    ours: false,
  },
  {
    name: "the name of the scheme Bearer is case-insensitive",
    reason: "RFC 9110, section 11.1",
    document: "bookshop",
    requests: [post(BOOK, { authorization: "bearer staff" })],
    value: status,
    stock: 401,
    ours: 201,
  },
  {
    name: "a malformed Content-Type gets 415",
    reason: "Stock Prism answers 500",
    document: "bookshop",
    requests: [post(BOOK, { "content-type": "foo" })],
    value: status,
    stock: 500,
    ours: 415,
  },
  {
    name: "a charset of JSON is ignored",
    reason: "RFC 8259, sections 8.1 and 11: JSON is UTF-8 and has no such parameter",
    document: "bookshop",
    requests: [post(BOOK, { "content-type": "application/json; charset=bogus" })],
    value: status,
    stock: 400,
    ours: 201,
  },
  {
    name: "the media type of a chunked body is checked",
    reason: "Stock Prism takes a body without Content-Length for none",
    document: "bookshop",
    requests: [post(BOOK, { "content-type": "text/plain", "transfer-encoding": "chunked" })],
    value: ([answer]) => JSON.parse(answer!.headers["sl-violations"]!)[0].code,
    stock: "type",
    ours: 415,
  },
  {
    name: "a body that is not JSON gets 400",
    reason: "Stock Prism never answers",
    document: "bookshop",
    requests: [post("{")],
    value: status,
    stock: 0,
    ours: 400,
  },
  {
    name: "a body that parsers read in different ways gets 400",
    reason: "RFC 7493, section 2",
    document: "bookshop",
    requests: [post(BOOK.replace("}}", `},"title":"Persuasion"}`))],
    value: status,
    stock: 201,
    ours: 400,
  },
  {
    name: "a deeply nested body gets 400",
    reason: "Such a body is an attack or a mistake, and the depth at which stock Prism breaks down is left to chance",
    document: "bookshop",
    requests: [
      request("PUT", "/categories", { body: deep, headers: { ...STAFF, authorization: `Basic ${btoa("a:b")}` } }),
    ],
    value: status,
    stock: 200,
    ours: 400,
  },
  {
    name: "a body over 1 MiB gets 413",
    reason: "Stock Prism stops at 10 MB, and takes a second or more for one of 5 MB",
    document: "bookshop",
    requests: [post(BOOK.replace("}}", `},"more":"${"x".repeat(1024 * 1024)}"}`))],
    value: status,
    stock: 201,
    ours: 413,
  },
  {
    name: "two slashes begin a path",
    reason: "Stock Prism takes what follows them for a host",
    document: "bookshop",
    requests: [get("//")],
    value: status,
    stock: 500,
    ours: 404,
  },
  {
    name: "a body that is null, false, 0 or empty text is a value",
    reason: "RFC 8259, section 2: each is a JSON text; stock Prism takes it for no body",
    document: "bookshop",
    requests: [post("false")],
    value: (answers) => JSON.parse(answers[0]!.headers["sl-violations"]!)[0].message,
    stock: "Body parameter is required",
    ours: "Request body must be object",
    explains: (stock, ours) =>
      stock.status === ours.status && stock.headers["sl-violations"]?.includes("Body parameter is required") === true,
  },
  {
    name: "the names of query parameters are case-sensitive",
    reason: "OpenAPI 3.1, section Parameter Object, `name`; stock Prism lower-cases them",
    document: "bookshop",
    requests: [get("/books?PAGE=x")],
    value: status,
    stock: 400,
    ours: 200,
  },
  {
    name: "an empty value is a value",
    reason: "OpenAPI 3.1, section Parameter Object, `allowEmptyValue`; stock Prism takes it for none",
    document: "bookshop",
    requests: [get("/books?page=")],
    value: status,
    stock: 200,
    ours: 400,
  },
  {
    name: "all values of a parameter are checked",
    reason: "Stock Prism looks at none of several values of a list that is written with separators",
    document: "bookshop",
    requests: [get("/books?shelf=x&shelf=2")],
    value: status,
    stock: 200,
    ours: 400,
  },
  {
    name: "a made-up value that breaks its schema is mended",
    reason: "Stock Prism sends it, and says so",
    document: "bookshop",
    requests: [
      request("PUT", "/categories", {
        body: '{"name":"All"}',
        headers: { ...STAFF, authorization: `Basic ${btoa("a:b")}` },
      }),
    ],
    value: header("sl-violations"),
    stock: expect.stringContaining("must have required property 'name'"),
    ours: undefined,
    explains: (stock, ours) =>
      stock.headers["sl-violations"]?.includes('{"location":["response","body"') === true &&
      isEqual({ ...ofRequest(stock), body: ours.body }, ours),
  },
  {
    name: "the schemas of allOf are checked one by one, and a condition has no error of its own",
    reason:
      "JSON Schema 2020-12, sections 10.2.1.1 and 10.2.2.1; stock Prism merges the schemas, so that it reports in another order",
    document: "parcels",
    requests: [],
    value: () => undefined,
    stock: undefined,
    ours: undefined,
    explains: (stock, ours) => isEqual(inOrder(stock), inOrder(ours)),
  },
  {
    name: "a media type is no other with the same suffix",
    reason: "RFC 6838, section 4.2.8; stock Prism compares suffixes alone",
    document: "bookshop",
    requests: [post(BOOK, { "content-type": "application/vnd.x+json" })],
    value: (answers) => isUnsupported(answers[0]!),
    stock: false,
    ours: true,
    explains: (stock, ours) => isUnsupported(ours) && !isUnsupported(stock),
  },
  {
    name: "members that are writeOnly are not answered",
    reason: "OpenAPI 3.0, section Schema Object, `writeOnly`: SHOULD NOT be sent as part of the response",
    document: "bookshop",
    requests: [get("/books/7")],
    value: (answers) => "supplierCode" in json(answers),
    stock: true,
    ours: false,
    explains: (stock, ours) =>
      isEqual({ ...stock, body: stock.body.replace(/,"supplierCode":"[^"]*"/, "") }, ours) && stock.body !== ours.body,
  },
  {
    name: "an answer is checked by the schema of its own media type",
    reason: "Stock Prism takes application/hal+json for application/json",
    document: "photos",
    requests: [SEARCH],
    value: header("sl-violations"),
    stock: expect.stringContaining("Response body must be array"),
    ours: undefined,
    explains: (stock, ours) =>
      ours.headers["content-type"] === "application/hal+json" && isEqual(without(stock, "sl-violations"), ours),
  },
  {
    name: "an answer that has nothing to send is not checked",
    reason: "RFC 9110, section 12.5.1: a weight of 0 accepts nothing",
    document: "bookshop",
    requests: [get("/books/7", { accept: "*/*;q=0" })],
    value: header("sl-violations"),
    stock: expect.stringContaining("The received media type"),
    ours: undefined,
  },
  {
    name: "headers for other origins are sent only to pages of other origins",
    reason: "Other clients have no use for them",
    document: "bookshop",
    requests: [get("/books")],
    value: header("access-control-allow-origin"),
    stock: "*",
    ours: undefined,
  },
  {
    name: "a path that is not valid percent-encoding gets 400",
    reason: "The process of stock Prism dies",
    document: "bookshop",
    requests: [get("/books/%zz")],
    value: status,
    stock: 0,
    ours: 400,
    isFatal: true,
  },
  {
    name: "a malformed Accept gets 400",
    reason: "The process of stock Prism dies",
    document: "bookshop",
    requests: [get("/books/7", { accept: "foo" })],
    value: status,
    stock: 0,
    ours: 400,
    isFatal: true,
  },
  {
    name: "a form that is not valid percent-encoding gets 400",
    reason: "The process of stock Prism dies",
    document: "photos",
    requests: [
      request("POST", "/session", {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "name=ab&password=x&%zz=1",
      }),
    ],
    value: status,
    stock: 0,
    ours: 400,
    isFatal: true,
  },
];
