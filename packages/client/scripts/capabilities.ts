/** What the client can send and read, and which of several media types it takes. */
import type { Content, Operation, Response, SecurityRequirement, SecurityScheme } from "@spherepay/openapi";

/** Methods that fetch refuses (https://fetch.spec.whatwg.org/#forbidden-method). */
const forbiddenMethods = /^(?:CONNECT|TRACE|TRACK)$/i;

/** HTTP schemes whose credentials are not one token or a name and a password (IANA's registry of schemes). */
const exchanges = /^(?:concealed|digest|dpop|gnap|hoba|mutual|negotiate|oauth|privatetoken|scram-.*|vapid)$/;

/** Media types of which each item is read when it arrives. */
const streams = /^(?:text\/event-stream|application\/(?:.*\+)?(?:jsonl|x-ndjson|ndjson|x-jsonlines|json-seq))\b/i;

/**
 * Says why an operation cannot be a method of the client.
 *
 * @returns a sentence; `undefined` when it can be one
 * @example
 * findObstacle(operation); // "The body is multipart/mixed, and FormData makes multipart/form-data only."
 */
export function findObstacle(operation: Operation): string | undefined {
  const { method, body, security } = operation;
  if (forbiddenMethods.test(method)) return `fetch refuses to send ${method}.`;
  if (body && /^(?:GET|HEAD)$/.test(method)) return `fetch sends no body with ${method}.`;
  if (body && !sentContent(operation)) {
    const types = body.contents.map(({ mediaType }) => mediaType).join(" or ");
    return types ? `The body is ${types}, and FormData makes multipart/form-data only.` : "The body has no media type.";
  }
  const [first] = security;
  if (!first || sendable(security).length > 0) return undefined;
  const { scheme } = first.find((one) => !isSent(one.scheme))!;
  return `It asks for ${scheme.key}, and the HTTP scheme ${scheme.scheme} needs more than one request.`;
}

/** The requirements that the client can meet. What a certificate proves is the business of the given fetch. */
export function sendable(security: SecurityRequirement[]): SecurityScheme[][] {
  return security
    .map((requirement) => requirement.map(({ scheme }) => scheme))
    .filter((schemes) => schemes.every(isSent))
    .map((schemes) => schemes.filter(({ type }) => type !== "mutualTLS"));
}

function isSent({ type, scheme = "" }: SecurityScheme): boolean {
  return type !== "http" || !exchanges.test(scheme);
}

/** The media type in which the body is sent: JSON, or else the first that can be sent. */
export function sentContent({ body }: Operation): Content | undefined {
  const contents = (body?.contents ?? []).filter(
    ({ kind, mediaType }) => kind !== "multipart" || /^multipart\/form-data\b/i.test(mediaType),
  );
  return jsonOf(contents) ?? contents[0];
}

/** The JSON among several media types, without a special name if it can be. */
export function jsonOf(contents: Content[]): Content | undefined {
  const json = contents.filter(({ kind }) => kind === "json");
  return json.find(({ mediaType }) => /^(?:application|text)\/json\b/i.test(mediaType)) ?? json[0];
}

/** What the body of a success becomes. */
export type Reading = "json" | "text" | "blob" | "stream";

/** What becomes of a body in a media type. */
export function readingOf({ kind, mediaType }: Content): Reading {
  if (streams.test(mediaType)) return "stream";
  if (kind === "json" || kind === "text") return kind;
  return kind === "form" ? "text" : "blob";
}

/** The media types that an answer is read in: JSON, or else what is no stream, or else what there is. */
export function readContents({ contents }: Response): Content[] {
  const json = jsonOf(contents);
  if (json) return [json];
  const whole = contents.filter((content) => readingOf(content) !== "stream");
  return whole.length > 0 ? whole : contents;
}

/** The answers as they arrive: HEAD has none with a body, whatever is described (RFC 9110, section 9.3.2). */
export function answersOf({ method, responses }: Operation): Response[] {
  return method === "HEAD" ? responses.map((response) => ({ ...response, contents: [] })) : responses;
}

/** The answers that are a success: those with a status of 2xx, or the one for every status where there is none. */
export function successesOf(operation: Operation): Response[] {
  const answers = answersOf(operation);
  const successes = answers.filter(({ status }) => status.startsWith("2"));
  return successes.length > 0 ? successes : answers.filter(({ status }) => status === "default");
}

/** Statuses of the described answers that lead elsewhere. They are successes without data. */
export function redirectsOf({ responses }: Operation): number[] {
  const statuses = responses.flatMap(({ status }) =>
    status === "3XX" ? [300, 301, 302, 303, 304, 305, 307, 308] : status.startsWith("3") ? [Number(status)] : [],
  );
  return [...new Set(statuses)];
}
