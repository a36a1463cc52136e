/**
 * The model of an API that every generator of this repository reads. Whatever OpenAPI lets an author write in several
 * ways, or in another place, is here in one way and in its place; names are the specification's own.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html
 */

/** An API: what can be asked of it, where, and with which credentials. */
export interface Api {
  /** Version of OpenAPI that the document is written in, such as `3.1.0`. */
  openapi: string;
  title: string;
  /** Version of the API, which says nothing of the document's form. */
  version: string;
  summary?: string;
  /** Markdown. */
  description?: string;
  /** Where the API is. Never empty: a document without servers means `/`, the address that it came from. */
  servers: Server[];
  /** The groups of operations: those that the document declares, in its order, then those that are only used. */
  tags: Tag[];
  /** What a client can ask for, in the document's order. */
  operations: Operation[];
  /** What the API asks of whoever has registered for it. The name of a webhook stands in `path`. */
  webhooks: Operation[];
  /** The schemas that have names, by name. */
  schemas: Record<string, Schema>;
  securitySchemes: Record<string, SecurityScheme>;
  /** What operations need that say nothing else; none when nothing needs to be proved. */
  security: SecurityRequirement[];
  /** How an error is worded; none when no error answer has a schema with `x-error-body`. */
  errorBody?: ErrorBody;
}

/** A base address of the API. */
export interface Server {
  /** As written: `https://{region}.example.com/v1`. */
  template: string;
  /** With the default of each variable in its place, and without a slash at the end. It may be relative: `/v1`, or empty. */
  url: string;
  /** What the author calls it: `name` of OpenAPI 3.2, or `x-name`. */
  name?: string;
  description?: string;
  variables: Record<string, ServerVariable>;
}

/** A part of a server's address that a client may choose. */
export interface ServerVariable {
  default: string;
  /** The values that it may have; any, when there are none. */
  enum: string[];
  description?: string;
}

/** A group of operations. */
export interface Tag {
  name: string;
  summary?: string;
  description?: string;
  /** Name of the group that this one belongs to (OpenAPI 3.2). */
  parent?: string;
}

/** One thing that can be asked: a method on a path, what has to be sent, and what may come back. */
export interface Operation {
  /** Its `operationId`, or a name made of method and path where it has none. No two operations have the same. */
  id: string;
  /** In upper case, as it is sent. One of `additionalOperations` is as written. */
  method: string;
  /** Template of the path: each `{name}` in it is a path parameter. In a callback, the expression that gives the address. */
  path: string;
  /** Names of the groups that it belongs to. */
  tags: string[];
  /** What it does, in a few words. */
  summary?: string;
  /** What it does, in Markdown. */
  description?: string;
  deprecated: boolean;
  /** `x-evidence`: whether the vendor documents it. */
  evidence?: string;
  /** Its own servers, else those of its path, else those of the document. Never empty. */
  servers: Server[];
  /** The path's and its own; where both have one of the same name and place, its own. */
  parameters: Parameter[];
  /** What may be sent as the body; none when it takes no body. */
  body?: RequestBody;
  /** What may come back, in the document's order. */
  responses: Response[];
  /** Ways to prove who asks, any one of which will do; none when nothing needs to be proved. */
  security: SecurityRequirement[];
  /** What the API asks of the client later on, because of this operation. */
  callbacks: Callback[];
  /** JSON pointer of the operation in the document. */
  pointer: string;
  /** The operation as written. */
  source: Source;
}

/** Where a parameter goes. `querystring` is the whole query as one value (OpenAPI 3.2). */
export type ParameterLocation = "path" | "query" | "querystring" | "header" | "cookie";

/** How a value becomes text (https://spec.openapis.org/oas/v3.2.0.html#style-values). */
export type Style =
  | "matrix"
  | "label"
  | "simple"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** A value that goes into the path, the query, a header or a cookie. */
