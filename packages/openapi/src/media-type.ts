import type { ContentKind, Schema } from "./types.ts";

/** Text that its type does not call text. */
const textual = /^application\/(?:xml|yaml|x-yaml|toml|javascript|ecmascript|graphql|sql|jwt|jsonl|x-ndjson|json-seq)$/;

/**
 * Says what is done with a body of a media type. Case and parameters mean nothing for it (RFC 9110, section 8.3.1).
 *
 * @param mediaType as a document has it, such as `application/problem+json; charset=utf-8` or any type
 * @param schema what the body may be. Only a media type that may be anything needs it: then all but text is taken for
 * JSON, because tools that write documents from code put that type where they know none
 * @example
 * kindOf("Application/JSON"); // "json"
 */
export function kindOf(mediaType: string, schema?: Schema): ContentKind {
  const type = essenceOf(mediaType);
  if (isJson(type)) return "json";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type.startsWith("multipart/")) return "multipart";
  if (type.startsWith("text/") || textual.test(type) || /\+(?:xml|yaml)$/.test(type)) return "text";
  const isOpen = type === "*/*" || type === "application/*";
  return isOpen && schema && !schema.types.includes("string") ? "json" : "binary";
}

/** A media type without parameters, in lower case. */
function essenceOf(mediaType: string): string {
  return mediaType.split(";", 1)[0]!.trim().toLowerCase();
}

function isJson(type: string): boolean {
  return type === "application/json" || type === "text/json" || type.endsWith("+json");
}
