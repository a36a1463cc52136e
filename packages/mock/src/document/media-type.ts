/**
 * Whether a media type is JSON: `application/json`, `text/json`, or any with the suffix `+json` (RFC 6839, section 3.1),
 * in any case, with or without parameters.
 *
 * @example
 * isJson("Application/Problem+JSON; charset=utf-8"); // true
 */
export function isJson(mediaType = ""): boolean {
  return /^\s*(?:(?:application|text)\/json|[^/;\s]+\/[^/;\s]+\+json)\s*(?:;|$)/i.test(mediaType);
}
