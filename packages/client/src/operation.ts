/** What the client knows of an operation when it runs: an entry of the generated table. */
export interface OperationDescription {
  /** As it is sent, such as `POST`. */
  readonly method: string;
  /** Template of the path, in which each `{name}` is a path parameter. What stands between them is sent as it is. */
  readonly path: string;
  /**
   * Writes the parameters: `styles(…)` of `parameters.ts`. Left out where the path's are all there are, `simple`, and
   * neither lists nor objects: bundles of documents with nothing else go without the styles.
   */
  readonly parameters?: WriteParameters;
  /** Writes the body; none when the operation takes no body. */
  readonly write?: WriteBody;
  /** Reads the body of a success. @default as JSON */
  readonly read?: ReadBody;
  /** The media type to ask for, where the API has its answer in several. */
  readonly accept?: string;
  /** Whether a success may have no body. */
  readonly mayBeEmpty?: true;
  /** Statuses from 300 to 399 that the document describes, and that therefore are successes. They have no data. */
  readonly redirects?: readonly number[];
  /** Whether what was read is what the document describes, as far as a caller depends on it. @default anything is */
  readonly proof?: (data: any) => boolean;
  /** Names of credential schemes. All of one list are needed, and any list will do. @default those of the document */
  readonly security?: readonly (readonly string[])[];
  /** Its own servers. @default those of the document */
  readonly servers?: Servers;
}

/**
 * Puts the parameters of a call on its request.
 *
 * @param path the template
 * @returns the path
 */
export type WriteParameters = (path: string, params: object, request: Credentialed, fail: Fail) => string;

/**
 * Makes the error of what cannot be sent.
 *
 * @param message names what is wrong, and never shows a value
 */
export type Fail = (message: string, more?: { cause: unknown }) => Error;

/** How each parameter is written, by place and name. A path parameter that is not here is `simple`. */
export type ParameterStyles = Readonly<Partial<Record<ParameterPlace, Readonly<Record<string, ParameterStyle>>>>>;

/** Where a parameter goes. `querystring` is the whole query as one value (OpenAPI 3.2). */
export type ParameterPlace = "path" | "query" | "querystring" | "header" | "cookie";

/**
 * A style of OpenAPI, with `*` where it explodes and `+` where reserved characters are sent as they are; or the media
 * type of `content`: `json`, or `text` for any other.
 */
export type ParameterStyle =
  | `${"simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie"}${"" | "*"}${"" | "+"}`
  | "json"
  | "text";

/** Turns the body of a call into one that fetch sends. No media type: the runtime makes it, boundary included. */
export type WriteBody = (body: any) => { body: NonNullable<RequestInit["body"]>; mediaType?: string | undefined };

/** Reads the body of a success; without a promise, it is to be read as JSON. */
export type ReadBody = (response: Response) => Promise<unknown> | undefined;

/** Base addresses by name; the first is the default. */
export type Servers = Readonly<Record<string, Server>>;

/**
 * A base address: as text, or made by `withVariables(…)` of `servers.ts` where there are variables in it. A relative one
 * needs the option `baseUrl`.
 */
export type Server = string | ((chosen: ServerVariables, fail: Fail) => string);

/** The parts of addresses that a caller chose, by name. */
export type ServerVariables = Readonly<Record<string, string | undefined>>;

/** A part of a server's address that a caller may choose, from `enum` if there is one. */
export interface ServerVariable {
  readonly default: string;
  readonly enum?: readonly string[];
}

/** The parts of a request that credentials are put on. */
export interface Credentialed {
  /** By lower-case name. */
  headers: Record<string, string>;
  url: string;
}

/** What a caller gives for a credential scheme. */
export type Credential = string | { username: string; password: string };

/**
 * Puts a credential on a request, in the form that its scheme says.
 *
 * @returns what the credential must be, where this one cannot be sent
 */
export type SetCredential = (credential: Credential, request: Credentialed) => string | undefined;
