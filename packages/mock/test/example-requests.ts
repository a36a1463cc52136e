import { fittingValue } from "../src/document/fitting.ts";
import type { Document } from "../src/document/load.ts";
import { writeJson } from "../src/document/json.ts";
import { isJson } from "../src/document/media-type.ts";
import { mend } from "../src/document/mend.ts";
import {
  type Content,
  examplesOf,
  itemsOf,
  memberOf,
  membersOf,
  type Operation,
  type Parameter,
} from "../src/document/operations.ts";
import { isObject } from "../src/document/pointer.ts";
import { dereference, type Place } from "../src/document/source.ts";
import type { RawRequest } from "../src/handler/request.ts";

/** Writes the request that an operation's own examples make; what is required and has none is made up. */
export function exampleRequest({ source, schemas }: Document, operation: Operation): RawRequest {
  function valueOf(described: Place | undefined, schema: Place | undefined): unknown {
    const [example] = described ? examplesOf(source, described) : [];
    if (example) return example[1];
    const plain = schema && dereference(source, schema)?.value;
    if (isObject(plain)) {
      const [first] = Array.isArray(plain["examples"]) ? plain["examples"] : [];
      const given = plain["example"] ?? first ?? plain["default"];
      if (given !== undefined) return given;
    }
    if (!schema) return "x";
    const made = madeUp(schema);
    // A list without items cannot be told from none in most styles.
    const items = dereference(source, schema) && memberOf(dereference(source, schema)!, "items");
    return Array.isArray(made) && made.length === 0 && items ? [madeUp(items)] : made;
  }

  function madeUp(schema: Place): unknown {
    const validator = schemas.validator(schema, "request");
    return mend(validator, fittingValue(validator, [validator.schema], 0));
  }

  const item = memberOf(memberOf(source.start, "paths")!, operation.path);
  const lists = [operation.place, item && dereference(source, item)].map(
    (owner) => owner && memberOf(owner, "parameters"),
  );
  const places = lists.flatMap(itemsOf).map((place) => dereference(source, place));
  const written = operation.parameters.flatMap((parameter) => {
    const place = places.find(
      (one) => isObject(one?.value) && one.value["name"] === parameter.name && one.value["in"] === parameter.in,
    );
    const described = parameter.mediaType && place ? memberOf(memberOf(place, "content")!, parameter.mediaType) : place;
    const hasExample = described !== undefined && examplesOf(source, described).length > 0;
    if (!parameter.required && !hasExample) return [];
    return [{ parameter, pairs: write(parameter, valueOf(described, parameter.schema)) }];
  });
  const inPlace = (place: Parameter["in"]) => written.filter(({ parameter }) => parameter.in === place);

  const credentials = credentialsFor(operation);
  const inQuery = [...inPlace("querystring"), ...inPlace("query")];
  const query = [...inQuery.flatMap(({ pairs }) => pairs), ...credentials.query];
  const cookies = [...inPlace("cookie").flatMap(({ pairs }) => pairs), ...credentials.cookie];
  const path = sentPath(operation).replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const found = inPlace("path").find(({ parameter }) => parameter.name === name);
    return found ? found.pairs.map(([, value]) => value).join() : "x";
  });
  const content = operation.body?.contents.toSorted((one, other) => rank(one.mediaType) - rank(other.mediaType))[0];
  const body = content && writeBody(content, valueOf(content.place, content.schema));
  const headers = [
    ...inPlace("header").map(({ parameter, pairs }) => [parameter.name, pairs.map(([, value]) => value).join(",")]),
    ...credentials.header,
    ...(cookies.length > 0 ? [["cookie", cookies.map((pair) => pair.join("=")).join("; ")]] : []),
    ...(body ? [["content-type", body.type]] : []),
  ];
  const search = query
    .map(([name, value]) => (name && `${encodeURIComponent(name)}=`) + encodeURIComponent(value))
    .join("&");
  return {
    method: operation.method,
    target: path + (search && `?${search}`),
    headers: Object.fromEntries(headers.map(([name, value]) => [name!.toLowerCase(), value!])),
    body: new TextEncoder().encode(body?.text),
  };
}

