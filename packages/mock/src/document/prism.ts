import type Negotiator from "@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js";
import type * as Types from "@stoplight/prism-http/dist/types.js";
import type * as Security from "@stoplight/prism-http/dist/validator/validators/security/index.js";
import { parts } from "./parts.ts";

/** An operation in Prism's form, with what references in its schemas lead to. */
export type HttpOperation = Parameters<typeof Negotiator.default.negotiateOptionsForValidRequest>[0] & {
  readonly __bundled__: Readonly<Record<string, unknown>>;
};

/** The size of a sample, in schemas: Prism itself gives up at 2,500. */
const MAX_PARTS = 100_000;
/** How often chance is asked for one value. Some schemas, such as those of names with one pattern, would never be done. */
const MAX_DRAWS = 50_000;

/** Prism, part by part. */
export const prism = {
  /** Finds the answer to a request. */
  get negotiator(): typeof Negotiator.default {
    return parts.negotiator;
  },
  /** Checks credentials. */
  get security(): typeof Security {
    return parts.security;
  },
  get ProblemJsonError(): typeof Types.ProblemJsonError {
    return parts.ProblemJsonError;
  },
  /** Reads one operation of a document whose references are local. */
  readOperation(document: object, name: string, method: string): Omit<HttpOperation, "__bundled__"> {
    const config = { type: "operation", documentProp: "paths", nameProp: "path" };
    return parts.transformOas3Operation({ document, name, method, config }) as Omit<HttpOperation, "__bundled__">;
  },
  /**
   * The value that a schema stands for: its own example, or what its keywords say; always the same.
   *
   * @param operation that references lead into
   * @throws {Error} When it has too many parts, or malformed ones.
   */
  sample(schema: object, operation: HttpOperation): unknown {
    const { warn } = console;
    // It prints what it cannot merge.
    console.warn = () => {};
    try {
      return parts.sample(schema, { ticks: MAX_PARTS, quiet: true }, operation);
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
    const { generator } = parts;
    const { random } = Math;
    const draw: () => number = seed === undefined ? random : parts.seedrandom(seed);
    let draws = 0;
    const limited = () => {
      if (++draws > MAX_DRAWS) throw new Error("The schema is too complex to make up a value for it");
      return draw();
    };
    if (seed !== undefined) parts.faker.seed([...seed].map((character) => character.codePointAt(0)!));
    parts.JSONSchemaFaker.option("random", limited);
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
      if (seed !== undefined) parts.faker.seed();
    }
  },
};
