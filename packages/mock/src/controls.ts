import { createHandler, type Handler } from "./handler.ts";
import type { MockControls, MockOptions, MockRequest } from "./mock.ts";

/** The log keeps at least as many requests, unless their bodies come to more than so many bytes. */
const LOGGED_REQUESTS = 1000;
const LOGGED_BYTES = 16 * 1024 * 1024;

/**
 * Makes a handler that logs its requests, and what tests do with it.
 *
 * @throws {Error} When the document cannot be loaded.
 */
export async function createTestHandler(options: MockOptions): Promise<{ handler: Handler; controls: MockControls }> {
  const requests: MockRequest[] = [];
  let bytes = 0;
  const handler = await createHandler(options, (request, _, size) => {
    requests.push(request);
    bytes += size;
    if (requests.length < 2 * LOGGED_REQUESTS && bytes < LOGGED_BYTES) return;
    requests.splice(0, requests.length / 2);
    bytes = 0;
  });
  const { fail, clearFaults, warnings } = handler;
  const reset = () => {
    clearFaults();
    requests.length = bytes = 0;
  };
  return { handler, controls: { fail, requests, reset, warnings } };
}
