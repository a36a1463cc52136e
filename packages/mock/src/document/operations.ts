import { isObject } from "./pointer.ts";
import { child, dereference, type Place, type Source } from "./source.ts";

/** Where in a request a parameter stands. `querystring`, the whole query, came with OpenAPI 3.2. */
export type Location = "path" | "query" | "querystring" | "header" | "cookie";

/** How a value is written (https://spec.openapis.org/oas/v3.2.0.html#style-values). */
export type Style =
  | "matrix"
  | "label"
  | "simple"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: Location;
  /** One in the path always is. */
  readonly required: boolean;
  /** What the document says, or what OpenAPI says where it says nothing. */
  readonly style: Style;
  readonly explode: boolean;
  /** Whether a query may name it without a value. */
  readonly allowEmptyValue: boolean;
  readonly allowReserved: boolean;
  readonly deprecated: boolean;
  /** The media type of a parameter with `content`, which has no style. */
  readonly mediaType: string | undefined;
  readonly schema: Place | undefined;
  /** Where it is described. */
  readonly place: Place;
}

/** What a body is, under one media type. */
export interface Content {
  /** As written; may be a range such as `image/*`. */
  readonly mediaType: string;
  readonly schema: Place | undefined;
  /** How the fields of a form are written, by their names. */
  readonly encodings: ReadonlyMap<string, Encoding>;
  readonly place: Place;
}

/** How a field of a form is written, as far as the document says so. */
export interface Encoding {
  readonly contentType: string | undefined;
  readonly style: Style | undefined;
  readonly explode: boolean | undefined;
}

/** The body of a request. */
export interface Body {
  readonly required: boolean;
  readonly contents: readonly Content[];
}

/** An answer of an operation. */
export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly contents: readonly Content[];
  /** Without `Content-Type`, which the media types say (section "Response Object"). */
  readonly headers: readonly { readonly name: string; readonly place: Place }[];
  readonly place: Place;
}

/** An address under which an operation is found. */
export interface Server {
  /** As written, with variables in braces. */
  readonly url: string;
  readonly variables: ReadonlyMap<string, Variable>;
}

/** A variable of a server's address. */
export interface Variable {
  readonly default: string;
  /** The values that it may have; empty where any will do. */
  readonly values: readonly string[];
}

/** A path item and what its `$ref` leads to: what is nearer wins. */
type PathItem = readonly Place[];

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);
const LOCATIONS = new Set<unknown>(["path", "query", "querystring", "header", "cookie"]);
const STYLES: Readonly<Record<Location, Style>> = {
  path: "simple",
  query: "form",
  querystring: "form",
  header: "simple",
  cookie: "form",
};
/** Other parts of the document say what these are (section "Parameter Object", `name`). */
const OTHERWISE_DESCRIBED = /^(?:accept|content-type|authorization)$/i;

/**
 * An operation of a document. Its parts are read when they are first asked for, so that operations that nobody calls
 * cost nothing.
 */
export class Operation {
  /** In upper case; one of `additionalOperations` as written. */
  readonly method: string;
  /** The template, as written. */
  readonly path: string;
  /** Its `operationId`, or its method and path where it has none. */
  readonly name: string;
  readonly id: string | undefined;
  readonly place: Place;
  readonly source: Source;
  /** Is called with each thing that it has and that cannot be used. */
  readonly warn: (warning: string) => void;
  readonly #item: PathItem;
  #parameters: readonly Parameter[] | undefined;
  #body: { readonly read: Body | undefined } | undefined;
  #responses: readonly Response[] | undefined;

  constructor(
    method: string,
    path: string,
    place: Place,
    item: PathItem,
    source: Source,
    warn: (warning: string) => void,
  ) {
    this.method = method;
    this.path = path;
    this.id = text(memberOf(place, "operationId")?.value);
    this.name = this.id ?? this.route;
    this.place = place;
    this.source = source;
    this.#item = item;
    this.warn = warn;
  }

  /** Its method and path: `GET /customers/{id}`. */
  get route(): string {
    return `${this.method} ${this.path}`;
  }

