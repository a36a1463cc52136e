/** Settings of one call. */
export interface SphereCallOptions {
  /** Aborts the call, also while it waits before another attempt. The call then throws a {@link SphereAbortError}. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take, its body included. @default the client's `timeout` */
  timeout?: number | undefined;
  /** How often a failed attempt may be followed by another. @default the client's `maxRetries` */
  maxRetries?: number | undefined;
  /** More headers to send, by name. They win over those of the client, and credentials over both. */
  headers?: Record<string, string> | undefined;
}

/**
 * A call under way: await it for the success body.
 *
 * @example
 * const customer = await sphere.createCustomer({ body });
 * const { data, response, requestId } = await sphere.createCustomer({ body }).withResponse();
 */
export interface SphereCall<Data> extends Promise<Data> {
  /**
   * The success body together with the HTTP response, whose own body has been read, and with what to quote to the API's
   * support, when the answer carried it.
   */
  withResponse(): Promise<{
    /** The success body. */
    data: Data;
    /** The HTTP response. Its body has been read. */
    response: Response;
    /** What to quote to the API's support, when the answer carried it. */
    requestId: string | undefined;
  }>;
  /**
   * The HTTP response of a success with its body unread, to stream it or to save it. Ask for it at once, before the call
   * is awaited. `timeout` ends with the headers; the caller's signal also ends the reading.
   */
  asResponse(): Promise<Response>;
}