export interface Parameter extends Header {
  in: ParameterLocation;
  /** Whether characters that are reserved in a URL are sent as they are. */
  allowReserved: boolean;
  /** Whether it may be sent without a value. */
  allowEmptyValue: boolean;
}

/** A header of an answer or of a part of a body. */
export interface Header {
  name: string;
  description?: string;
  required: boolean;
  deprecated: boolean;
  evidence?: string;
  /** The default of its place where the document states none: `form` in query and cookie, else `simple`. */
  style: Style;
  /** Whether each item of a list, or member of an object, stands alone. The default is true for `form` and `cookie`. */
  explode: boolean;
  /** What it may be, unless `content` says so. */
  schema?: Schema;
  /** How it is written, when that is a media type and no `style`: a parameter that holds JSON, for instance. */
  content?: Content;
  examples: Example[];
  pointer: string;
}

/** What may be sent with a request. */
export interface RequestBody {
  description?: string;
  required: boolean;
  evidence?: string;
  /** The media types that it may be sent in; a client chooses one. */
  contents: Content[];
  pointer: string;
}

/** What is done with a body of a media type: `json` is parsed, `form` and `multipart` have fields, `text` is text. */
export type ContentKind = "json" | "form" | "multipart" | "text" | "binary";

/** A body in one media type. */
export interface Content {
  /** As written, such as `application/json; charset=utf-8` or `image/*`. */
  mediaType: string;
  kind: ContentKind;
  /** What the body may be; anything, when there is none. */
  schema?: Schema;
  /** What each item of a stream may be (OpenAPI 3.2). */
  itemSchema?: Schema;
  examples: Example[];
  /** How the fields of a form are written, by name; those with a statement of their own. */
  encoding: Record<string, Encoding>;
  pointer: string;
  /** As written. */
  source: Source;
}

/** How one field of a form is written. */
export interface Encoding {
  /** The media types that its value may have. */
  contentType?: string;
  /** How it becomes text in a form; by `contentType`, when the document states neither style nor explode. */
  style?: Style;
  explode: boolean;
  allowReserved: boolean;
  headers: Header[];
}

/** A value that an author gives to show what is meant. */
export interface Example {
  /** Its key among `examples`; none for the value of `example`. */
  name?: string;
  summary?: string;
  description?: string;
  value?: unknown;
  /** Address of the value, where it is not in the document. */
  externalValue?: string;
}

/** What may come back. */
export interface Response {
  /** `200`; `4XX` for every status from 400 to 499 that has no answer of its own; `default` for all others. */
  status: string;
  summary?: string;
  description: string;
  evidence?: string;
  headers: Header[];
  /** The media types that its body may have; none when it has no body. */
  contents: Content[];
  /** What can be asked next, with what this answer has given. */
  links: Link[];
  pointer: string;
}

/** How an answer leads to another operation. */
export interface Link {
  name: string;
  description?: string;
  /** Where it leads; none when that is in another document. */
  operation?: Operation;
  /** The reference as written, when it leads into another document. */
  operationRef?: string;
  /** Values for parameters of that operation: a constant, or a runtime expression such as `$response.body#/id`. */
  parameters: LinkParameter[];
  /** The body for that operation: a constant or a runtime expression. */
  requestBody?: unknown;
  server?: Server;
  pointer: string;
}

/** A value that a link gives to a parameter. */
export interface LinkParameter {
  name: string;
  /** Where the parameter goes, when the author says so, as in `path.id`. */
  in?: ParameterLocation;
  value: unknown;
}

/** Requests that the API makes of the client. */
export interface Callback {
  name: string;
  /** The runtime expression that gives the address, such as `{$request.body#/url}`. */
  expression: string;
  operations: Operation[];
}

/** Credentials that are needed together. An empty list asks for nothing. */
export type SecurityRequirement = { scheme: SecurityScheme; scopes: string[] }[];

