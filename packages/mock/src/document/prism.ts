/**
 * The parts of Prism. It has no public door to most of them, hence the exact version in package.json. Each is loaded
 * when it is first needed: the whole of Prism takes twice as long to load as what a plain answer needs.
 */
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import type * as Whole from "@stoplight/prism-http";
import type Negotiator from "@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js";
import type Route from "@stoplight/prism-http/dist/router/index.js";
import type * as Types from "@stoplight/prism-http/dist/types.js";
import type * as Loader from "@stoplight/prism-http/dist/utils/operations.js";
import type * as Validator from "@stoplight/prism-http/dist/validator/index.js";

/** One operation of the document, with everything that it refers to. */
export type Operation = Awaited<ReturnType<typeof Loader.getHttpOperationsFromSpec>>[number];

/** What Prism reports about a request or an answer. A `severity` of 0 is an error; 1 to 3 are warnings and hints. */
export type Diagnostic = Extract<ReturnType<typeof Validator.validateInput>, { _tag: "Left" }>["left"][number];

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
  get route(): typeof Route.default {
    return load("dist/router/index.js").default;
  },
  get validator(): typeof Validator {
    return load("dist/validator/index.js");
  },
  get negotiator(): typeof Negotiator.default {
    return load("dist/mocker/negotiator/NegotiatorHelpers.js").default;
  },
  get ProblemJsonError(): typeof Types.ProblemJsonError {
    return load("dist/types.js").ProblemJsonError;
  },
  /**
   * Reads the operations of an OpenAPI 3.x document, as the function of this name in Prism does. That one loads what it
   * takes for Postman collections too, which is as much again.
   *
   * @see https://github.com/stoplightio/prism/blob/v5.16.0/packages/http/src/utils/operations.ts
   */
  async getHttpOperationsFromSpec(source: string | object): Promise<Operation[]> {
    const RefParser = requireAsPrism("@stoplight/json-schema-ref-parser");
    const { bundleTarget, decycle } = requireAsPrism("@stoplight/json");
    const { transformOas3Operations } = requireAsPrism("@stoplight/http-spec/oas3/operation");
    const document = decycle(await new RefParser().dereference(source));
    if (typeof document?.openapi !== "string") throw new Error("it is not an OpenAPI 3.x document");
    return transformOas3Operations(document).map((operation: Operation) =>
      bundleTarget({ document: { ...document, __target__: operation }, path: "#/__target__", cloneDocument: false }),
    );
  },
  /** The files that a document consists of. */
  async filesOf(spec: string): Promise<string[]> {
    return (await requireAsPrism("@stoplight/json-schema-ref-parser").resolve(spec)).paths("file");
  },
  get whole(): typeof Whole {
    return load("dist/index.js");
  },
};

function load(file: string) {
  return require(`@stoplight/prism-http/${file}`);
}

/**
 * Watches Prism compile a schema. Prism validates with functions that its Ajv makes, keeps them to itself, and treats a
 * schema that does not compile as one that allows everything.
 *
 * @param validate makes Prism validate something with one schema
 * @returns the function that Prism will use from now on, or `undefined` when it compiled nothing
 * @throws the error that Prism keeps to itself
 */
export function watchCompile(validate: () => unknown): ValidateFunction | undefined {
  const { prototype } = requireAsPrism("ajv/dist/core").default;
  const { compile } = prototype;
  let compiled: ValidateFunction | undefined;
  let failure: { error: unknown } | undefined;
  prototype.compile = function (...parameters: unknown[]) {
    try {
      compiled = compile.apply(this, parameters);
      return compiled;
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    validate();
  } finally {
    prototype.compile = compile;
  }
  if (failure) throw failure.error;
  return compiled;
}
