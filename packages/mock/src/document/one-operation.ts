import { readJson } from "./json.ts";
import { isJson } from "./media-type.ts";
import { type Content, itemsOf, memberOf, membersOf, type Operation } from "./operations.ts";
import { isObject } from "./pointer.ts";
import { type HttpOperation, prism } from "./prism.ts";
import { dereference, type Place, type Source } from "./source.ts";

/** A schema with more parts than these is written once, and referred to from then on. */
const MAX_REPEATED = 500;

const SCHEMAS_BY_NAME = new Set(["dependentSchemas", "patternProperties", "properties"]);
const SCHEMAS = new Set([
  "additionalItems",
  "additionalProperties",
  "allOf",
  "anyOf",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "oneOf",
  "prefixItems",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
/** What only says where references lead. */
const ADDRESSES = new Set(["$anchor", "$defs", "$dynamicAnchor", "$id", "$schema", "definitions"]);

/** What of an operation its answers go by. */
export type Answered = Pick<Operation, "deprecated" | "id" | "method" | "path" | "responses" | "security" | "source">;

/**
 * Has Prism read the answers and the credentials of one operation, from a fresh document that holds nothing else: Prism
 * keeps what it has made of an object, and would go through all of a larger document.
 *
 * What references lead to stands in their place. Where a schema leads back to itself, or is large, a reference to
 * `#/__bundled__/…` remains, which Prism looks up in the operation.
 *
 * @returns answers, media types and headers in the order of the document
 * @example
 * readOperation(operation).responses[0]?.code; // "200"
 */
export function readOperation(operation: Answered): HttpOperation {
  const { source, path, id, deprecated, security } = operation;
  const { copy, bundled } = schemaCopies(source);
  const responses = operation.responses.map(({ status, contents, headers }) => [
    status,
    {
      // Without any of its members, Prism would not take it for an answer.
      description: "",
      headers: Object.fromEntries(headers.map(({ name, place }) => [name, writeHeader(source, place, copy)])),
      content: Object.fromEntries(contents.map((content) => [content.mediaType, writeContent(source, content, copy)])),
    },
  ]);
  const method = operation.method.toLowerCase();
  const written = {
    operationId: id,
    deprecated,
    security: itemsOf(security).map(({ value }) => value),
    // One without answers says nothing of them (OpenAPI 3.1, section "Operation Object"), so that any will do.
    responses: responses.length > 0 ? Object.fromEntries(responses) : { default: { description: "" } },
  };
  const dialect = source.root["jsonSchemaDialect"];
  const document = {
    openapi: "3.1.0",
    ...(typeof dialect === "string" && { jsonSchemaDialect: dialect }),
    paths: { [path]: { [method]: written } },
    components: { securitySchemes: securitySchemes(source) },
    __bundled__: bundled,
  };
  return { ...prism.readOperation(document, path, method), __bundled__: bundled };
}

function securitySchemes(source: Source): Record<string, unknown> {
  const components = memberOf(source.start, "components");
  const schemes = membersOf(components && memberOf(components, "securitySchemes"));
  return Object.fromEntries(schemes.map(([name, place]) => [name, dereference(source, place)?.value]));
}

function writeHeader(source: Source, place: Place, copy: (schema: Place) => unknown): Record<string, unknown> {
  const [[mediaType, content] = []] = membersOf(memberOf(place, "content"));
  const described = content ? dereference(source, content) : place;
  return described ? writeContent(source, { mediaType: mediaType ?? "", place: described }, copy) : {};
}

function writeContent(
  source: Source,
  { mediaType, place }: Pick<Content, "mediaType" | "place">,
  copy: (schema: Place) => unknown,
): Record<string, unknown> {
  const example = memberOf(place, "example");
  const schema = memberOf(place, "schema");
  const examples = membersOf(memberOf(place, "examples")).flatMap(([name, given]) => {
    const found = dereference(source, given)?.value;
    return isObject(found) ? [[name, writeExample(mediaType, found)]] : [];
  });
  return {
    ...(schema && { schema: copy(schema) }),
    ...(example && { example: example.value }),
    examples: Object.fromEntries(examples),
  };
}

/** In the form that Prism knows: `dataValue` and `serializedValue` came with OpenAPI 3.2. */
function writeExample(mediaType: string, example: Record<string, unknown>): Record<string, unknown> {
  if ("dataValue" in example) return { value: example["dataValue"] };
  const { serializedValue } = example;
  if (typeof serializedValue !== "string") return example;
  return { value: isJson(mediaType) ? parse(serializedValue) : serializedValue };
}

/** What is no JSON stays the text that it is. */
function parse(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

interface Copy {
  written: unknown;
  /** How many schemas it consists of. */
  size: number;
  /** The one under which it is bundled, once it is referred to. */
  name?: string;
}

/** Copies schemas with all that they reach; each once. */
function schemaCopies({ minor, resolve }: Source) {
  const copies = new Map<unknown, Copy>();
  const bundled: Record<string, unknown> = {};

  function copyOf(place: Place): Copy {
    const { value } = place;
    if (!isObject(value)) return { written: value, size: 1 };
    const known = copies.get(value);
    if (known) return known.size > MAX_REPEATED ? refer(known) : known;
    // As large as can be until it is known, so that one which leads back to itself is referred to.
    const copy: Copy = { written: {}, size: Infinity };
    copies.set(value, copy);
    const { written, size } = write(place, value);
    Object.assign(copy.written as object, written);
    copy.size = size;
    return copy;
  }

  function refer(copy: Copy): Copy {
    if (copy.name === undefined) {
      copy.name = String(Object.keys(bundled).length);
      bundled[copy.name] = copy.written;
    }
    return { written: { $ref: `#/__bundled__/${copy.name}` }, size: 1 };
  }

  function write(place: Place, schema: Record<string, unknown>): { written: object; size: number } {
    let size = 1;
    const inner = (child: Place): unknown => {
      const copy = copyOf(child);
      size += copy.size;
      return copy.written;
    };
    const written: Record<string, unknown> = {};
    const reference = schema["$ref"] ?? schema["$dynamicRef"];
    if (typeof reference === "string") {
      const target = resolve(reference, place);
      if (target) Object.assign(written, inner(target));
      if (minor === 0) return { written, size };
    }
    for (const [keyword, child] of membersOf(place)) {
      if (keyword === "$ref" || keyword === "$dynamicRef" || ADDRESSES.has(keyword)) continue;
      if (SCHEMAS.has(keyword)) {
        written[keyword] = Array.isArray(child.value) ? itemsOf(child).map(inner) : inner(child);
      } else if (SCHEMAS_BY_NAME.has(keyword)) {
        written[keyword] = Object.fromEntries(membersOf(child).map(([name, property]) => [name, inner(property)]));
      } else written[keyword] = child.value;
    }
    return { written, size };
  }

  return { copy: (schema: Place) => copyOf(schema).written, bundled };
}
