/**
 * A document that cannot be read: what is wrong, where, and how to mend it.
 *
 * @example
 * try {
 *   readApi(document);
 * } catch (error) {
 *   if (error instanceof OpenApiError) console.error(error.message, error.pointer);
 * }
 */
export class OpenApiError extends Error {
  static {
    this.prototype.name = "OpenApiError";
  }

  /** JSON pointer of the place, such as `#/paths/~1pets/get`. */
  readonly pointer: string;
  /** What is wrong, and how to mend it, without the place. */
  readonly reason: string;

  /** @param place words for the place, when there are better ones than the pointer: a file with line and column */
  constructor(pointer: string, reason: string, place?: string) {
    super(`${place ? `${place} (${pointer})` : pointer}: ${reason}`);
    this.pointer = pointer;
    this.reason = reason;
  }
}
