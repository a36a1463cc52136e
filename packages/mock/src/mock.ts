import type { Fault } from "./faults.ts";
import { createFetch } from "./fetch.ts";
import { createTestHandler } from "./controls.ts";

/** What {@link createMock} takes. */
export interface MockOptions {
  /**
   * The OpenAPI 3.x document to mock: its path, its URL (`file:` or `http:`), or the parsed document.
   *
   * @default the SpherePay document that this package ships
   */
  spec?: string | URL | object | undefined;
  /**
   * `"fast"` answers plain requests on a shorter way than through all of Prism; `"prism"` never does. The answers are
   * the same.
   *
   * @default "fast"
   */
  engine?: "fast" | "prism" | undefined;
  /**
   * Starts the row of random numbers that decides on faults with a `probability`: the same seed, the same faults.
   *
   * @default 0
   */
  seed?: number | undefined;
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
  /** What was answered; `undefined` when a fault dropped the connection before the request was handled. */
  readonly status: number | undefined;
  /** What is wrong with it: where, and in one sentence that holds nothing of what was sent. */
  readonly violations: readonly { in: "path" | "query" | "header" | "body"; path: string; message: string }[];
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
  /** What is wrong with the document, though it can be mocked: examples that break their schema, keywords that are not checked. */
  readonly warnings: readonly string[];
}

/** A mock of an API, without a port. */
export interface Mock extends MockControls {
  /**
   * Answers a request as the document describes. Takes what the global `fetch` takes, needs no `this`, and rejects
   * only where the global `fetch` would: for arguments that make no request, for an aborted one, and, with the same
   * error as Node's, where a fault drops the connection.
   */
  fetch: typeof globalThis.fetch;
}

/**
 * Makes a mock that answers as an OpenAPI document describes, with Prism as its engine. It keeps no state beside the
 * log of its requests.
 *
 * A valid request gets what Prism answers: the first example of the lowest 2xx response, or what a `Prefer` header
 * asks for (`code=400`, `example=name`, `dynamic=true`, `seed=text`). Any other request gets the body that the document
 * declares with `x-error-body`, or else Prism's problem details.
 *
 * The shipped document is loaded once, so a mock for each test costs next to nothing.
 *
 * @throws {Error} When the document cannot be read, is not OpenAPI, describes no operation, or has a schema that cannot
 * be compiled.
 * @example
 * const mock = await createMock();
 * const response = await mock.fetch("https://api.sandbox.spherepay.co/", { method: "POST" });
 * console.log(response.status); // 404
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const { handler, controls } = await createTestHandler(options);
  return { fetch: createFetch(handler), ...controls };
}
