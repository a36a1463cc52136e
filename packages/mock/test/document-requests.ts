import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import * as fc from "fast-check";
import { isJson } from "../src/document/media-type.ts";
import { type Mutation, mutations, type Schema, valuesOf } from "./schema-values.ts";

export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** A request for an operation of a document, in parts that a test can change. */
export interface DocumentRequest {
  method: string;
  /** Percent-encoded. */
  path: string;
  query: [name: string, value: string][];
  /** By lower-case name. */
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
}

/** The documents of these tests, by name. */
export const DOCUMENTS = {
  SpherePay: new URL("../dist/openapi.json", import.meta.url).pathname,
  ...Object.fromEntries(
    ["bookshop", "parcels", "photos"].map((name) => [
      name,
      new URL(`documents/${name}.yaml`, import.meta.url).pathname,
    ]),
  ),
};

/** The document whose errors have a body of their own, which stock Prism knows nothing of. */
export const WITH_OWN_ERRORS = "SpherePay";

export function loadOperations(file: string): Promise<Operation[]> {
  return getHttpOperationsFromSpec(file);
}

export function targetOf({ path, query }: DocumentRequest): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

const words = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_"), minLength: 3, maxLength: 8 });

/** Requests for an operation that break nothing. */
export function validRequests(operation: Operation): fc.Arbitrary<DocumentRequest> {
  const { method, path, request = {}, security = [] } = operation;
  const parameters = (list: Parameter[] = []) =>
    fc.tuple(...list.map((parameter) => parameterValues(parameter, operation)));
  return fc
    .record({
      inPath: parameters(request.path),
      inQuery: parameters(request.query),
      inHeaders: parameters(request.headers),
      credentials: fc.oneof(...(security.length === 0 ? [[]] : security).map(credentialsFor)),
      content: contentsOf(operation),
    })
    .map(({ inPath, inQuery, inHeaders, credentials, content }) => {
      const given = [...inHeaders.flat(), ...credentials.filter(([place]) => place === "header").map(pairOf)];
      return {
        method: method.toUpperCase(),
        path: path.replaceAll(/\{(.+?)\}/g, (_, name: string) =>
          encodeURIComponent(inPath.flat().find(([key]) => key === name)![1]),
        ),
        query: [...inQuery.flat(), ...credentials.filter(([place]) => place === "query").map(pairOf)],
        headers: {
          ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
          ...(content && { "content-type": content.type }),
        },
        body: content?.body,
      };
    });
}

type Parameter = NonNullable<
  NonNullable<Operation["request"]>["query"] | NonNullable<Operation["request"]>["path"]
>[number] & {
  explode?: boolean;
};

/** None, one or more pairs of name and value. */
function parameterValues(parameter: Parameter, operation: Operation): fc.Arbitrary<[string, string][]> {
  const { name, style, explode, required, schema } = parameter;
  const least = { minLength: 1, ...(schema as Schema) };
  const values = valuesOf(least, operation, fc.constantFrom(..."abcXYZ019-_")).map((value): [string, string][] => {
    if (!Array.isArray(value)) return [[name, String(value)]];
    const separator = (style as string) === "pipeDelimited" ? "|" : ",";
    if (explode === false) return value.length === 0 ? [] : [[name, value.join(separator)]];
    return value.map((item) => [name, String(item)]);
  });
  return required ? values : fc.oneof(fc.constant<[string, string][]>([]), values);
}

type Credential = [place: "header" | "query", name: string, value: string];
type Scheme = NonNullable<Operation["security"]>[number][number];

function pairOf([, name, value]: Credential): [string, string] {
  return [name, value];
}

function credentialsFor(schemes: Scheme[]): fc.Arbitrary<Credential[]> {
  return fc.tuple(
    ...schemes.map((scheme) =>
      words.map((word): Credential => {
        if (scheme.type === "apiKey") return [scheme.in === "query" ? "query" : "header", scheme.name, word];
        const isBasic = scheme.type === "http" && scheme.scheme === "basic";
        return ["header", "authorization", isBasic ? `Basic ${btoa(`${word}:secret`)}` : `Bearer ${word}`];
      }),
    ),
  );
}

