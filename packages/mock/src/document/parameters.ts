import type { ErrorObject } from "ajv";
import { readJson } from "./json.ts";
import { isJson } from "./media-type.ts";
import type { Encoding, Operation, Parameter, Style } from "./operations.ts";
import type { Schemas, Validator } from "./schemas.ts";
import { createShape, readings, type Shape, typed, type Untyped } from "./shapes.ts";
import type { Violation } from "./wording.ts";

/** The parts of a request that have parameters. */
export interface Sent {
  /** What stands in the path for each parameter, percent-encoded. */
  readonly path: ReadonlyMap<string, string>;
  /** Percent-encoded, without the question mark. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is wrong with a parameter. */
export interface WrongParameter {
  readonly parameter: Parameter;
  /** The keys lead on from the value of the parameter. */
  readonly violations: readonly Violation[];
  /** The errors of Ajv that they word, if it is Ajv that found them. */
  errors(): readonly ErrorObject[];
}

/** Names and values, the values percent-encoded. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** How something with a name is written. */
interface Writing {
  readonly name: string;
  readonly style: Style;
  readonly explode: boolean;
}

/** What is written does not have the style that it should have. */
const MALFORMED = "malformed";

const SEPARATORS: Partial<Record<Style, string>> = { spaceDelimited: " ", pipeDelimited: "|" };
const MAX_DEPTH = 100;

/**
 * Makes the check of an operation's parameters. Each is read as its style, `explode` and the types of its schema say
 * (https://spec.openapis.org/oas/v3.2.0.html#style-values); where that leaves a choice, the first reading that fits the
 * schema counts.
 *
 * @example
 * checkParameters(operation, schemas)({ path: new Map(), query: "limit=many", headers: {} })[0]?.violations;
 * // [{ keys: [], message: "Expected integer, received string", … }]
 */
export function checkParameters(operation: Operation, schemas: Schemas): (sent: Sent) => WrongParameter[] {
  const { parameters, source } = operation;
  const checks = parameters.map((parameter) => {
    const places = parameter.schema ? [parameter.schema] : [];
    const validate = parameter.schema && schemas.validator(parameter.schema, "request");
    return { parameter, validate, shape: createShape(source, schemas, places, parameter.in === "querystring") };
  });
  const claimed = new Set(parameters.flatMap(({ in: location, name }) => (location === "query" ? [name] : [])));
  return (sent) => {
    const pairs = pairsOf(sent.query, "&", decodeForm);
    const wrong: WrongParameter[] = [];
    for (const { parameter, validate, shape } of checks) {
      const found = read(parameter, shape, sent, pairs, claimed);
      if (found === undefined) {
        if (parameter.required) wrong.push(broken(parameter, "required", "Required"));
      } else if (found === MALFORMED) {
        wrong.push(
          broken(
            parameter,
            "style",
            `Invalid input: must be ${parameter.mediaType ?? `written in the style ${parameter.style}`}`,
          ),
        );
      } else if (validate) {
        const refused = refusal(parameter, validate, found);
        if (refused) wrong.push(refused);
      }
    }
    return wrong;
  };
}

function broken(parameter: Parameter, keyword: string, message: string): WrongParameter {
  return { parameter, violations: [{ keys: [], message, keyword }], errors: () => [] };
}

/** What is wrong with all readings of a parameter, said of the first. */
function refusal(parameter: Parameter, validate: Validator, values: Iterable<unknown>): WrongParameter | undefined {
  let first: WrongParameter | undefined;
  for (const value of values) {
    const violations = validate(value);
    if (violations.length === 0) return undefined;
    first ??= { parameter, violations, errors: () => validate.errors(value) };
  }
  return first;
}

/** All that a parameter can mean; `undefined` when it is not there. Nothing where any value will do. */
function read(
  parameter: Parameter,
  shape: Shape,
  sent: Sent,
  query: Pairs,
  claimed: ReadonlySet<string>,
): unknown[] | typeof MALFORMED | undefined {
  const { name, in: location, mediaType } = parameter;
  if (location === "querystring") return readQuerystring(parameter, shape, sent.query);
  if (mediaType !== undefined) {
    const text = textOf(parameter, sent, query);
    return text === undefined ? undefined : readContent(mediaType, text, shape);
  }
  let found: Untyped[] | typeof MALFORMED | undefined;
  if (location === "path") {
    found = fromPath(parameter, shape, sent.path.get(name));
  } else if (location === "header") {
    const text = sent.headers[name.toLowerCase()];
    found = text === undefined ? undefined : fromText(text, ",", parameter.explode, shape, (piece) => piece.trim());
  } else if (location === "cookie") {
    // The separator of RFC 6570 cannot be told from a part of a value, unless there are parts.
    const separator = parameter.style === "form" && hasParts(shape) ? /;\s*|&/ : /;\s*/;
    const decodeValue = parameter.style === "cookie" ? (text: string) => text : decode;
    found = fromPairs(parameter, shape, pairsOf(sent.headers["cookie"] ?? "", separator, decode), decodeValue);
  } else {
    const decodeValue = parameter.allowReserved ? decode : decodeForm;
    found = fromPairs(parameter, shape, query, decodeValue, claimed);
    if (parameter.allowEmptyValue && found?.every((value) => value === "" || isEmptyList(value))) return [];
  }
  return found === MALFORMED ? MALFORMED : found?.flatMap((value) => readings(value, shape));
}

function isEmptyList(value: Untyped): boolean {
  return Array.isArray(value) && value.every((item) => item === "");
}

/** The text of a parameter with a media type. */
function textOf({ name, in: location }: Parameter, sent: Sent, query: Pairs): string | undefined {
  if (location === "header") return sent.headers[name.toLowerCase()];
  if (location === "path") return decode(sent.path.get(name) ?? "");
  const pairs = location === "query" ? query : pairsOf(sent.headers["cookie"] ?? "", /;\s*/, decode);
  const value = pairs.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : location === "query" ? decodeForm(value) : decode(value);
}

function readContent(mediaType: string, text: string, shape: Shape): unknown[] | typeof MALFORMED {
  if (!isJson(mediaType)) return readings(text, shape);
  try {
    return [readJson(text)];
  } catch {
    return MALFORMED;
  }
}

function readQuerystring({ mediaType = "" }: Parameter, shape: Shape, query: string) {
  if (query === "") return undefined;
  if (!isForm(mediaType)) return readContent(mediaType, decodeForm(query), shape);
  return readings(readForm(pairsOf(query, "&", decodeForm), shape, new Map(), decodeForm), shape);
}

/** Whether a media type is that of the forms of web pages (https://url.spec.whatwg.org/#application/x-www-form-urlencoded). */
export function isForm(mediaType: string): boolean {
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mediaType);
}