/** The path without what a template cannot hold: a fragment is never sent, and a query is no path (RFC 3986, section 3). */
export function sentPath({ path }: Operation): string {
  return path.replace(/[#?].*/, "");
}

type Pair = [name: string, value: string];

/** A value by its style (https://spec.openapis.org/oas/v3.2.0.html#style-values); in a path, percent-encoded. */
function write(parameter: Omit<Parameter, "place">, value: unknown): Pair[] {
  const { name, in: place, style, explode, mediaType } = parameter;
  if (place === "querystring" && !isJson(mediaType)) return fieldsOf(value as object);
  const text = place === "path" ? (one: unknown) => encodeURIComponent(textOf(one)) : textOf;
  if (mediaType !== undefined) return [[place === "querystring" ? "" : name, text(writeJson(value))]];
  if (style === "matrix" || style === "label") return [[name, writePrefixed(parameter, value)]];
  const mark = { spaceDelimited: " ", pipeDelimited: "|" }[style as string] ?? ",";
  const isList = place === "query" || place === "cookie";
  if (Array.isArray(value)) {
    const items = value.map(text);
    return isList && explode ? items.map((item): Pair => [name, item]) : [[name, items.join(mark)]];
  }
  if (!isObject(value)) return [[name, text(value)]];
  const members = Object.entries(value).map(([key, member]): Pair => [key, text(member)]);
  if (style === "deepObject") return members.map(([key, member]) => [`${name}[${key}]`, member]);
  if (isList && explode) return members;
  return [[name, members.map((pair) => pair.join(explode ? "=" : mark)).join(mark)]];
}

/** The styles that are for paths alone. */
function writePrefixed({ name, style, explode }: Omit<Parameter, "place">, value: unknown): string {
  const prefix = style === "matrix" ? ";" : ".";
  const named = (text: string) => (style === "matrix" ? `;${name}=${text}` : `.${text}`);
  const text = (one: unknown) => encodeURIComponent(textOf(one));
  if (Array.isArray(value)) {
    const items = value.map(text);
    return explode ? items.map(named).join("") : named(items.join());
  }
  if (!isObject(value)) return named(text(value));
  const members = Object.entries(value).map(([key, member]) => [key, text(member)]);
  return explode ? members.map((pair) => prefix + pair.join("=")).join("") : named(members.flat().join());
}

/** JSON first, then forms. */
function rank(mediaType: string): number {
  if (isJson(mediaType)) return 0;
  return mediaType.startsWith("application/x-www-form-urlencoded") ? 1 : mediaType.startsWith("multipart/") ? 2 : 3;
}

function writeBody({ mediaType, encodings }: Content, value: unknown): { type: string; text: string } {
  if (isJson(mediaType)) return { type: mediaType, text: writeJson(value) };
  const fields = isObject(value) ? fieldsOf(value, encodings) : [];
  if (mediaType === "application/x-www-form-urlencoded") {
    return { type: mediaType, text: new URLSearchParams(fields).toString() };
  }
  if (mediaType === "multipart/form-data") {
    const parts = fields.map(
      ([name, text]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
    );
    return { type: `${mediaType}; boundary=edge`, text: `${parts.join("")}--edge--\r\n` };
  }
  return { type: mediaType.replaceAll("*", "x"), text: textOf(value) };
}

/** The fields of a form. */
function fieldsOf(value: object, encodings: Content["encodings"] = new Map()): Pair[] {
  return Object.entries(value).flatMap(([name, field]): Pair[] => {
    const { contentType, style = "form", explode = style === "form" } = encodings.get(name) ?? {};
    if (isJson(contentType) || (!Array.isArray(field) && style !== "deepObject")) return [[name, textOf(field)]];
    return write({ ...FIELD, name, style, explode }, field);
  });
}

const FIELD: Omit<Parameter, "name" | "place"> = {
  in: "query",
  required: true,
  style: "form",
  explode: true,
  allowEmptyValue: false,
  allowReserved: false,
  deprecated: false,
  mediaType: undefined,
  schema: undefined,
};

function textOf(value: unknown): string {
  return typeof value === "object" ? writeJson(value) : String(value);
}

const DIGEST = 'Digest username="a", realm="b", nonce="c", uri="d", response="e"';

/** What the first of the security requirements asks for that one request can meet. */
function credentialsFor({ source, security }: Operation): Record<"header" | "query" | "cookie", Pair[]> {
  const components = memberOf(source.start, "components");
  const schemes = components && memberOf(components, "securitySchemes");
  const requirements = itemsOf(security).map((requirement) =>
    membersOf(requirement).flatMap(([name]): [string, ...Pair][] => {
      const place = schemes && memberOf(schemes, name);
      const scheme = place && (dereference(source, place)?.value as Record<string, string>);
      if (scheme?.["type"] === "apiKey") return [[scheme["in"]!, scheme["name"]!, "key"]];
      const given = { basic: "Basic YTpi", digest: DIGEST }[scheme?.["scheme"]?.toLowerCase() ?? ""];
      return scheme && scheme["type"] !== "mutualTLS" ? [["header", "authorization", given ?? "Bearer token"]] : [];
    }),
  );
  const isOne = (pairs: [string, ...Pair][]) =>
    new Set(pairs.map(([place, name]) => place + name)).size === pairs.length;
  const met = requirements.find(isOne) ?? [];
  const inPlace = (place: string) => met.flatMap(([there, ...pair]) => (there === place ? [pair] : []));
  return { header: inPlace("header"), query: inPlace("query"), cookie: inPlace("cookie") };
}
