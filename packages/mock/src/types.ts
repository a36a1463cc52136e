/** What `createMock` takes. */
export interface MockOptions {
  /**
   * The OpenAPI 3.x document to mock: its path, its URL (`file:` or `http:`), or the parsed document.
   *
   * @default the SpherePay document that this package ships
   */
  spec?: string | URL | object | undefined;
  /**
   * Whether anything in the document that cannot be checked, and any example that breaks its schema, is an error. All
   * schemas are compiled at once then.
   *
   * @default false
   */
  strict?: boolean | undefined;
  /**
   * Whether the callbacks of the document are sent after a request that is right was answered, to the address that it
   * names. They are logged like requests, with that address as their `path` and, as their `status`, what it answered.
   *
   * @default false
   */
  callbacks?: boolean | undefined;
  /**
   * Whether values are made up by chance, in place of the document's examples, where a request does not say otherwise
   * with `Prefer: dynamic=false`.
   *
   * @default false
   */
  dynamic?: boolean | undefined;
  /**
   * Whether the document is taken for one without examples: values are made of the schemas, always the same.
   *
   * @default false
   */
  ignoreExamples?: boolean | undefined;
  /**
   * Whether an answer that breaks its schema is a 500, in place of itself with the header `sl-violations`.
   *
   * @default false
   */
  errors?: boolean | undefined;
  /**
   * Whether pages of other origins may read the answers, and their preflights are answered
   * (https://fetch.spec.whatwg.org/#http-cors-protocol).
   *
   * @default true
   */
  cors?: boolean | undefined;
  /**
   * Starts the row of random numbers that decides on faults with a `probability`: the same seed, the same faults. With
   * it, made-up values are the same for each request too, as with `Prefer: seed=text`.
   *
   * @default 0 for faults, and none for values
   */
  seed?: number | string | undefined;
}

/** A request that a mock has got. */
export interface MockRequest {
  /** In upper case. */
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** The `operationId` of what was called, or its method and path where it has none; `undefined` for an unknown route. */
  readonly operation: string | undefined;
  /** By lower-case name. The API key is among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the text of another body; `undefined` for none, or one that cannot be read. */
  readonly body: unknown;
  /** What was answered; `undefined` when a fault dropped the connection before the request was handled, or when nobody took a callback. */
  readonly status: number | undefined;
  /** What is wrong with it: where, and in one sentence that holds nothing of what was sent. */
  readonly violations: readonly {
    in: "path" | "query" | "header" | "cookie" | "body";
    path: string;
    message: string;
  }[];
  /** The fault that befell it. */
  readonly fault: Fault | undefined;
}

/** What tests do with a mock. */
export interface MockControls {
  /**
   * Makes the next requests go wrong. Each request is befallen by one fault at most: the first declared that is left.
   *
   * @throws {TypeError} When the fault is none that can be: the message says what to mend.
   * @example
   * mock.fail({ status: 429, headers: { "retry-after": "1" } }); // once
   * mock.fail({ status: 503, times: 3 });
   * mock.fail({ operation: "createCustomer", drop: "after" }); // handled, but the answer is lost
   * mock.fail({ delay: 2_000, truncate: true });
   */
  fail(fault: Fault): void;
  /** The requests so far, oldest first: the last 1,000, or fewer when their bodies come to more than 16 MiB. */
  readonly requests: readonly MockRequest[];
  /** Forgets all requests and faults, and starts the random numbers anew. */
  reset(): void;
  /**
   * What of the document cannot be checked, though it can be mocked: one sentence each. What concerns a single operation
   * comes when that is first called; with `strict`, all of it is an error at the start.
   */
  readonly warnings: readonly string[];
}

/** Something that goes wrong with a request, as {@link MockControls.fail} takes it. */
export interface Fault {
  /** Befalls requests for this operation alone: its `operationId`, or its method and path where it has none. */
  operation?: string | undefined;
  /** How many requests it befalls, `Infinity` for all that come. @default 1 */
  times?: number | undefined;
  /** The chance that it befalls a request, above 0 and at most 1. What comes out depends on the mock's `seed` alone. @default 1 */
  probability?: number | undefined;
  /** Milliseconds until the answer is sent or the connection is dropped. @default 0 */
  delay?: number | undefined;
  /**
   * The answer's status, 200 to 599, in place of what the request deserves. The body is the document's example for that
   * status, or its error envelope with the name of the status.
   */
  status?: number | undefined;
  /** More headers of the answer, such as `retry-after`. */
  headers?: Record<string, string> | undefined;
  /** The answer's body, as text. Needs a `status`. */
  body?: string | undefined;
  /**
   * Drops the connection instead of answering: `"before"` the request is handled, so that nothing was done, or
   * `"after"`, so that only the answer is lost. The client cannot tell the two apart, but {@link MockRequest.status}
   * can.
   */
  drop?: "before" | "after" | undefined;
  /** Drops the connection in the middle of the answer's body. @default false */
  truncate?: boolean | undefined;
}
