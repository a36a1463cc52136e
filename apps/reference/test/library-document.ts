/** A title that each language would read otherwise, if it were not escaped. */
export const awkwardTitle = "O'Brien's \"$HOME\"\n\\ `end` ${1+1} {0} % é\u2028😀";

/**
 * Another API than ours: a path parameter, no body, no key, references, a body without a named example, answers in
 * text, and no word on how errors are worded.
 */
export const libraryDocument = {
  openapi: "3.1.0",
  info: { title: "Library", version: "1" },
  servers: [{ url: "https://library.example" }],
  security: [{ token: [] }],
  paths: {
    "/books/{bookId}": {
      parameters: [{ $ref: "#/components/parameters/BookId" }],
      get: {
        operationId: "getBook",
        security: [],
        parameters: [
          { name: "language", in: "query", required: true, schema: { type: "string", enum: ["en", "de"] } },
          { name: "page", in: "query", schema: { type: "integer" } },
        ],
        ...answers({ "text/plain": { schema: { type: "string" }, example: "Call me Ishmael." } }),
      },
      put: {
        operationId: "replaceBook",
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Book" } } },
        },
        ...answers({ "application/vnd.library+json": { schema: { type: "object" }, example: { saved: true } } }),
      },
    },
    "/notes": {
      post: {
        operationId: "addNote",
        parameters: [
          { name: "X-Author", in: "header", required: true, example: 'Jane "J" Doe' } as const,
          { name: "session", in: "cookie", required: true, example: "a1" } as const,
        ],
        requestBody: { content: { "text/plain": { example: "@it's a note\nof 100 %, in $" } } },
        ...answers(),
      },
    },
  },
  components: {
    securitySchemes: { token: { type: "http", scheme: "Bearer" } },
    parameters: {
      BookId: { name: "bookId", in: "path", required: true, schema: { type: "string", examples: ["a b/c"] } },
    },
    schemas: {
      Book: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", examples: [awkwardTitle] },
          pages: { type: "integer" },
          "in print": { type: "boolean" },
          "the \"other\" 'name'": { const: null },
          tags: { type: "array", items: { type: "string", examples: ["sea"] } },
          sequel: { $ref: "#/components/schemas/Book" },
        },
      },
    },
  },
};

/** The body that its `replaceBook` sends. */
export const book = {
  title: awkwardTitle,
  pages: 1,
  "in print": true,
  "the \"other\" 'name'": null,
  tags: ["sea"],
};

function answers(content?: object): object {
  return { responses: { 200: { description: "OK", ...(content && { content }) } } };
}
