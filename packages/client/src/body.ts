import type { ParameterStyle, ReadBody, WriteBody } from "./operation.ts";
import { formPairs, own, plain, textOf } from "./parameters.ts";

/** Writes a body as `application/json`. */
export const json: WriteBody = (body) => ({ body: textOf(JSON.stringify(body)), mediaType: "application/json" });

/**
 * Writes a body as JSON under a name of its own.
 *
 * @example
 * jsonAs("application/merge-patch+json")
 */
export const jsonAs =
  (mediaType: string): WriteBody =>
  (body) => ({ body: textOf(JSON.stringify(body)), mediaType });

/**
 * Writes a plain object as `application/x-www-form-urlencoded`; a `URLSearchParams` is sent as it is.
 *
 * @param styles of the fields that have one. Of the others a list is repeated, and objects are JSON
 */
export const form =
  (styles: Readonly<Record<string, ParameterStyle>> = {}): WriteBody =>
  (body) => {
    if (body instanceof URLSearchParams) return { body };
    return { body: formPairs(body, styles).join("&"), mediaType: "application/x-www-form-urlencoded" };
  };

/**
 * Writes a plain object as `multipart/form-data`; a `FormData` is sent as it is. The items of a list are parts of one
 * name, objects are JSON, and a Blob keeps its type and, if it is a File, its name.
 *
 * @param mediaTypes of the fields that have one of their own; no media ranges
 */
export const multipart =
  (mediaTypes: Readonly<Record<string, string>> = {}): WriteBody =>
  (body) => {
    if (body instanceof FormData) return { body };
    const parts = new FormData();
    for (const [name, field] of Object.entries<any>(plain(body))) {
      for (const item of [field].flat()) if (item != null) parts.append(name, partOf(item, own(mediaTypes, name)));
    }
    return { body: parts };
  };

/** A part of a multipart body; one with a media type of its own has to be a File, and its name is `blob` if it has none. */
function partOf(item: unknown, mediaType: string | undefined): string | Blob {
  const isObject = isPlainObject(item);
  const type = mediaType ?? (isObject ? "application/json" : undefined);
  if (item instanceof Blob) {
    return item.type || !type ? item : new File([item], "name" in item ? `${item.name}` : "blob", { type });
  }
  if (isBytes(item)) return new Blob([item], type ? { type } : {});
  const isJson = isObject || /[/+]json\b/.test(type ?? "");
  const text = textOf(isJson ? JSON.stringify(isObject ? plain(item) : item) : item);
  return type ? new Blob([text], { type }) : text;
}

/** Writes a text; a Blob is sent as it is. */
export const text =
  (mediaType: string): WriteBody =>
  (body) => ({ body: body instanceof Blob ? body : textOf(body), mediaType });

/**
 * Writes bytes: a `Blob`, an `ArrayBuffer` or a view of one.
 *
 * @param mediaType nothing where the document has a media range: then the Blob's own type is sent
 */
export const binary =
  (mediaType?: string): WriteBody =>
  (body) => {
    if (!(body instanceof Blob) && !isBytes(body)) throw new TypeError();
    return { body, mediaType: mediaType ?? ("type" in body && body.type ? body.type : undefined) };
  };

/** Reads an answer as text. */
export const readText: ReadBody = (response) => response.text();

/** Reads an answer as a Blob, whose type is the `Content-Type` that came. */
export const readBlob: ReadBody = (response) => response.blob();

/** Reads an answer that is described without content: whatever comes is ignored. */
export const readNothing: ReadBody = async (response) => void (await response.text());

/** Leaves the answer unread, for its reader to stream. */
export const readStream: ReadBody = async (response) => response;

/** Reads an answer that is described in several kinds, by the `Content-Type` that came. */
export const readByMediaType: ReadBody = (response) => {
  const mediaType = response.headers.get("content-type") ?? "";
  if (/event-stream|jsonl|ndjson|json-seq/.test(mediaType)) return readStream(response);
  if (/[/+]json\b/.test(mediaType)) return undefined;
  const isText = !mediaType || /^text|[/+]xml\b/.test(mediaType);
  return isText ? response.text().then((found) => found || undefined) : response.blob();
};

function isPlainObject(value: any): boolean {
  return typeof value === "object" && value !== null && !value.toJSON && !(value instanceof Blob) && !isBytes(value);
}

function isBytes(value: unknown): value is ArrayBuffer | Uint8Array<ArrayBuffer> {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}
