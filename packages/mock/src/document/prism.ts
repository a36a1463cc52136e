/**
 * The parts of Prism. It has no public door to most of them, hence the exact version in package.json. Each is loaded
 * when it is first needed: all of them take several times as long to load as what a plain answer needs.
 */
import { createRequire } from "node:module";
import type * as Generator from "@stoplight/prism-http/dist/mocker/generator/JSONSchema.js";
import type Negotiator from "@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js";
import type * as Types from "@stoplight/prism-http/dist/types.js";
import type * as Security from "@stoplight/prism-http/dist/validator/validators/security/index.js";

/** An operation in Prism's form, with what references in its schemas lead to. */
export type HttpOperation = Parameters<typeof Negotiator.default.negotiateOptionsForValidRequest>[0] & {
  readonly __bundled__: Readonly<Record<string, unknown>>;
};

/** The size of a sample, in schemas: Prism itself gives up at 2,500. */
const MAX_PARTS = 100_000;
/** How often chance is asked for one value. Some schemas, such as those of names with one pattern, would never be done. */
const MAX_DRAWS = 200_000;

const require = createRequire(import.meta.url);
const requireAsPrism = createRequire(require.resolve("@stoplight/prism-http"));

const needed: string = require("../../package.json").dependencies["@stoplight/prism-http"];
const { version: installed } = require("@stoplight/prism-http/package.json");
if (installed !== needed) {
  throw new Error(
    `@spherepay/mock works with @stoplight/prism-http ${needed} alone, but ${installed} is installed; remove what overrides it`,
  );
}

/** Prism, part by part. */
export const prism = {
  /** Finds the answer to a request. */
  get negotiator(): typeof Negotiator.default {
    return load("dist/mocker/negotiator/NegotiatorHelpers.js").default;
  },
  /** Checks credentials. */
  get security(): typeof Security {
    return load("dist/validator/validators/security/index.js");
  },
  get ProblemJsonError(): typeof Types.ProblemJsonError {
    return load("dist/types.js").ProblemJsonError;
  },
  /** Reads one operation of a document whose references are local. */
  readOperation(document: object, name: string, method: string): Omit<HttpOperation, "__bundled__"> {
    const { transformOas3Operation } = requireAsPrism("@stoplight/http-spec/oas3/operation");
    const config = { type: "operation", documentProp: "paths", nameProp: "path" };
    return transformOas3Operation({ document, name, method, config });
  },
  /**
   * The value that a schema stands for: its own example, or what its keywords say; always the same.
   *
   * @param operation that references lead into
   * @throws {Error} When it has too many parts, or malformed ones.
   */
  sample(schema: object, operation: HttpOperation): unknown {
    const { sample } = requireAsPrism("@stoplight/json-schema-sampler");
    const { warn } = console;
    // It prints what it cannot merge.
    console.warn = () => {};
    try {
      return sample(schema, { ticks: MAX_PARTS, quiet: true }, operation);
    } finally {
      console.warn = warn;
    }
  },
  /**
   * A value for a schema, made up by chance.
   *
   * @param seed the same values for the same seed
   * @throws {Error} When Prism can make nothing of the schema, or would go on for ever.
   */
  makeUp(schema: object, operation: HttpOperation, seed: string | undefined): unknown {
    const generator: typeof Generator = load("dist/mocker/generator/JSONSchema.js");
    const { JSONSchemaFaker } = requireAsPrism("json-schema-faker");
    const { faker } = requireAsPrism("@faker-js/faker");
    const { random } = Math;
    const draw: () => number = seed === undefined ? random : requireAsPrism("seedrandom")(seed);
    let draws = 0;
    const limited = () => {
      if (++draws > MAX_DRAWS) throw new Error("The schema is too complex to make up a value for it");
      return draw();
    };
    if (seed !== undefined) faker.seed([...seed].map((character) => character.codePointAt(0)));
    JSONSchemaFaker.option("random", limited);
    // Multiples are drawn past the option.
    Math.random = limited;
    try {
      const { __bundled__: bundled } = operation;
      const result = generator.generate(operation as never, bundled, schema);
      if ("left" in result) throw result.left;
      return result.right;
    } finally {
      Math.random = random;
      generator.resetGenerator();
      if (seed !== undefined) faker.seed();
    }
  },
};

function load(file: string) {
  return require(`@stoplight/prism-http/${file}`);
}
