import type { ErrorObject, ValidateFunction } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import { createAjv } from "./ajv.ts";
import { Copies, type Copy, plain } from "./copies.ts";
import { explain } from "./violations.ts";
import { Fields, type Target } from "./fields.ts";
import { type Direction, InPlace } from "./in-place.ts";
import { at, isObject, keysOf } from "./pointer.ts";
import type { Place, Source } from "./source.ts";
import { strip } from "./strip.ts";
import { type SchemaType, typesOf } from "./types-of.ts";
import type { Violation } from "./wording.ts";

export type { Direction } from "./in-place.ts";
export type { SchemaType } from "./types-of.ts";

/** Checks values by one schema. */
export interface Validator {
  /** What is wrong with a value, worded, in the order in which the schema declares the fields; empty when it fits. */
  (value: unknown): Violation[];
  /** What of the schema cannot be checked: a sentence each, with its place. */
  readonly warnings: readonly string[];
  /**
   * The errors of Ajv. One of `oneOf` or `anyOf` holds those of its branches, which stand nowhere else:
   * `params.branches[i]` has the errors of branch `i`, and nothing where the value fits it; `params.passing` says how
   * many it fits.
   */
  errors(value: unknown): readonly ErrorObject[];
  /** The plain copy that was compiled. Its `$ref`s are names of ours, which `target` knows. */
  readonly schema: unknown;
  /** The copy that a `$ref` in a copy stands for. */
  target(reference: string): unknown;
}

export interface Schemas {
  /** What of the document as a whole cannot be checked: a sentence each. */
  readonly warnings: readonly string[];
  /**
   * The validator of a schema, compiled now, or when it was first asked for.
   *
   * @throws {Error} when something of the schema cannot be checked, and only in strict mode
   */
  validator(place: Place, direction: Direction): Validator;
  /** The types that a schema allows for a value, through `$ref` and unions. */
  typesOf(place: Place): ReadonlySet<SchemaType>;
  /** A value without its readOnly members, for a request, or its writeOnly ones, for a response. */
  strip(value: unknown, place: Place, direction: Direction): unknown;
}

/**
 * Makes the validators of a document.
 *
 * @param options `strict` makes an error of what cannot be checked
 */
export function createSchemas(source: Source, { strict }: { strict: boolean }): Schemas {
  const inPlace = new InPlace(source);
  const copies = new Copies(source, inPlace);
  const target = (name: string) => copies.named(name)?.schema;
  const plainCompiler = new Compiler(false, target);
  const exactCompiler = new Compiler(true, target);
  const validators = new Map<Copy, Validator>();
  const flagged = { request: new WeakMap<object, boolean>(), response: new WeakMap<object, boolean>() };

  function validator(place: Place, direction: Direction): Validator {
    const copy = copies.of(place, direction);
    const known = validators.get(copy);
    if (known) return known;
    const used = reachedFrom(copy);
    const compiler = used.some(({ namesInherited }) => namesInherited) ? exactCompiler : plainCompiler;
    const warnings = [...new Set(used.flatMap((one) => one.warnings))];
    const made = createValidator(compiler.compile(copy, used), copy, warnings, target);
    if (strict && warnings.length > 0) throw new Error(warnings.join("; "));
    validators.set(copy, made);
    return made;
  }

  return {
    warnings: copies.warnings,
    validator,
    typesOf: (place) => typesOf(copies.of(place, "request").schema, target),
    strip(value, place, direction) {
      const known = isObject(place.value) ? flagged[direction].get(place.value) : false;
      const isFlagged = known ?? inPlace.hasFlagged(place, direction);
      if (isObject(place.value)) flagged[direction].set(place.value, isFlagged);
      if (!isFlagged) return value;
      const fits = (part: unknown, schema: Place) => validator(schema, direction).errors(part).length === 0;
      return strip(value, place, direction, inPlace, fits);
    },
  };
}

/** A copy, and all that it refers to. */
function reachedFrom(copy: Copy): Copy[] {
  const reached = new Set([copy]);
  for (const one of reached) for (const other of one.uses) reached.add(other);
  return [...reached];
}

/** Compiles copies, each once. */
class Compiler {
  readonly #ownProperties: boolean;
  readonly #added = new Set<Copy>();
  readonly #target: Target;
  #ajv: Ajv2020 | undefined;

  constructor(ownProperties: boolean, target: Target) {
    this.#ownProperties = ownProperties;
    this.#target = target;
  }

  compile(copy: Copy, used: readonly Copy[]): ValidateFunction {
    const ajv = (this.#ajv ??= createAjv(this.#ownProperties, this.#target));
    for (const { name, schema } of used.filter((one) => !this.#added.has(one))) ajv.addSchema(schema, name);
    for (const one of used) this.#added.add(one);
    return ajv.getSchema(copy.name)!;
  }
}

function createValidator(
  validate: ValidateFunction,
  { schema }: Copy,
  warnings: readonly string[],
  target: Target,
): Validator {
  let fields: Fields | undefined;
  function errors(value: unknown): readonly ErrorObject[] {
    if (validate(value)) return [];
    return isOfLarge(validate.errors!, value) ? errors(plain(value)) : validate.errors!;
  }
  function check(value: unknown): Violation[] {
    if (validate(value)) return [];
    if (isOfLarge(validate.errors!, value)) return check(plain(value));
    return explain(validate.errors!, value, (fields ??= new Fields([schema], target)));
  }
  return Object.assign(check, { warnings, errors, schema, target });
}

/** Whether errors may come from an integer that is a `bigint`, which Ajv does not know. */
function isOfLarge(errors: readonly ErrorObject[], value: unknown): boolean {
  return errors.some(
    ({ keyword, instancePath }) => keyword !== "required" && holdsLarge(at(value, keysOf(instancePath))),
  );
}

function holdsLarge(value: unknown): boolean {
  return typeof value === "bigint" || (isObject(value) && Object.values(value).some(holdsLarge));
}
