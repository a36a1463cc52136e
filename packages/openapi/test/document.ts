/** A document with what a test is about, and nothing else. */
export function documentWith(parts: object, openapi = "3.1.0"): object {
  return { openapi, info: { title: "Pets", version: "1" }, paths: {}, ...parts };
}

/** A document with one operation, `GET /pets`. */
export function documentOf(operation: object, parts: object = {}, openapi = "3.1.0"): object {
  return documentWith({ paths: { "/pets": { get: { responses: {}, ...operation } } }, ...parts }, openapi);
}
