/** Settings of one call. */
export interface SphereCallOptions {
  /** Aborts the call, also while it waits before another attempt. The call then throws a {@link SphereAbortError}. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take, its body included. @default the client's `timeout` */
  timeout?: number | undefined;
  /** How often a failed attempt may be followed by another. @default the client's `maxRetries` */
  maxRetries?: number | undefined;
  /** More headers to send. */
  headers?: Record<string, string> | undefined;
}

/**
 * A call under way: await it for the success body.
 *
 * @example
 * const customer = await sphere.createCustomer({ body });
 * const { data, response } = await sphere.createCustomer({ body }).withResponse();
 */
export interface SphereCall<Data> extends Promise<Data> {
  /** The success body together with the HTTP response, whose own body has been read. */
  withResponse(): Promise<{ data: Data; response: Response }>;
}
