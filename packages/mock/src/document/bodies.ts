import { isJson } from "./media-type.ts";
import type { Body, Content, Operation } from "./operations.ts";
import { decodeForm, formPairs, isForm, type Pairs, readForm } from "./parameters.ts";
import type { Schemas, Validator } from "./schemas.ts";
import { createShape, readings, type Shape } from "./shapes.ts";

/** The body of a request, as far as its media type says how to read it. */
export interface SentBody {
  /** Without parameters, in lower case; `undefined` where the request has none. */
  readonly mediaType: string | undefined;
  /** The value of JSON, with all digits of integers; the text of anything else. */
  readonly value: unknown;
  /** The same, of numbers as JavaScript has them. */
  readonly plain: unknown;
  /** The parts of `multipart/form-data`: their names, and what they hold. */
  readonly parts: Pairs | undefined;
}

/** Reads and checks the bodies of one media type. */
export interface BodyCheck {
  readonly content: Content;
  /** `undefined` where nothing is described, or nothing can be checked. */
  readonly validate: Validator | undefined;
  /** What a body can mean; the first that fits counts. */
  read(body: SentBody): unknown[];
}

/**
 * Finds how a body is described: under its own media type, or else under a range that it is in.
 *
 * @returns `undefined` where none is described for its media type
 * @example
 * contentFor(body, "image/png")?.mediaType; // "image/*"
 */
export function contentFor({ contents }: Body, mediaType: string): Content | undefined {
  return [mediaType, `${mediaType.split("/")[0]}/*`, "*/*"]
    .map((range) => contents.find((content) => essenceOf(content.mediaType) === range))
    .find((content) => content !== undefined);
}

/** A media type without its parameters, in lower case. */
function essenceOf(mediaType: string): string {
  return mediaType.split(";", 1)[0]!.trim().toLowerCase();
}

/**
 * Makes the check of bodies of one media type. JSON, forms and text are checked.
 *
 * @param mediaType what the bodies are; `undefined` where requests do not say it
 */
export function checkBody(
  { source, route, warn }: Operation,
  content: Content,
  mediaType: string | undefined,
  schemas: Schemas,
): BodyCheck {
  const { schema, encodings } = content;
  if (!schema) return { content, validate: undefined, read: () => [] };
  const shape = createShape(source, schemas, [schema], true);
  if (mediaType !== undefined && !isReadable(mediaType, shape)) {
    warn(`bodies of ${content.mediaType} for ${route} are not checked: only JSON, forms and text can be`);
    return { content, validate: undefined, read: () => [] };
  }
  const read = ({ value, parts }: SentBody): unknown[] => {
    if (typeof mediaType === "string") {
      if (isJson(mediaType)) return [value];
      if (isForm(mediaType)) return readings(readForm(formPairs(String(value)), shape, encodings, decodeForm), shape);
      if (parts)
        return readings(
          readForm(parts, shape, encodings, (text) => text),
          shape,
        );
    }
    // Without a media type, nobody can tell more of it.
    return mediaType === undefined ? [value] : readings(String(value), shape);
  };
  return { content, validate: schemas.validator(schema, "request"), read };
}

/** Whether it is known how bodies of a media type are read: the text of others is checked where it is described as such. */
function isReadable(mediaType: string, { types }: Shape): boolean {
  if (isJson(mediaType) || isForm(mediaType) || mediaType === "multipart/form-data" || mediaType === "text/plain") {
    return true;
  }
  return types.size === 0 || types.has("string");
}
