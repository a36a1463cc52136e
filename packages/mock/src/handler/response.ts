import type { Diagnostic } from "../document/diagnostics.ts";
import { writeJson } from "../document/json.ts";
import { isJson } from "../document/media-type.ts";
import { parts } from "../document/parts.ts";
import { isObject } from "../document/pointer.ts";

/** What the mock answers. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** An answer that is not written yet. */
export interface Described {
  readonly status: number;
  readonly mediaType: string | undefined;
  readonly headers: readonly DescribedHeader[];
  /** `undefined` for none. */
  readonly body: unknown;
}

/** A header that the document describes. */
export interface DescribedHeader {
  readonly name: string;
  readonly value: unknown;
  /** Whether the members of an object are written `name=value`. */
  readonly explode?: boolean | undefined;
  /** That of a header with `content`, which has no style. */
  readonly mediaType?: string | undefined;
}

const SEVERITIES = ["Error", "Warning"];
// Node's HTTP parser takes 16 KiB of headers; Prism's own server stops at half of that.
const MAX_REPORT_LENGTH = 8 * 1024;

/** Those with which no body is sent (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = new Set([204, 205, 304]);
/** Those of the connection (RFC 9110, section 7.6.1), and what is said of the body and the moment of sending. */
const ABOUT_SENDING = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
// RFC 9110, section 5.1.
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Writes an answer as it is sent. Headers that only a server can know, such as `Content-Length`, are left out, whatever
 * the document says.
 *
 * @param report what is wrong with the request or the answer; it stands in the header `sl-violations`, as from Prism's
 * own server
 */
export function writeAnswer({ status, mediaType, headers, body }: Described, report: readonly Reported[]): Answer {
  const written: Record<string, string> = {};
  for (const header of headers) {
    const name = header.name.toLowerCase();
    const value = writeHeader(header);
    if (value !== undefined && NAME.test(name) && !ABOUT_SENDING.has(name)) written[name] = value;
  }
  if (mediaType !== undefined) written["content-type"] = mediaType;
  const answer = { status, headers: written, body: BODILESS.has(status) ? undefined : serialize(body, mediaType) };
  return withReport(answer, report);
}

/** Something that is wrong, and with which side of the exchange. */
export interface Reported extends Diagnostic {
  readonly side: "request" | "response";
}

/** The answer with more of a report on what is wrong; as much of it as a header may hold. */
export function withReport(answer: Answer, report: readonly Reported[]): Answer {
  if (report.length === 0) return answer;
  const entries = report.map(({ side, path = [], severity, code, message }) =>
    JSON.stringify({ location: [side, ...path], severity: SEVERITIES[severity], code, message }),
  );
  let text = answer.headers["sl-violations"] ?? "[]";
  for (const entry of entries) {
    const longer = `${text.slice(0, -1)}${text === "[]" ? "" : ","}${ascii(entry)}]`;
    if (longer.length > MAX_REPORT_LENGTH) break;
    text = longer;
  }
  return { ...answer, headers: { ...answer.headers, "sl-violations": text } };
}

/** JSON of the characters that every header may have. */
function ascii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Writes a header in the style `simple`, the only one of headers (OpenAPI, section "Header Object"), or in its media
 * type. What no header may have is percent-encoded.
 */
function writeHeader({ value, explode = false, mediaType }: DescribedHeader): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = mediaType === undefined ? simple(value, explode) : serialize(value, mediaType)!;
  return text.toWellFormed().replaceAll(/[^\t\x20-\x7e\x80-\xff]/gu, encodeURIComponent);
}

function simple(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) return value.map(primitive).join(",");
  if (!isObject(value)) return primitive(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}${explode ? "=" : ","}${primitive(member)}`)
    .join(",");
}

/** No style says how a list within a list is written. */
function primitive(value: unknown): string {
  return isObject(value) ? writeJson(value) : String(value);
}

function serialize(body: unknown, mediaType = ""): string | undefined {
  if (body === undefined) return undefined;
  if (isJson(mediaType)) return writeJson(body);
  if (typeof body === "string") return body;
  if (/^application\/(?:.+\+)?xml\b/.test(mediaType)) return toXml(body);
  return writeJson(body);
}

/** As Prism's own server does, with the library that it uses. */
function toXml(body: unknown): string {
  return new parts.XMLBuilder({}).build({ xml: body });
}
