import type { ParameterStyle, ReadBody, WriteBody } from "./operation.ts";

/** Writes a body as `application/json`. */
export const json: WriteBody = (body) => ({ body: JSON.stringify(body), mediaType: "application/json" });

/**
 * Writes a body as JSON under a name of its own.
 *
 * @example
 * jsonAs("application/merge-patch+json")
 */
export const jsonAs =
  (mediaType: string): WriteBody =>
  (body) => ({ body: JSON.stringify(body), mediaType });

/**
 * Writes a plain object as `application/x-www-form-urlencoded`; a `URLSearchParams` is sent as it is.
 *
 * @param styles how the fields are written that differ from OpenAPI's default: a list is repeated, an object is JSON
 */
export const form =
  (styles: Readonly<Record<string, ParameterStyle>> = {}): WriteBody =>
  (body) => {
    if (body instanceof URLSearchParams) return { body };
    const pairs = new URLSearchParams();
    void styles;
    for (const [name, value] of Object.entries(body)) pairs.append(name, String(value));
    return { body: pairs };
  };

/**
 * Writes a plain object as `multipart/form-data`; a `FormData` is sent as it is. Lists are repeated, objects are JSON,
 * and a Blob keeps its type and its name.
 *
 * @param mediaTypes of the fields whose media type is not OpenAPI's default; no media ranges
 */
export const multipart =
  (mediaTypes: Readonly<Record<string, string>> = {}): WriteBody =>
  (body) => {
    if (body instanceof FormData) return { body };
    const data = new FormData();
    for (const [name, field] of Object.entries(body)) {
      for (const value of [field].flat()) {
        if (value == null) continue;
        const mediaType = mediaTypes[name];
        if (value instanceof Blob && (value.type || !mediaType)) data.append(name, value);
        else if (mediaType) data.append(name, new Blob([value as BlobPart], { type: mediaType }));
        else data.append(name, String(value));
      }
    }
    return { body: data };
  };

/** Writes a text. */
export const text =
  (mediaType: string): WriteBody =>
  (body) => ({ body: `${body}`, mediaType });

/**
 * Writes bytes: a `Blob`, an `ArrayBuffer` or a view of one.
 *
 * @param mediaType nothing where the document has a media range: then the Blob's own type is sent
 */
export const binary =
  (mediaType?: string): WriteBody =>
  (body) => ({ body, mediaType: mediaType ?? (body.type || undefined) });

/** Reads an answer as text. */
export const readText: ReadBody = (response) => response.text();

/** Reads an answer as a Blob, whose type is the `Content-Type` that came. */
export const readBlob: ReadBody = (response) => response.blob();

/** Reads an answer that is described without content: whatever comes is ignored. */
export const readNothing: ReadBody = async (response) => void (await response.text());

/** Leaves the answer unread, for its reader to stream. */
export const readStream: ReadBody = async (response) => response;

/** Reads an answer that is described in several kinds, by the `Content-Type` that came. */
export const readByMediaType: ReadBody = async (response) => {
  const mediaType = response.headers.get("content-type") ?? "";
  if (/event-stream|jsonl|ndjson|json-seq/.test(mediaType)) return response;
  if (/[/+]json/.test(mediaType)) return response.json();
  return /^text|[/+]xml/.test(mediaType) ? response.text() : response.blob();
};
