import type { Fail, ParameterStyle, ParameterStyles, WriteParameters } from "./operation.ts";

/**
 * A dot segment (RFC 3986 §3.3) or nothing, also one that appears when percent-encoding is undone, however often. Some
 * servers end a segment at a semicolon.
 */
const elsewhere = /(^|%(25)*(2f|5c))(\.|%(25)*2e){1,2}(;|%(25)*(2f|3b|5c)|$)|^(;|%(25)*(2f|3b|5c))*$/i;

/** What a field of a header may hold (RFC 9110 §5.5). */
const headerText = /^[\t -~\x80-\xff]*$/;

/** What a cookie may hold (RFC 6265 §4.1.1), with the comma of a list. */
export const cookieText = /^[!#-:<-[\]-~]*$/;

/** Fills in the path of an operation that has no other parameters than those, `simple` and of one value each. */
export const simplePath: WriteParameters = (path, params, _request, fail) => {
  checkPlaces(params, {});
  return fillPath(path, params, fail, (_, value) => encode(value));
};

/**
 * Writes parameters in their styles: those that the operation declares, and no others.
 *
 * @example
 * styles({ query: { limit: "form*" }, header: { "X-Trace": "simple" } })
 */
export const styles =
  (declared: ParameterStyles): WriteParameters =>
  (path, params, request, fail) => {
    const query: string[] = [];
    checkPlaces(params, declared);
    for (const [place, values] of Object.entries(params)) {
      if (place === "path") continue;
      for (const [name, value] of Object.entries(values ?? {})) {
        const style = own(own(declared, place), name);
        if (!style) throw fail(`params.${place}.${name} is no part of the argument`);
        const label = place === "query" || place === "cookie" ? encode(name) : "";
        const allowed = place === "header" ? headerText : style.startsWith("cookie") ? cookieText : undefined;
        const isForm = place === "querystring" && style === "form*";
        const pieces = written(`params.${place}.${name}`, fail, () =>
          isForm ? formPairs(value) : expand(label, value, style, allowed),
        );
        if (place === "cookie") addCookies(request.headers, pieces);
        else if (place !== "header") query.push(...pieces);
        else if (pieces.length) request.headers[name.toLowerCase()] = pieces.join();
      }
    }
    const filled = fillPath(path, params, fail, (name, value) => {
      const style: ParameterStyle = own(declared.path, name) ?? "simple";
      const mark = style.startsWith("l") ? "." : style.startsWith("m") ? ";" : "";
      const pieces = expand(mark === ";" ? encode(name) : "", value, style);
      // Reserved or not, these would end the segment (OpenAPI 3.2, `in: path`).
      return (pieces.length ? mark + pieces.join(mark || ",") : "").replace(/[/?]/g, encodeURIComponent);
    });
    return withQuery(filled, query);
  };

/** An address with more pairs in its query, which are encoded. */
export function withQuery(url: string, pairs: readonly string[]): string {
  return pairs.length ? url + (url.includes("?") ? "&" : "?") + pairs.join("&") : url;
}

/** Puts pairs into the header `Cookie`, before those that are there: of two with one name, servers take the first. */
export function addCookies(headers: Record<string, string>, pairs: readonly string[]): void {
  const all = [pairs, headers["cookie"] ?? []].flat();
  if (all.length) headers["cookie"] = all.join("; ");
}

function checkPlaces(params: object, declared: ParameterStyles): void {
  for (const [place, values] of Object.entries(params)) {
    if (values && place !== "path" && !own(declared, place))
      throw new TypeError(`params.${place} is no part of the argument`);
  }
}

/**
 * Fills in the parameters of a path, so that no server reads it as another path than the document's.
 *
 * @throws what `fail` makes when one is missing or unknown, cannot be sent, or makes a segment empty or a dot segment
 */
function fillPath(path: string, params: object, fail: Fail, write: (name: string, value: unknown) => string): string {
  const values = own(params, "path") ?? {};
  for (const name of Object.keys(values)) {
    if (!path.includes(`{${name}}`)) throw fail(`params.path.${name} is no part of the argument`);
  }
  return path.replace(/[^/]*\{[^/]*/g, (segment) => {
    const filled = segment.replace(/\{(.+?)\}/g, (_, name) => {
      const value = own(values, name);
      if (value == null) throw fail(`params.path.${name} is missing`);
      return written(`params.path.${name}`, fail, () => write(name, value));
    });
    if (elsewhere.test(filled)) throw fail(`params.path for ${segment} is empty, or leads to another path`);
    return filled;
  });
}

/** A path of a document as a URL has it. What is encoded stays so, and a fragment is never sent. */
export function encodePath(path: string): string {
  return path
    .split(/(\{[^{}]+\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURI(part).replace(/%25(?=[\da-f]{2})/gi, "%")))
    .join("")
    .replaceAll("#", "%23");
}

/** What a task writes; its own error would show the value. */
export function written<Result>(what: string, fail: Fail, task: () => Result): Result {
  try {
    return task();
  } catch {
    throw fail(`${what} cannot be sent: it holds what cannot be written there`);
  }
}

/**
 * The pairs of an `application/x-www-form-urlencoded` text.
 *
 * @param given styles of the fields that have one. Of the others a list is repeated, and objects are JSON
 */
export function formPairs(fields: any, given: Readonly<Record<string, ParameterStyle>> = {}): string[] {
  const flat = (value: any): any => {
    if (Array.isArray(value)) return value.map(flat);
    return typeof value === "object" && value && !value.toJSON ? JSON.stringify(plain(value)) : value;
  };
  return Object.entries<any>(plain(fields ?? {})).flatMap(([name, value]) => {
    const style = own(given, name);
    return expand(encode(name), style ? value : flat(value), style ?? "form*");
  });
}

/** Headers under their names in lower case, without those that have no value. */
export function plainHeaders(headers: object | undefined, fail: Fail): Record<string, string> {
  if (!headers) return {};
  const entries: [string, any][] = Symbol.iterator in headers ? [...(headers as Headers)] : Object.entries(headers);
  return written("a header", fail, () => {
    return Object.fromEntries(new Headers(entries.filter(([, value]) => value != null)));
  });
}

/**
 * The pieces that a value becomes, after RFC 6570 §3.2 and the styles of OpenAPI: encoded, and yet to be joined with
 * what separates them in their place. Null and undefined become none, within lists and objects too.
 *
 * @param label the encoded name, where the style writes one
 * @param allowed the characters that may go out, where nothing is encoded
 * @throws Error when the value, or what is in it, has no form in the style
 * @example
 * expand("tag", ["a", "b c"], "form*"); // ["tag=a", "tag=b%20c"]
 */
export function expand(label: string, value: any, style: ParameterStyle, allowed?: RegExp): string[] {
  if (value == null) return [];
  const write = (item: unknown): string => {
    if (!allowed && !style.includes("+")) return encode(item);
    const text = textOf(item);
    if (allowed?.test(text) === false) throw new TypeError();
    if (allowed) return text;
    // Reserved characters stay, save for those that would end the value, and so do percent-encoded ones.
    return encodeURI(text)
      .replace(/%25(?=[\da-f]{2})/gi, "%")
      .replace(/[#&+]/g, encodeURIComponent);
  };
  const named = (text: string) => (label ? label + (text || style[0] !== "m" ? `=${text}` : "") : text);

  if (style === "json") return [named(write(JSON.stringify(value)))];
  if (typeof value !== "object" || value.toJSON || style === "text") return [named(write(value))];
  const entries = Object.entries<any>(plain(value)).filter(([, item]) => item != null);
  if (style[0] === "d") return entries.flatMap(([key, item]) => expand(`${label}%5B${write(key)}%5D`, item, style));
  const items = entries.map(([key, item]) => (Array.isArray(value) ? [write(item)] : [write(key), write(item)]));
  if (style.includes("*")) return items.map((item) => (item[1] === undefined ? named(item[0]!) : item.join("=")));
  const separator = style.startsWith("space") ? "%20" : style.startsWith("pipe") ? "%7C" : ",";
  return items.length ? [named(items.flat().join(separator))] : [];
}

function encode(value: unknown): string {
  return encodeURIComponent(textOf(value));
}

/** A value as text: a Date, and what else knows its JSON, as that. NaN and the infinities are in no JSON. */
export function textOf(value: any): string {
  const text = value?.toJSON ? value.toJSON() : value;
  const isNone = text == null || (typeof text === "number" && !Number.isFinite(text));
  if (isNone || Object(text) === text) throw new TypeError();
  return `${text}`;
}

/** A list, or an object that is no more than its members: those of a Map, a Blob or a RegExp cannot be seen. */
export function plain<Value>(value: Value): Value {
  if (!/ (Array|Object)]$/.test(Object.prototype.toString.call(value))) throw new TypeError();
  return value;
}

/** A property that is the object's own. */
export function own(object: any, name: string): any {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}
