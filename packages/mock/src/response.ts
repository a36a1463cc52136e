import type { PrismOkResult } from "@stoplight/prism-http";
import type { Violation } from "./error-body.ts";

const SEVERITIES = ["Error", "Warning", "Information", "Hint"];
// Node's HTTP parser takes 16 KiB of headers; Prism's own server stops at half of that.
const MAX_REPORT_LENGTH = 8 * 1024;

/**
 * Turns Prism's answer into a response. What Prism has to say about the request or the answer stands in the header
 * `sl-violations`, as from Prism's own server.
 */
export function toResponse({ output, validations }: PrismOkResult["response"]): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(output.headers ?? {})) {
    // Prism gives null for a header that it cannot make up.
    if (value !== null) headers.set(name, String(value));
  }
  const report = [...describe("request", validations.input), ...describe("response", validations.output)];
  if (report.length > 0) headers.set("sl-violations", toHeader(report));
  return new Response(serialize(output.body, headers.get("content-type")), { status: output.statusCode, headers });
}

function describe(side: string, violations: readonly Violation[]) {
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

function serialize(body: unknown, mediaType: string | null): string | null {
  if (body === undefined) return null;
  if (typeof body === "string" && !/^application\/(?:.+\+)?json\b/.test(mediaType ?? "")) return body;
  return JSON.stringify(body);
}
