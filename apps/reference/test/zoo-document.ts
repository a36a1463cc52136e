/** Another API than ours: every kind of parameter, security, body and answer that the Markdown has to show. */
export const zooDocument = {
  openapi: "3.1.1",
  info: {
    title: "Zoo",
    summary: "Animals, and\nwhere they live.",
    description: "## Rules\n\nBe kind.\n\n```sh\n# not a heading\n```",
  },
  security: [{ key: [] }, { oauth: ["write", "feed"], session: [] }, {}],
  paths: {
    "/zoos": { get: { operationId: "listZoos", security: [] } },
    "/zoos/{zoo}/animals": {
      parameters: [{ $ref: "#/components/parameters/Zoo" }],
      post: {
        operationId: "addAnimal",
        summary: "Add an animal",
        description: "Takes an animal in. It stays.",
        "x-evidence": "documented",
        parameters: [
          {
            name: "filter",
            in: "query",
            content: { "application/json": { schema: { properties: { legs: { type: "integer" } } } } },
          },
          { name: "X-Trace", in: "header", schema: { type: "string" } },
        ],
        requestBody: {
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Animal" },
              examples: { tom: { summary: "A cat", description: "Only a cat.", value: { kind: "cat" } } },
            },
            "text/csv": { schema: { type: "string" }, example: "kind\ncat\n" },
          },
        },
        responses: {
          "201": {
            description: "Taken in.",
            "x-evidence": "inferred",
            headers: { Location: { required: true, description: "Where it is.", schema: { type: "string" } } },
          },
          "4XX": { $ref: "#/components/responses/Refused" },
          default: { description: "Anything else." },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "http", scheme: "bearer", description: "The keeper's key." },
      oauth: { type: "oauth2" },
      session: { type: "apiKey", in: "cookie", name: "sid" },
    },
    parameters: {
      Zoo: {
        name: "zoo",
        in: "path",
        required: true,
        description: "Which zoo.",
        schema: { type: "string" },
        examples: { one: { value: "north" } },
      },
    },
    responses: {
      Refused: {
        description: "Refused.",
        content: { "application/problem+json": { examples: { full: { value: "No room" } } } },
      },
    },
    schemas: {
      Animal: {
        type: "object",
        description: "An animal.",
        required: ["kind"],
        properties: {
          kind: {
            type: "string",
            description: "What it is.",
            enum: ["cat", "dog"],
            "x-enumDescriptions": { cat: "Purrs." },
            examples: ["cat"],
            "x-evidence": "documented",
          },
          home: {
            description: "Where it lives.",
            "x-evidence": "inferred",
            oneOf: [
              { type: "object", required: ["cage"], properties: { cage: { type: "integer", minimum: 1 } } },
              { type: "null" },
            ],
          },
          toys: { type: "array", items: { properties: { name: { type: "string", maxLength: 9 } } } },
          labels: { type: "object", additionalProperties: { type: "string", description: "A label." } },
          note: { type: "string", description: "One | two\nthree.", pattern: "^(a|b)$" },
        },
      },
    },
  },
};
