import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { kindOf } from "./media-type.ts";
import {
  defined,
  evidenceOf,
  expectObject,
  follow,
  member,
  members,
  type Part,
  pointerOf,
  type Referable,
  text,
} from "./part.ts";
import type { Content, Encoding, Example, Header, ParameterLocation, Schema, Source, Style } from "./types.ts";

type RawHeader = OpenAPIV3_1.HeaderObject;
type RawContent = OpenAPIV3_1.MediaTypeObject & { itemSchema?: unknown };

/** What reads headers and bodies. */
export type ContentReader = ReturnType<typeof createContentReader>;

/** Makes a reader of headers and of bodies in their media types. */
export function createContentReader(readSchema: (part: Part) => Schema) {
  /** A header, or what a parameter has in common with one. */
  function readHeader(name: string, given: Part<Referable<RawHeader>>, place: ParameterLocation = "header"): Header {
    const part = follow(given);
    const { value } = part;
    const schema = member(part, "schema");
    const [content] = readContents(member(part, "content"));
    const style = (text(value.style) ?? (place === "query" || place === "cookie" ? "form" : "simple")) as Style;
    return defined({
      name,
      description: text(value.description),
      required: value.required === true,
      deprecated: value.deprecated === true,
      evidence: evidenceOf(part),
      style,
      explode: value.explode ?? isExploded(style),
      schema: schema && readSchema(schema),
      content,
      examples: readExamples(part),
      pointer: pointerOf(part),
    });
  }

  function readHeaders(map: Part<Record<string, Referable<RawHeader>>> | undefined): Header[] {
    return members(map).map(([name, part]) => readHeader(name, part));
  }

  function readContents(map: Part<Record<string, RawContent>> | undefined): Content[] {
    return members(map).map(([mediaType, given]) => {
      // OpenAPI 3.2 lets these be references too.
      const part = follow(given as Part<Referable<RawContent>>) as Part<RawContent>;
      const [schema, itemSchema] = [member(part, "schema"), member(part, "itemSchema")];
      const model = schema && readSchema(schema);
      return defined({
        mediaType,
        kind: kindOf(mediaType, model),
        schema: model,
        itemSchema: itemSchema && readSchema(itemSchema),
        examples: readExamples(part),
        encoding: Object.fromEntries(
          members(member(part, "encoding")).map(([name, encoding]) => [name, readEncoding(encoding)]),
        ),
        pointer: pointerOf(part),
        source: part.value as Source,
      });
    });
  }

  function readEncoding(part: Part<OpenAPIV3_1.EncodingObject>): Encoding {
    expectObject(part);
    const { contentType, style, explode, allowReserved } = part.value;
    const isStated = style !== undefined || explode !== undefined || allowReserved !== undefined;
    const stated = (isStated ? (style ?? "form") : undefined) as Style | undefined;
    return defined({
      contentType: text(contentType),
      style: stated,
      explode: explode ?? isExploded(stated ?? "form"),
      allowReserved: allowReserved === true,
      headers: readHeaders(member(part, "headers") as Part<Record<string, Referable<RawHeader>>> | undefined),
    });
  }

  return { readHeader, readHeaders, readContents };
}

function readExamples(
  part: Part<{ example?: unknown; examples?: Record<string, Referable<OpenAPIV3_1.ExampleObject>> }>,
): Example[] {
  const named = members(member(part, "examples")).map(([name, given]): Example => {
    const { summary, description, value, externalValue, ...more } = follow(given).value as OpenAPIV3_1.ExampleObject;
    // OpenAPI 3.2 tells the value from its text.
    const { dataValue, serializedValue } = more as { dataValue?: unknown; serializedValue?: unknown };
    return defined({
      name,
      summary: text(summary),
      description: text(description),
      value: [dataValue, value, serializedValue].find((one) => one !== undefined),
      externalValue: text(externalValue),
    });
  });
  const { example } = part.value;
  return named.length === 0 && example !== undefined ? [{ value: example }] : named;
}

function isExploded(style: Style): boolean {
  return style === "form" || style === "cookie";
}
