import type { MockRequest } from "../types.ts";

/** The log keeps at least as many requests, unless their bodies come to more than so many bytes. */
const LOGGED_REQUESTS = 1000;
const LOGGED_BYTES = 16 * 1024 * 1024;

/** The requests that a mock has got, oldest first. */
export interface RequestLog {
  readonly requests: readonly MockRequest[];
  /** @param bytes the size of its body */
  add(request: MockRequest, bytes: number): void;
  clear(): void;
}

/** Makes a log that forgets the oldest requests before it grows too large. */
export function createRequestLog(): RequestLog {
  const requests: MockRequest[] = [];
  let size = 0;
  return {
    requests,
    add(request, bytes) {
      requests.push(request);
      size += bytes;
      if (requests.length < 2 * LOGGED_REQUESTS && size < LOGGED_BYTES) return;
      requests.splice(0, requests.length / 2);
      size = 0;
    },
    clear() {
      requests.length = size = 0;
    },
  };
}
