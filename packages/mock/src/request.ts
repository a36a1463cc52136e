import { MIMEType } from "node:util";
import { type IHttpOperationConfig, type IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_NESTING = 200;

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// RFC 9110, section 12.5.1. Prism throws on anything else.
const MEDIA_RANGE = new RegExp(`^\\s*${TOKEN}/${TOKEN}(?:\\s*;\\s*${TOKEN}=(?:${TOKEN}|"[^"]*"))*\\s*$`);

/** An error with a status and a sentence, in the shape of RFC 9457. */
export function problem(status: number, title: string, detail: string): ProblemJsonError {
  return new ProblemJsonError("about:blank", title, status, detail);
}

/**
 * Turns a request into the form that Prism takes, and refuses what makes Prism throw, hang or misread.
 *
 * @throws {ProblemJsonError} 400 for a malformed path, `Accept` or body, 413 for a body over 1 MiB, 415 for a
 * malformed `Content-Type`.
 */
export async function readRequest(request: Request): Promise<IHttpRequest> {
  const { pathname, searchParams } = new URL(request.url);
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  const mediaType = headers["content-type"] === undefined ? undefined : parseMediaType(headers["content-type"]);
  if (!isPercentEncoded(pathname)) throw problem(400, "Bad Request", "The path is not valid percent-encoding");
  if (headers["accept"] !== undefined && !headers["accept"].split(",").every((range) => MEDIA_RANGE.test(range))) {
    throw problem(400, "Bad Request", "The Accept header is malformed");
  }
  // The scheme is case-insensitive (RFC 9110, section 11.1), but Prism takes only this spelling.
  if (headers["authorization"]) headers["authorization"] = headers["authorization"].replace(/^bearer(?=\s)/i, "Bearer");

  const bytes = await readBytes(request);
  // Without it Prism does not compare the media type with the document, as for chunked bodies.
  headers["content-length"] = String(bytes.length);
  return {
    method: request.method.toLowerCase() as IHttpRequest["method"],
    url: {
      path: pathname,
      query: Object.fromEntries(
        [...new Set(searchParams.keys())].map((name) => {
          const values = searchParams.getAll(name);
          return [name, values.length === 1 ? values[0]! : values];
        }),
      ),
    },
    headers,
    body: bytes.length === 0 ? undefined : parseBody(bytes, mediaType),
  };
}

/**
 * Reads the preferences that Prism knows: `code=400`, `example=name`, `dynamic=true`. Others are ignored, as RFC 7240
 * asks for.
 *
 * @throws {ProblemJsonError} 422, as from Prism's own server, when a value is of the wrong kind.
 */
export function readPreferences(header = ""): IHttpOperationConfig {
  const preferences = new Map(
    header.split(",").map((preference) => {
      const [name = "", value = ""] = preference.split(";")[0]!.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', "")];
    }),
  );
  const code = preferences.get("code");
  const dynamic = preferences.get("dynamic") ?? "false";
  const exampleKey = preferences.get("example");
  if (code !== undefined && !/^\d{3}$/.test(code)) {
    throw problem(422, "Unprocessable Content", "The preference code must be a status of three digits");
  }
  if (dynamic !== "true" && dynamic !== "false") {
    throw problem(422, "Unprocessable Content", "The preference dynamic must be true or false");
  }
  return { dynamic: dynamic === "true", ...(code && { code: Number(code) }), ...(exampleKey && { exampleKey }) };
}

function parseMediaType(header: string): string {
  try {
    return new MIMEType(header).essence;
  } catch {
    throw problem(415, "Unsupported Media Type", "The Content-Type header is malformed");
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

async function readBytes(request: Request): Promise<Buffer> {
  const tooLarge = () => problem(413, "Content Too Large", "The request body is larger than 1 MiB");
  if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseBody(bytes: Buffer, mediaType: string | undefined): unknown {
  if (!/^application\/(?:.+\+)?json$/.test(mediaType ?? "")) return bytes.toString();
  let body: unknown;
  try {
    // JSON is UTF-8 (RFC 8259, section 8.1).
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw problem(400, "Bad Request", "The request body is not valid JSON");
  }
  if (isDeeperThan(MAX_NESTING, body)) {
    throw problem(400, "Bad Request", `The request body is nested more than ${MAX_NESTING} levels deep`);
  }
  return body;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child));
}
