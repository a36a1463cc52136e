import { createRequire } from "node:module";
import type { PrismOkResult } from "@stoplight/prism-http";
import { isJson } from "../document/media-type.ts";
import type { Diagnostic } from "../document/prism.ts";

/** What the mock answers. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const SEVERITIES = ["Error", "Warning", "Information", "Hint"];
// Node's HTTP parser takes 16 KiB of headers; Prism's own server stops at half of that.
const MAX_REPORT_LENGTH = 8 * 1024;

const require = createRequire(import.meta.url);

/**
 * Turns Prism's answer into ours. What Prism has to say about the request or the answer stands in the header
 * `sl-violations`, as from Prism's own server.
 */
export function toAnswer({ output, validations }: PrismOkResult["response"]): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(output.headers ?? {})) {
    // Prism gives null for a header that it cannot make up.
    if (value !== null) headers[name.toLowerCase()] = String(value);
  }
  const report = [...describe("request", validations.input), ...describe("response", validations.output)];
  if (report.length > 0) headers["sl-violations"] = toHeader(report);
  return { status: output.statusCode, headers, body: serialize(output.body, headers["content-type"]) };
}

function describe(side: string, violations: readonly Diagnostic[]) {
  return violations.map(({ path = [], severity, code, message }) => ({
    location: [side, ...path],
    severity: SEVERITIES[severity],
    code,
    message,
  }));
}

function toHeader(report: unknown): string {
  return JSON.stringify(report)
    .replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .slice(0, MAX_REPORT_LENGTH);
}

function serialize(body: unknown, mediaType = ""): string | undefined {
  if (body === undefined) return undefined;
  if (isJson(mediaType)) return JSON.stringify(body);
  if (typeof body === "string") return body;
  if (/^application\/(?:.+\+)?xml\b/.test(mediaType)) return toXml(body);
  return JSON.stringify(body);
}

/** As Prism's own server does, with the library that it uses. */
function toXml(body: unknown): string {
  const { XMLBuilder }: typeof import("fast-xml-parser") = require("fast-xml-parser");
  return new XMLBuilder({}).build({ xml: body });
}