  /** Its own and those of its path; without the headers that other parts of the document describe. */
  get parameters(): readonly Parameter[] {
    return (this.#parameters ??= this.#readParameters());
  }

  get body(): Body | undefined {
    return (this.#body ??= { read: this.#readBody() }).read;
  }

  /** In the order of the document. */
  get responses(): readonly Response[] {
    return (this.#responses ??= this.#readResponses());
  }

  get deprecated(): boolean {
    return memberOf(this.place, "deprecated")?.value === true;
  }

  /** Its security requirements: its own, or those of the document; `undefined` where nobody says anything. */
  get security(): Place | undefined {
    return memberOf(this.place, "security") ?? memberOf(this.source.start, "security");
  }

  /** The list that says where it is served: its own, that of its path, or that of the document. */
  get servers(): Place | undefined {
    const lists = [memberOf(this.place, "servers"), this.#ofItem("servers"), memberOf(this.source.start, "servers")];
    return lists.find((list) => Array.isArray(list?.value) && list.value.length > 0);
  }

  #ofItem(key: string): Place | undefined {
    return this.#item.map((part) => memberOf(part, key)).find((found) => found !== undefined);
  }

  #readParameters(): Parameter[] {
    const merged = new Map<string, Parameter>();
    for (const list of [this.#ofItem("parameters"), memberOf(this.place, "parameters")]) {
      for (const given of itemsOf(list)) {
        const parameter = this.#readParameter(given);
        if (parameter) merged.set(`${parameter.in} ${parameter.name}`, parameter);
      }
    }
    return [...merged.values()].filter(
      ({ in: location, name }) => !(location === "header" && OTHERWISE_DESCRIBED.test(name)),
    );
  }

  #readParameter(given: Place): Parameter | undefined {
    const place = this.#follow(given);
    if (!place) return undefined;
    const {
      name,
      in: location,
      style,
      explode,
      required,
      deprecated,
      allowEmptyValue,
      allowReserved,
    } = place.value as Record<string, unknown>;
    if (typeof name !== "string" || !isLocation(location)) {
      this.warn(`a parameter of ${this.route} is not checked: it has no name, or is in nothing that has parameters`);
      return undefined;
    }
    const [content] = this.#readContents(place);
    const known = (text(style) as Style | undefined) ?? STYLES[location];
    return {
      name,
      in: location,
      required: location === "path" || required === true,
      style: known,
      explode:
        typeof explode === "boolean" ? explode : known === "form" || known === "cookie" || known === "deepObject",
      allowEmptyValue: location === "query" && allowEmptyValue === true,
      allowReserved: allowReserved === true,
      deprecated: deprecated === true,
      mediaType: content?.mediaType,
      schema: content ? content.schema : memberOf(place, "schema"),
      place,
    };
  }

  #readBody(): Body | undefined {
    const given = memberOf(this.place, "requestBody");
    const place = given && this.#follow(given);
    if (!place) return undefined;
    return { required: memberOf(place, "required")?.value === true, contents: this.#readContents(place) };
  }

  #readResponses(): Response[] {
    const found: Response[] = [];
    for (const [key, given] of membersOf(memberOf(this.place, "responses"))) {
      if (key.startsWith("x-")) continue;
      const place = this.#follow(given);
      if (!place) continue;
      found.push({
        status: /^\dXX$/i.test(key) ? key.toUpperCase() : key,
        contents: this.#readContents(place),
        headers: membersOf(memberOf(place, "headers"))
          .filter(([name]) => name.toLowerCase() !== "content-type")
          .flatMap(([name, header]) => {
            const described = this.#follow(header);
            return described ? [{ name, place: described }] : [];
          }),
        place,
      });
    }
    return found;
  }

  #readContents(place: Place): Content[] {
    return membersOf(memberOf(place, "content")).flatMap(([mediaType, given]) => {
      const content = this.#follow(given);
      if (!content) return [];
      const encodings = membersOf(memberOf(content, "encoding")).map(([name, { value }]): [string, Encoding] => {
        const { contentType, style, explode } = isObject(value) ? value : {};
        return [
          name,
          {
            contentType: text(contentType),
            style: text(style) as Style | undefined,
            explode: typeof explode === "boolean" ? explode : undefined,
          },
        ];
      });
      // The items of a stream have a schema of their own since OpenAPI 3.2, but the stream as a whole has none.
      return [{ mediaType, schema: memberOf(content, "schema"), encodings: new Map(encodings), place: content }];
    });
  }

