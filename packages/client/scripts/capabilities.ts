/** What the client can send and read. An operation that needs more gets no method. */
import type { Api, Content, Operation, Parameter, Response } from "@spherepay/openapi";

/** Methods that openapi-typescript makes types for, but for TRACE, which fetch refuses. */
const methods = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"]);

/** Names that mean something else: an object with a `then` is taken for a promise. */
const reservedNames = new Set(["http", "then", "__proto__"]);

/**
 * Says why an operation cannot be a method of the client.
 *
 * @returns a sentence; `undefined` when it can be one
 * @example
 * findObstacle(operation, api); // "The body is text/csv, and the client writes JSON only."
 */
export function findObstacle(operation: Operation, api: Api): string | undefined {
  const { id, method, servers, parameters, body, security } = operation;
  if (reservedNames.has(id)) return `No method can be called ${id}. Give the operation another operationId.`;
  if (!methods.has(method)) return `The client does not send ${method}.`;
  if (servers !== api.servers) return "It has servers of its own, and the client calls those of the document only.";

  // A token that comes from OAuth 2 is a bearer token too (RFC 6750).
  const needed = security.map((schemes) =>
    schemes.filter(({ scheme }) => !/^(bearer|oauth2|openIdConnect)$/.test(scheme.scheme ?? scheme.type)),
  );
  if (needed.length > 0 && needed.every((schemes) => schemes.length > 0)) {
    return `It asks for ${needed[0]![0]!.scheme.key}, and the client sends bearer tokens only.`;
  }

  const parameter = parameters.find((candidate) => !isSent(candidate));
  if (parameter) {
    const { in: place, name, style, explode, content } = parameter;
    const form = content?.mediaType ?? `${style}, ${explode ? "" : "not "}exploded`;
    return `The client cannot write the ${place} parameter ${name} (${form}).`;
  }
  if (body && /^(GET|HEAD)$/.test(method)) return `No runtime's fetch sends a body with ${method}.`;
  if (body && !jsonOf(body.contents)) return `The body is ${list(body.contents)}, and the client writes JSON only.`;

  const successes = successesOf(operation);
  if (successes.length === 0) return "It describes no success.";
  const other = successes.find(({ contents }) => contents.length > 0 && !jsonOf(contents));
  return other && `The answer ${other.status} is ${list(other.contents)}, and the client reads JSON only.`;
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

/** The one among several media types that the client writes or reads. */
export function jsonOf(contents: Content[]): Content | undefined {
  return contents.find(({ kind }) => kind === "json");
}

/** Whether openapi-fetch writes a parameter as it is described. */
function isSent({ in: place, style, explode, schema, content }: Parameter): boolean {
  if (content) return false;
  const types = new Set([schema ?? [], schema?.alternatives ?? []].flat().flatMap((one) => one.types));
  const isObject = types.has("object");
  if (place === "path") return style === "simple" && !(isObject && explode);
  if (place === "header") return !isObject;
  if (place !== "query") return false;
  return isObject ? style === "deepObject" : style === "form" && (explode || !types.has("array"));
}

function list(contents: Content[]): string {
  return contents.map(({ mediaType }) => mediaType).join(" or ") || "of no media type";
}