interface Content {
  type: string;
  body: string | Uint8Array;
}

function contentsOf(operation: Operation): fc.Arbitrary<Content | undefined> {
  const { contents = [], required = false } = operation.request?.body ?? {};
  // Stock Prism takes text/json for text.
  const sendable = contents.filter(({ mediaType }) => mediaType !== "text/json");
  if (sendable.length === 0) return fc.constant(undefined);
  const given = sendable.map(({ mediaType, schema = {}, examples = [] }): fc.Arbitrary<Content> => {
    const values = valuesOf(schema as Schema, operation);
    if (isJson(mediaType)) {
      const known = examples.flatMap((example) => ("value" in example ? [fc.constant(example.value)] : []));
      return (
        fc
          .oneof(values, ...known)
          // Prism takes these for no body at all.
          .filter((value) => Boolean(value))
          .map((value) => ({ type: mediaType, body: JSON.stringify(value) }))
      );
    }
    if (mediaType === "application/x-www-form-urlencoded") {
      return valuesOf(schema as Schema, operation, "grapheme").map((value) => ({
        type: mediaType,
        body: new URLSearchParams(fieldsOf(value)).toString(),
      }));
    }
    if (mediaType === "multipart/form-data") {
      return valuesOf(schema as Schema, operation, fc.constantFrom(..."abc é&=+%")).map((value) => ({
        type: `${mediaType}; boundary=edge`,
        body: `${fieldsOf(value)
          .map(([name, text]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`)
          .join("")}--edge--\r\n`,
      }));
    }
    if (mediaType.startsWith("image/")) {
      return fc.uint8Array({ minLength: 1, maxLength: 30 }).map((body) => ({ type: mediaType, body }));
    }
    return values.map((value) => ({ type: mediaType, body: String(value) }));
  });
  return fc.oneof(...given, ...(required ? [] : [fc.constant(undefined)]));
}

function fieldsOf(value: unknown): [string, string][] {
  return Object.entries(value as object).map(([name, field]) => [name, String(field)]);
}

/** What one may do to a request so that it is probably no longer valid. */
export type Damage = (request: DocumentRequest) => DocumentRequest;

/** Changes a JSON body in a few places. */
export const bodyDamages = fc
  .array(mutations, { minLength: 1, maxLength: 3 })
  .map((changes: Mutation[]): Damage => (request) => {
    const read = readJson(request.body);
    if (!read) return request;
    const changed = changes.reduce((value, change) => change(value), read.value);
    // That null, false, 0 and empty text are bodies is an exception.
    return changed ? { ...request, body: JSON.stringify(changed) } : request;
  });

function readJson(body: DocumentRequest["body"]): { value: unknown } | undefined {
  if (typeof body !== "string") return undefined;
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

/** Of a body that is no JSON nobody may say that it is: stock Prism would never answer. */
const otherContentType = fc
  .constantFrom("text/plain", "application/json", "image/gif")
  .map((type): Damage => (request) => {
    if (isJson(type) && request.body !== undefined && !readJson(request.body)) return request;
    return { ...request, headers: { ...request.headers, "content-type": type } };
  });

const otherHeader = (name: string, values: readonly (string | undefined)[]) =>
  fc.constantFrom(...values).map((value): Damage => (request) => {
    const { [name]: _, ...others } = request.headers;
    return { ...request, headers: value === undefined ? others : { ...others, [name]: value } };
  });

const AUTHORIZATIONS = [undefined, "Bearer", "Bearer other", "Basic x", "Basic dTpw", "Digest a=b", ""];

/** Changes the credentials, or leaves out a header that may hold some. */
export const credentialDamages: fc.Arbitrary<Damage> = fc.oneof(
  otherHeader("authorization", AUTHORIZATIONS),
  fc.nat(5).map((index): Damage => (request) => {
    const { "content-type": type, ...others } = request.headers;
    const names = Object.keys(others);
    const { [names[index % names.length] ?? ""]: _, ...left } = others;
    return { ...request, headers: { ...left, ...(type && { "content-type": type }) } };
  }),
);

/** Damages that stock Prism survives. */
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 6, arbitrary: bodyDamages },
  otherContentType,
  otherHeader("content-type", [undefined]),
  credentialDamages,
  fc.constant<Damage>((request) => ({ ...request, body: undefined })),
  fc.constant<Damage>((request) => ({ ...request, headers: {} })),
  fc
    .constantFrom("/nowhere", "/books/x/y/z", "/v2/customer/1", "/parcels/7/events", "/books/0", "/photos/toolongname")
    .map((path): Damage => (request) => ({ ...request, path })),
  fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH").map((method): Damage => (request) => ({
    ...request,
    method,
    ...(method === "GET" && { body: undefined }),
  })),
  fc.nat(3).map((index): Damage => (request) => ({ ...request, query: request.query.filter((_, at) => at !== index) })),
  // An empty text would be an exception.
  fc.constantFrom("x", "0", "1.5", "novel", "ä|b").map((text): Damage => (request) => ({
    ...request,
    query: request.query.map(([name]) => [name, text]),
  })),
  fc
    .constantFrom("page", "shelf", "genre", "kinds", "since", "width", "grey", "columns", "api_key", "key", "other")
    // That all of several values are checked is an exception.
    .map(
      (name): Damage =>
        (request) =>
          request.query.some(([other]) => other === name)
            ? request
            : { ...request, query: [...request.query, [name, "x"]] },
    ),
);

/** `Prefer` as a header, or as the query that means the same. */
export function preferences({ responses }: Operation): fc.Arbitrary<Damage> {
  const codes = responses.flatMap(({ code }) =>
    code === "default" ? [418] : code.endsWith("XX") ? [Number(code.replace("XX", "04")), 451] : [Number(code)],
  );
  const keys = responses.flatMap(({ contents = [] }) => contents.flatMap(({ examples = [] }) => examples));
  const wishes = fc.record(
    {
      code: fc.constantFrom(...codes, 599),
      example: fc.constantFrom(...keys.map(({ key }) => key), "missing"),
      dynamic: fc.boolean(),
      seed: words,
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(fc.constantFrom("header", "quoted", "query"), wishes)
    .map(([form, wished]) => preferring(form, Object.fromEntries(Object.entries(wished).map(([k, v]) => [k, `${v}`]))));
}

/** States preferences. */
export function preferring(form: "header" | "quoted" | "query", wished: Record<string, string>): Damage {
  const pairs = Object.entries(wished);
  return (request) => {
    if (pairs.length === 0) return request;
    const asQuery = pairs.map(([name, value]): [string, string] => [`__${name}`, value]);
    if (form === "query") return { ...request, query: [...request.query, ...asQuery] };
    const mark = form === "quoted" ? '"' : "";
    const prefer = pairs.map(([name, value]) => `${name}=${mark}${value}${mark}`).join(form === "quoted" ? "," : ", ");
    return { ...request, headers: { ...request.headers, prefer } };
  };
}

/** Whether an answer has other values each time: the request wants them made up, and says not from which seed. */
export function isMadeUpAnew({ headers: { prefer }, query }: DocumentRequest): boolean {
  const wishes = prefer?.replaceAll('"', "") ?? query.map(([name, value]) => `${name}=${value}`).join();
  return wishes.includes("dynamic=true") && !wishes.includes("seed=");
}

/** `Accept` with what the operation answers, and with what it does not. */
export function accepted({ responses }: Operation): fc.Arbitrary<Damage> {
  const types = responses.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
  return otherHeader("accept", [
    ...types,
    ...types.map((type) => `image/webp, ${type};q=0.5`),
    "*/*",
    "application/*",
    "text/html, */*;q=0.1",
    "application/json;version=2",
    "video/mp4",
  ]);
}
