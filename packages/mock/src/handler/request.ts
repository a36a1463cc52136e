import { MIMEType } from "node:util";
import type { IHttpOperationConfig, IHttpRequest } from "@stoplight/prism-http";
import type { SentBody } from "../document/bodies.ts";
import { readJson } from "../document/json.ts";
import { isJson } from "../document/media-type.ts";
import { isForm, type Pairs } from "../document/parameters.ts";
import { problem } from "./problem.ts";

/** A request as a server or a `fetch` hands it over. */
export interface RawRequest {
  /** In upper case. */
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` when it is larger than {@link MAX_BODY_BYTES}. */
  readonly body: Uint8Array | undefined;
}

/** The largest request body that is read: 1 MiB. */
export const MAX_BODY_BYTES = 1024 * 1024;
const MAX_NESTING = 200;

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// RFC 9110, section 12.5.1. Prism throws on anything else.
const MEDIA_RANGE = new RegExp(`^\\s*${TOKEN}/${TOKEN}(?:\\s*;\\s*${TOKEN}=(?:${TOKEN}|"[^"]*"))*\\s*$`);

// JSON is UTF-8 without a byte order mark (RFC 8259, section 8.1).
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Where a request is sent to. */
export interface Target {
  /** Percent-encoded. */
  readonly path: string;
  /** Percent-encoded, without the question mark. */
  readonly query: string;
  /** The query as Prism takes it. */
  readonly parameters: Readonly<Record<string, string | string[]>>;
  /** The address that `__server` in the query asks for. */
  readonly server: string | undefined;
}

/** A request that has been read. */
export interface ReadRequest {
  readonly target: Target;
  /** In the form that Prism takes. */
  readonly input: IHttpRequest;
  readonly body: SentBody | undefined;
}

/**
 * Reads a request, and refuses what makes Prism throw, hang or misread.
 *
 * @throws {Problem} 400 for a malformed `Accept` or body, 413 for a body over 1 MiB, 415 for a malformed
 * `Content-Type`.
 */
export function readRequest({ method, headers, body: bytes }: RawRequest, target: Target): ReadRequest {
  const { accept, authorization, "content-type": contentType } = headers;
  const accepted = accept === undefined || accept === "*/*" ? accept : readAccept(accept);
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  if (!bytes) throw problem(413, "The request body is larger than 1 MiB");
  const mended: Record<string, string> = {};
  if (accepted !== accept) mended["accept"] = accepted!;
  if (authorization !== undefined && !authorization.startsWith("Bearer")) {
    mended["authorization"] = readAuthorization(authorization);
  }
  const body = bytes.length === 0 ? undefined : readBody(bytes, mediaType);
  return {
    target,
    input: {
      method: method.toLowerCase() as IHttpRequest["method"],
      url: { path: target.path, query: target.parameters },
      headers: Object.keys(mended).length > 0 ? { ...headers, ...mended } : headers,
      body: body?.plain,
    },
    body,
  };
}

/**
 * Reads the parts of `multipart/form-data`; those that are files as text.
 *
 * @throws {Problem} 400 when it is malformed
 */
export async function readParts({ headers, body = new Uint8Array() }: RawRequest): Promise<Pairs> {
  const { "content-type": contentType = "" } = headers;
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => {
      throw problem(400, "The form is not valid multipart/form-data");
    });
  return Promise.all(
    Array.from(form, async ([name, part]) => [name, typeof part === "string" ? part : await part.text()] as const),
  );
}

/** A parameter of `Digest`: its value is a token, or any text in quotes (RFC 7616, section 3.4). */
const DIGEST_PARAMETER = /\b(\w+)\*?\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)/g;

/** Mends what credentials may have in them, but Prism takes for none. */
function readAuthorization(header: string): string {
  // It looks at the names alone, but wants values to be short words in quotes.
  if (/^digest\s/i.test(header)) return header.replaceAll(DIGEST_PARAMETER, '$1=""');
  // The scheme is case-insensitive (RFC 9110, section 11.1), but Prism takes only this spelling.
  return header.replace(/^bearer(?=\s)/i, "Bearer");
}

/** Mends what an `Accept` header may have in it, but Prism throws on. */
function readAccept(header: string): string | undefined {
  const ranges = header
    .split(",")
    // An empty element means nothing (RFC 9110, section 5.6.1.2), and Java's HttpURLConnection sends a lone star.
    .filter((range) => range.trim() !== "")
    .map((range) => range.replace(/^\s*\*\s*(?=;|$)/, "*/*"));
  if (!ranges.every((range) => MEDIA_RANGE.test(range))) {
    throw problem(400, "The Accept header is malformed");
  }
  return ranges.length === 0 ? undefined : ranges.join(",");
}

/**
 * Reads where a request is sent to.
 *
 * @throws {Problem} 400 when that is malformed.
 */
