import type { OpenApiDocument } from "../src/openapi.ts";

/** Another API than ours: a path parameter, no body, no key, references, and a body without a named example. */
export const libraryDocument: OpenApiDocument = {
  info: { title: "Library" },
  servers: [{ url: "https://library.example/api" }],
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
      },
      put: {
        operationId: "replaceBook",
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Book" } } },
        },
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
        properties: {
          title: { type: "string", examples: ["O'Brien's \"$HOME\"\n\\ `end`"] },
          pages: { type: "integer" },
          sequel: { $ref: "#/components/schemas/Book" },
        },
      },
    },
  },
};
