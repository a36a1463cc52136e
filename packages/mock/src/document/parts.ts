import { createRequire } from "node:module";
import type { XMLBuilder } from "fast-xml-parser";
import type { faker } from "@faker-js/faker";
import type { JSONSchemaFaker } from "json-schema-faker";
import type { sample } from "@stoplight/json-schema-sampler";
import type * as generator from "@stoplight/prism-http/dist/mocker/generator/JSONSchema.js";
import type Negotiator from "@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js";
import type { ProblemJsonError } from "@stoplight/prism-http/dist/types.js";
import type * as security from "@stoplight/prism-http/dist/validator/validators/security/index.js";

interface Parts {
  readonly negotiator: typeof Negotiator.default;
  readonly security: typeof security;
  readonly ProblemJsonError: typeof ProblemJsonError;
  transformOas3Operation(request: object): object;
  readonly sample: typeof sample;
  readonly generator: typeof generator;
  readonly JSONSchemaFaker: typeof JSONSchemaFaker;
  readonly faker: typeof faker;
  seedrandom(seed: string): () => number;
  readonly XMLBuilder: typeof XMLBuilder;
}

/** What is used of Prism, and of what it uses itself; each is loaded when it is first asked for. */
export const parts: Parts = createRequire(import.meta.url)("./parts.cjs");
