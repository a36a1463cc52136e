import { mockOperations } from "./engine.ts";
import { loadOperations } from "./operations.ts";

/** What {@link createMock} takes. */
export interface MockOptions {
  /**
   * The OpenAPI 3.x document to mock: its path, its URL (`file:` or `http:`), or the parsed document.
   *
   * @default the SpherePay document that this package ships
   */
  spec?: string | URL | object | undefined;
}

/** A mock of an API, without a port. */
export interface Mock {
  /**
   * Answers a request as the document describes. Takes what the global `fetch` takes, needs no `this`, and rejects
   * only where the global `fetch` would: for arguments that make no request, and for an aborted one.
   */
  fetch: typeof globalThis.fetch;
}

/**
 * Makes a mock that answers as an OpenAPI document describes, with Prism as its engine. It keeps no state.
 *
 * A valid request gets what Prism answers: the first example of the lowest 2xx response, or what a `Prefer` header
 * asks for (`code=400`, `example=name`, `dynamic=true`). Any other request gets the body that the document declares
 * with `x-error-body`, or else Prism's problem details.
 *
 * @throws {Error} When the document cannot be read, is not OpenAPI, or describes no operation.
 * @example
 * const mock = await createMock();
 * const response = await mock.fetch("https://api.sandbox.spherepay.co/", { method: "POST" });
 * console.log(response.status); // 404
 */
export async function createMock({ spec }: MockOptions = {}): Promise<Mock> {
  return mockOperations(await loadOperations(spec));
}