  #follow(given: Place): Place | undefined {
    const place = dereference(this.source, given);
    if (!isObject(place?.value)) {
      const where =
        isObject(given.value) && given.value["$ref"] !== undefined ? String(given.value["$ref"]) : at(given);
      this.warn(`${where}, which ${this.route} needs, is not there`);
      return undefined;
    }
    return place;
  }
}

/**
 * Lists the operations of a document, in its order: paths, and in each the methods, `additionalOperations` last.
 *
 * @param warn is called with each thing that an operation has and that cannot be used, when that part is read
 * @example
 * listOperations(await readSource("openapi.yaml"), console.warn)[0]?.name; // "createCustomer"
 */
export function listOperations(source: Source, warn: (warning: string) => void): Operation[] {
  return membersOf(memberOf(source.start, "paths")).flatMap(([path, given]) =>
    path.startsWith("/") ? operationsOf(source, path, given, warn) : [],
  );
}

/**
 * The operations of a path item.
 *
 * @param path its template, or the expression under which a callback has it
 */
export function operationsOf(source: Source, path: string, given: Place, warn: (warning: string) => void): Operation[] {
  const item = pathItem(source, given, (reference) => warn(`${reference}, which ${path} needs, is not there`));
  const found = new Map<string, Place>();
  for (const part of item.toReversed()) {
    for (const [key, place] of membersOf(part)) {
      if (METHODS.has(key) || (key === "query" && source.minor >= 2)) found.set(key.toUpperCase(), place);
    }
  }
  if (source.minor >= 2) {
    for (const part of item.toReversed()) {
      for (const [method, place] of membersOf(memberOf(part, "additionalOperations"))) found.set(method, place);
    }
  }
  return [...found]
    .filter(([, { value }]) => isObject(value))
    .map(([method, place]) => new Operation(method, path, place, item, source, warn));
}

function pathItem(source: Source, given: Place, onMissing: (reference: string) => void): PathItem {
  const item: Place[] = [];
  let part: Place | undefined = given;
  while (part && isObject(part.value) && !item.some(({ value }) => value === part!.value)) {
    item.push(part);
    const reference: string | undefined = text(part.value["$ref"]);
    if (reference === undefined) break;
    part = source.resolve(reference, part);
    if (!part) onMissing(reference);
  }
  return item;
}

/** The examples of a media type: their names, `default` for the one without, and their values. */
export function examplesOf(source: Source, content: Place): [name: string, value: unknown][] {
  const single = memberOf(content, "example");
  const named = membersOf(memberOf(content, "examples")).flatMap(([name, given]): [string, unknown][] => {
    const example = dereference(source, given)?.value;
    if (!isObject(example)) return [];
    if ("value" in example) return [[name, example["value"]]];
    return "dataValue" in example ? [[name, example["dataValue"]]] : [];
  });
  return [...(single ? [["default", single.value] as [string, unknown]] : []), ...named];
}

/** Reads a list of servers. */
export function serversOf(list: Place | undefined): Server[] {
  return itemsOf(list).flatMap((place) => {
    const url = text(memberOf(place, "url")?.value);
    if (url === undefined) return [];
    const variables = membersOf(memberOf(place, "variables")).map(([name, { value }]): [string, Variable] => {
      const { default: usual, enum: values } = isObject(value) ? value : {};
      return [name, { default: String(usual ?? ""), values: Array.isArray(values) ? values.map(String) : [] }];
    });
    return [{ url, variables: new Map(variables) }];
  });
}

/** The member of an object, if it has one of that name. */
export function memberOf(place: Place, key: string): Place | undefined {
  return isObject(place.value) && Object.hasOwn(place.value, key) ? child(place, key) : undefined;
}

/** The members of an object, in its order. */
export function membersOf(place: Place | undefined): [key: string, member: Place][] {
  if (!place || !isObject(place.value) || Array.isArray(place.value)) return [];
  return Object.keys(place.value).map((key) => [key, child(place, key)]);
}

/** The items of a list. */
export function itemsOf(place: Place | undefined): Place[] {
  if (!place || !Array.isArray(place.value)) return [];
  return place.value.map((_, index) => child(place, index));
}

function at({ keys }: Place): string {
  return `#/${keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}

function isLocation(value: unknown): value is Location {
  return LOCATIONS.has(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