/** The fields of a form, each written as its encoding says, or else once for each item of a list. */
export function readForm(
  pairs: Pairs,
  shape: Shape,
  encodings: ReadonlyMap<string, Encoding>,
  decodeValue: (text: string) => string,
): ReadonlyMap<string, Untyped> {
  const names = new Set([...shape.names, ...pairs.map(([name]) => name)]);
  const nested = [...encodings].filter(([, { style }]) => style === "deepObject").map(([name]) => `${name}[`);
  const fields = new Map<string, Untyped>();
  for (const name of names) {
    if (nested.some((start) => name.startsWith(start))) continue;
    const { style, explode = style === undefined || style === "form" } = encodings.get(name) ?? {};
    const part = shape.field(name);
    const values = pairs.flatMap(([key, value]) => (key === name ? [decodeValue(value)] : []));
    const found =
      style === undefined
        ? values.length === 0
          ? undefined
          : [values.length === 1 ? values[0]! : values]
        : fromPairs({ name, style, explode }, part, pairs, decodeValue);
    const fitting = found && found.length > 1 ? found.find((one) => part.fits(typed(one, part))) : undefined;
    const chosen = fitting ?? found?.[0];
    if (chosen !== undefined) fields.set(name, chosen);
  }
  return fields;
}

function fromPath({ name, style, explode }: Writing, shape: Shape, text: string | undefined) {
  // An empty segment is no value (section "Path Templating").
  if (text === undefined || text === "") return undefined;
  if (style === "label") {
    if (!text.startsWith(".")) return MALFORMED;
    const rest = text.slice(1);
    // Earlier versions of OpenAPI have a dot between the items in either case.
    const separator = explode || !rest.includes(",") ? "." : ",";
    return fromText(rest, separator, explode, shape, decode);
  }
  if (style === "matrix") {
    if (!text.startsWith(";")) return MALFORMED;
    return fromPairs({ name, style, explode }, shape, pairsOf(text.slice(1), ";", decode), decode);
  }
  return fromText(text, ",", explode, shape, decode);
}

/** What a name has among pairs, in the styles that write the name. */
function fromPairs(
  { name, style, explode }: Writing,
  shape: Shape,
  pairs: Pairs,
  decodeValue: (text: string) => string,
  claimed: ReadonlySet<string> = new Set(),
): Untyped[] | undefined {
  if (style === "deepObject") return fromBrackets(name, pairs, decodeValue);
  const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
  if (!explode) {
    const [value] = values;
    if (value === undefined) return undefined;
    if (values.length === 1) return fromText(value, SEPARATORS[style] ?? ",", false, shape, decodeValue);
  }
  const found: Untyped[] = [];
  if (shape.types.has("object")) {
    const fields = pairs.filter(([key]) => shape.names.has(key) || (shape.isOpen && !claimed.has(key)));
    if (fields.length > 0) found.push(grouped(fields, decodeValue));
  }
  const texts = values.map(decodeValue);
  if (texts.length > 1) found.push(texts);
  if (texts.length === 1) {
    if (shape.types.has("array")) found.push(...listsOf(texts));
    if (hasText(shape)) found.push(texts[0]!);
  }
  return found.length > 0 ? found : undefined;
}