/** A kind of credentials. */
export interface SecurityScheme {
  /** Its key among the document's `securitySchemes`. */
  key: string;
  type: "http" | "apiKey" | "oauth2" | "openIdConnect" | "mutualTLS";
  description?: string;
  /** Of `http`, in lower case: `bearer`, `basic`, … (RFC 9110, section 16.4.1). */
  scheme?: string;
  bearerFormat?: string;
  /** Of `apiKey`: name of the header, query parameter or cookie. */
  name?: string;
  in?: "header" | "query" | "cookie";
  openIdConnectUrl?: string;
  /** Of `oauth2`: the ways to get a token, by their OpenAPI names. */
  flows: Record<string, OAuthFlow>;
}

/** A way to get an OAuth 2 token (RFC 6749). */
export interface OAuthFlow {
  authorizationUrl?: string;
  tokenUrl?: string;
  refreshUrl?: string;
  deviceAuthorizationUrl?: string;
  /** What each scope lets a client do. */
  scopes: Record<string, string>;
}

/** How an API words its errors: the `x-error-body` of the first schema that an error answer has. */
export interface ErrorBody {
  /** A body that names fields. */
  fields: ErrorTemplate;
  /** A body that blames no field. */
  general: ErrorTemplate;
}

/** A form of an error body. */
export interface ErrorTemplate {
  /** `$now` in it stands for the time, `$fields` for the messages of each field, `$message` for a sentence. */
  template: unknown;
  /** The keys that lead to the messages, or to the sentence; none when they are nowhere in it. */
  path: string[];
}

/** Types of JSON Schema. */
export type SchemaType = "null" | "boolean" | "object" | "array" | "number" | "integer" | "string";

/**
 * What a value may be: a schema together with what it refers to (`$ref`) and what it is composed of (`allOf`), as far as
 * that can be said in one place. What is nearer to the schema itself wins; fields and lists of required fields add up.
 * A schema may contain itself: equal places are the same object.
 */
export interface Schema {
  /** Its name among the document's schemas, also when it only refers to that one. */
  name?: string;
  /** JSON pointer of the place that says most of it. */
  pointer: string;
  /**
   * The schema whose structure it has: itself, or the one that it refers to, if it adds nothing but words. So two places
   * that refer to one schema have one origin.
   */
  origin: Schema;
  /** The types that it states, in its order; none when it states none. */
  types: SchemaType[];
  /** Whether it says that null fits: by a type, by `nullable` (OpenAPI 3.0), or as one of its alternatives. */
  nullable: boolean;
  /** Nothing fits the schema `false`. */
  never: boolean;
  title?: string;
  description?: string;
  deprecated: boolean;
  /** Only in answers. */
  readOnly: boolean;
  /** Only in requests. */
  writeOnly: boolean;
  evidence?: string;
  format?: string;
  /** The values that it may have; none when any will do. */
  enum?: unknown[];
  /** The one value that it may have. */
  const?: unknown;
  default?: unknown;
  examples: unknown[];
  /** The fields that an object has to have, declared or not. */
  required: string[];
  properties: Record<string, Schema>;
  /** Fields by a regular expression of their name. */
  patternProperties: Record<string, Schema>;
  /** All other fields; any, when there is none. */
  additionalProperties?: Schema;
  /** The items of a list, those of `prefixItems` excepted; any, when there is none. */
  items?: Schema;
  /** The first items of a list, one by one. */
  prefixItems: Schema[];
  /** What it has to be one of: `oneOf` or `anyOf`, null excepted. None, or at least two. */
  alternatives: Schema[];
  discriminator?: Discriminator;
  /** Every keyword as the nearest schema states it, limits and extensions among them. */
  keywords: Readonly<Record<string, unknown>>;
}

/** How a field's value tells which alternative is meant. */
export interface Discriminator {
  propertyName: string;
  /** The alternative that each value stands for, as far as they are schemas with names. */
  mapping: { value: string; schema: Schema }[];
}

/** A part of the document as its author wrote it. */
export type Source = Record<string, unknown>;