export function readTarget(target: string): Target {
  // What a URL would leave as it is.
  if (/^(?:\/[\w~-]+)+$/.test(target)) return { path: target, query: "", parameters: {}, server: undefined };
  // A URL would lose what follows the one, and turn the other (RFC 9112, section 3.2, allows neither).
  if (/#|^[^?]*\\/.test(target)) throw problem(400, "The request target is malformed");
  // The base is there to make a URL, nothing else. A target may be a whole URL too (RFC 9112, section 3.2.2).
  const whole = target.startsWith("/") ? `http://mock${target}` : target;
  if (!URL.canParse(whole)) throw problem(400, "The request target is malformed");
  const { pathname, search, searchParams } = new URL(whole);
  if (!isPercentEncoded(pathname)) throw problem(400, "The path is not valid percent-encoding");
  const parameters = readQuery(searchParams);
  const server = String(parameters["__server"] ?? "") || undefined;
  return { path: pathname, query: search.slice(1), parameters, server };
}

/**
 * Reads the preferences that Prism knows, from `Prefer: code=400, example=name, dynamic=true, seed=text` or, without
 * that header, from the query `?__code=400&__example=…`. Others are ignored, as RFC 7240 asks for.
 *
 * @param defaults what holds of what the request does not say; returned as it is when that says nothing
 * @throws {Problem} 422, as from Prism's own server, when a value is of the wrong kind.
 */
export function readPreferences(
  { headers, url: { query = {} } }: IHttpRequest,
  defaults: IHttpOperationConfig,
): IHttpOperationConfig {
  const header = headers?.["prefer"];
  if (!header && Object.keys(query).length === 0) return defaults;
  const preferences = new Map(
    header
      ? // The first of equal names counts (RFC 7240, section 2).
        header
          .split(",")
          .toReversed()
          .map((preference) => {
            const [name = "", ...value] = preference.split(";")[0]!.split("=");
            return [name.trim().toLowerCase(), value.join("=").trim().replaceAll('"', "")];
          })
      : Object.entries(query).map(([name, value]) => [name.startsWith("__") ? name.slice(2) : "", String(value)]),
  );
  const { code, dynamic, example, seed } = Object.fromEntries(preferences) as Record<string, string>;
  if (!(code || dynamic || example || seed)) return defaults;
  if (code && !/^\d{3}$/.test(code)) {
    throw problem(422, "The preference code must be a status of three digits");
  }
  if (dynamic && dynamic !== "true" && dynamic !== "false") {
    throw problem(422, "The preference dynamic must be true or false");
  }
  return {
    ...defaults,
    ...(dynamic && { dynamic: dynamic === "true" }),
    ...(code && { code: Number(code) }),
    ...(example && { exampleKey: example }),
    ...(seed && { seed }),
  };
}

function parseMediaType(header: string): string {
  if (header === "application/json") return header;
  try {
    return new MIMEType(header).essence;
  } catch {
    throw problem(415, "The Content-Type header is malformed");
  }
}

function isPercentEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function readQuery(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function readBody(bytes: Uint8Array, mediaType: string | undefined): SentBody {
  if (!isJson(mediaType)) {
    const text = new TextDecoder().decode(bytes);
    const isEncoded = () => text.split("&").every((pair) => isPercentEncoded(pair.split("=", 1)[0]!));
    if (mediaType !== undefined && isForm(mediaType) && !isEncoded()) {
      throw problem(400, "The form is not valid percent-encoding");
    }
    return { mediaType, value: text, plain: text, parts: undefined };
  }
  let text: string;
  let plain: unknown;
  try {
    text = utf8.decode(bytes);
    plain = JSON.parse(text);
  } catch {
    throw problem(400, "The request body is not valid JSON");
  }
  const misread = findMisread(text, plain);
  if (misread) throw problem(400, `The request body ${misread}`);
  return { mediaType, value: /\d{16}/.test(text) ? readJson(text) : plain, plain, parts: undefined };
}

// RFC 7493, section 2.1.
const FORBIDDEN = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** What in a JSON text other parsers may read in another way, so that I-JSON forbids it (RFC 7493, section 2). */
function findMisread(text: string, body: unknown): string | undefined {
  let names = 0;
  let misread: string | undefined;
  const visit = (value: unknown, level: number): void => {
    if (typeof value === "string" && FORBIDDEN.test(value)) misread = "has a lone surrogate or a noncharacter";
    if (typeof value === "number" && !Number.isFinite(value)) misread = "has a number that is too large";
    if (typeof value !== "object" || value === null || misread) return;
    if (level > MAX_NESTING) {
      misread = `is nested more than ${MAX_NESTING} levels deep`;
      return;
    }
    if (Array.isArray(value)) return value.forEach((child) => visit(child, level + 1));
    for (const [name, child] of Object.entries(value)) {
      names++;
      visit(name, level);
      visit(child, level + 1);
    }
  };
  visit(body, 1);
  if (misread) return misread;
  // The parser has kept the last of equal names.
  return countNames(text) === names ? undefined : "names a field twice";
}

/** Outside of strings, each colon of a JSON text follows a name. */
function countNames(text: string): number {
  let names = 0;
  let isString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isString = !isString;
    else if (isString && character === "\\") index++;
    else if (!isString && character === ":") names++;
  }
  return names;
}
