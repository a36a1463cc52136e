import {
  type Api,
  type Content,
  type Encoding,
  type Operation,
  type Parameter,
  type Schema,
  type SecurityRequirement,
  type SecurityScheme,
  type Server,
} from "@spherepay/openapi";
import { encodePath, own } from "../src/parameters.ts";
import { readContents, readingOf, redirectsOf, sendable, sentContent, successesOf } from "./capabilities.ts";
import { type Proof, proofOf } from "./proof.ts";
import { groups, key, literal, objectOf } from "./text.ts";

/**
 * A function of the client's runtime in the source that is made, which so imports it: called, where there are parameters,
 * one of which may be empty.
 */
export type Call = (name: string, ...parameters: string[]) => string;

/** The entry of an operation in the table, as source. */
export function entryOf(operation: Operation, api: Api, call: Call): string {
  const { method, path, body } = operation;
  const security = securityOf(operation.security);
  const successes = successesOf(operation);
  const contents = successes.map(readContents);
  const content = body && sentContent(operation);
  const isEmpty = (found: Content[]) => found.length === 0;
  const redirects = redirectsOf(operation);
  const proof = proofOf(operation);
  const asked = successes.find((success, index) => contents[index]!.length < success.contents.length);
  return objectOf(
    {
      method: literal(method),
      path: literal(encodePath(path)),
      parameters: parametersOf(operation, call),
      write: content && writerOf(content, call),
      read: readerOf(contents, redirects.length > 0, call),
      accept: asked && literal(readContents(asked)[0]!.mediaType),
      mayBeEmpty: contents.some(isEmpty) && !contents.every(isEmpty) && "true",
      redirects: redirects.length > 0 && literal(redirects),
      proof: proof && callProof(proof, call),
      security: security !== securityOf(api.security) && security,
      servers: operation.servers !== api.servers && `{ ${serversOf(operation.servers, call).join(", ")} }`,
    },
    100,
  );
}

function callProof([name, ...parameters]: Proof, call: Call): string {
  return call(name, ...parameters.map((one) => (typeof one === "string" ? one : callProof(one, call))));
}

/** How the parameters are written, unless all are `simple` ones of the path that hold one value. */
function parametersOf({ parameters }: Operation, call: Call): string | undefined {
  const stated = parameters.filter((parameter) => parameter.in !== "path" || styleOf(parameter) !== "simple");
  if (stated.length === 0 && parameters.every(({ schema }) => schema && isPlain(schema))) return undefined;
  const places = groups(stated, (parameter) => parameter.in).map(([place, all]) => {
    return [place, literal(Object.fromEntries(all.map((parameter) => [parameter.name, styleOf(parameter)])))] as const;
  });
  return call("styles", objectOf(Object.fromEntries(places)));
}

/** Whether a value is neither a list nor an object. */
function isPlain({ types, alternatives, enum: values }: Schema): boolean {
  if (types.length === 0) return values !== undefined || (alternatives.length > 0 && alternatives.every(isPlain));
  return !types.includes("array") && !types.includes("object");
}

function styleOf({ in: place, style, explode, allowReserved, content }: Parameter): string {
  if (content?.kind === "form") return "form*";
  if (content) return content.kind === "json" ? "json" : "text";
  if (place === "header") return "simple" + (explode ? "*" : "");
  // Of a single value it makes no difference.
  return style + (explode && style !== "deepObject" ? "*" : "") + (allowReserved ? "+" : "");
}

function writerOf({ kind, mediaType, schema, encoding }: Content, call: Call): string {
  const isRange = mediaType.includes("*");
  const stated = (find: (encoding: Encoding, name: string) => string | undefined) => {
    const found = Object.entries(encoding).map(([name, one]) => [name, find(one, name)] as const);
    return objectOf(Object.fromEntries(found.map(([name, value]) => [name, value && literal(value)])));
  };
  switch (kind) {
    case "json":
      return isRange || mediaType === "application/json" ? call("json") : call("jsonAs", literal(mediaType));
    case "form": {
      const styles = stated(({ style, explode, allowReserved, contentType }) => {
        if (style) return `${style}${explode && style !== "deepObject" ? "*" : ""}${allowReserved ? "+" : ""}`;
        return contentType && /[/+]json\b/.test(contentType) ? "json" : undefined;
      });
      return styles === "{}" ? call("form", "") : call("form", styles);
    }
    case "multipart": {
      const types = stated(({ contentType }, name) => {
        const isObject = own(schema?.properties, name)?.types.includes("object");
        const usual = isObject ? "application/json" : "text/plain";
        return contentType === usual || /[*,]/.test(contentType ?? "") ? undefined : contentType;
      });
      return types === "{}" ? call("multipart", "") : call("multipart", types);
    }
    case "text":
      return call("text", literal(isRange ? "text/plain" : mediaType));
    default:
      return isRange ? call("binary", "") : call("binary", literal(mediaType));
  }
}

function readerOf(contents: Content[][], redirects: boolean, call: Call): string | undefined {
  if (contents.length === 0) return call(redirects ? "readNothing" : "readByMediaType");
  const readings = new Set(contents.flat().map(readingOf));
  if (readings.size === 0) return call("readNothing");
  if (readings.size > 1) return call("readByMediaType");
  const [reading] = readings;
  return reading === "json" ? undefined : call({ text: "readText", blob: "readBlob", stream: "readStream" }[reading!]);
}

/** The names of the schemes that are needed, any list of which will do; an empty list where nothing is needed. */
export function securityOf(security: SecurityRequirement[]): string {
  const lists = sendable(security).map((schemes) => schemes.map((scheme) => scheme.key));
  return literal(lists.some((names) => names.length > 0) ? lists : [[]]);
}

/** What puts the credential of a scheme on a request. */
export function setterOf({ type, scheme, in: place, name }: SecurityScheme, call: Call): string {
  if (type === "apiKey") return call("apiKey", literal(place), literal(name));
  if (type !== "http" || scheme === "bearer") return call("bearer");
  return scheme === "basic" ? call("basic") : call("authorization", literal(scheme));
}

/** The servers by name. One without a name has its number for one, and the first, which holds by default, says so. */
export function serversOf(servers: Server[], call: Call): string[] {
  const named = new Map<string, string>();
  servers.forEach(({ name, url, template, variables }, index) => {
    const wanted = name ?? (index === 0 ? "default" : `server${index + 1}`);
    const used = Object.entries(variables).flatMap(([variable, { default: value, enum: values }]) =>
      template.includes(`{${variable}}`)
        ? [[variable, objectOf({ default: literal(value), enum: values.length > 0 && literal(values) })]]
        : [],
    );
    const address = literal(template.replace(/\/+$/, ""));
    const source = used.length > 0 ? call("withVariables", address, objectOf(Object.fromEntries(used))) : literal(url);
    named.set(named.has(wanted) ? `${wanted}${index + 1}` : wanted, source);
  });
  return [...named].map(([name, source]) => `${key(name)}: ${source}`);
}
