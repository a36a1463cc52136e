/**
 * Whether a media type is JSON: `application/json`, `text/json`, or any with the suffix `+json`, in any case, with or
 * without parameters (https://mimesniff.spec.whatwg.org/#json-mime-type).
 *
 * @example
 * isJson("Application/Problem+JSON; charset=utf-8"); // true
 */
export function isJson(mediaType = ""): boolean {
  return /^\s*(?:(?:application|text)\/json|[^/;\s]+\/[^/;\s]+\+json)\s*(?:;|$)/i.test(mediaType);
}