function grouped(pairs: Pairs, decodeValue: (text: string) => string): Map<string, Untyped> {
  const fields = new Map<string, Untyped>();
  for (const [name, value] of pairs) {
    const earlier = fields.get(name);
    const text = decodeValue(value);
    fields.set(name, earlier === undefined ? text : ([earlier, text].flat() as Untyped));
  }
  return fields;
}

/** An empty text is a list of nothing, or of one empty text. */
function listsOf(items: readonly string[]): Untyped[] {
  return items.length === 1 && items[0] === "" ? [[], items] : [items];
}

/** What a text says whose parts are separated. A separator may be percent-encoded, as browsers and many clients do. */
function fromText(
  text: string,
  separator: string,
  explode: boolean,
  shape: Shape,
  decodePiece: (text: string) => string,
): Untyped[] {
  const found: Untyped[] = [];
  if (hasParts(shape)) {
    const loose = decodePiece(text)
      .split(separator)
      .map((piece) => piece.trim());
    // A space or a bar cannot stand in a URL as it is, so that these are always encoded.
    const strict = /[ |]/.test(separator) ? loose : text.split(separator).map(decodePiece);
    for (const pieces of strict.length === loose.length ? [strict] : [strict, loose]) {
      const fields = shape.types.has("object") && fieldsOf(pieces, separator, explode);
      if (fields) found.push(fields);
      if (shape.types.has("array")) found.push(...listsOf(pieces));
    }
  }
  if (hasText(shape) || found.length === 0) found.push(decodePiece(text));
  return found;
}

/** `R=100`, `G=200` with `explode`, or else `R`, `100`, `G`, `200`. */
function fieldsOf(pieces: readonly string[], separator: string, explode: boolean): Map<string, Untyped> | undefined {
  if (explode) {
    // A dot in a value is written as it is (RFC 6570, section 3.2.5), so that only one before a name separates.
    const named = separator === "." ? pieces.join(".").split(/\.(?=[^.=]+=)/) : pieces;
    if (!named.every((piece) => piece.includes("="))) return undefined;
    return new Map(named.map((piece) => [piece.split("=", 1)[0]!, piece.slice(piece.indexOf("=") + 1)]));
  }
  if (pieces.length % 2 !== 0) return undefined;
  return new Map(pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1]!]] : [])));
}

type Tree = Map<string, Tree | string[]>;

/** `color[R]=100`, as deep as there are brackets. A list has its name, or empty brackets, more than once. */
function fromBrackets(name: string, pairs: Pairs, decodeValue: (text: string) => string): Untyped[] | undefined {
  const root: Tree = new Map();
  for (const [key, value] of pairs) {
    if (!key.startsWith(`${name}[`)) continue;
    const brackets = key.slice(name.length);
    const keys = Array.from(brackets.matchAll(/\[([^[\]]*)\]/g), ([, inner]) => inner!);
    if (keys.join("][").length + 2 !== brackets.length || keys.length > MAX_DEPTH) continue;
    let tree = root;
    for (const inner of keys.slice(0, -1)) {
      const next = tree.get(inner);
      const branch: Tree = next instanceof Map ? next : new Map();
      tree.set(inner, branch);
      tree = branch;
    }
    const last = keys.at(-1)!;
    const earlier = tree.get(last);
    tree.set(last, [...(Array.isArray(earlier) ? earlier : []), decodeValue(value)]);
  }
  return root.size > 0 ? [untyped(root)] : undefined;
}

function untyped(tree: Tree | string[]): Untyped {
  if (Array.isArray(tree)) return tree.length === 1 ? tree[0]! : tree;
  return new Map([...tree].map(([key, value]) => [key, untyped(value)]));
}

function pairsOf(text: string, separator: string | RegExp, decodeName: (text: string) => string): Pairs {
  if (text === "") return [];
  return text
    .split(separator)
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = ""] = pair.split("=", 1);
      return [decodeName(name).trim(), pair.slice(name.length + 1)];
    });
}

/** The fields of a form as text: names decoded, values as sent. */
export function formPairs(text: string): Pairs {
  return pairsOf(text, "&", decodeForm);
}

/** Whether a schema allows what has parts. */
function hasParts({ types }: Shape): boolean {
  return types.has("array") || types.has("object");
}

/** Whether a schema allows what has none. */
function hasText({ types }: Shape): boolean {
  return types.size === 0 || [...types].some((type) => type !== "array" && type !== "object");
}

/** A plus sign stands for a space, as in the forms of web pages. */
export function decodeForm(text: string): string {
  return decode(text.replaceAll("+", " "));
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
