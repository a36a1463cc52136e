import type { ErrorObject } from "ajv";
import { fittingValue } from "./fitting.ts";
import { readJson, writeJson } from "./json.ts";
import { mend } from "./mend.ts";
import { isObject } from "./pointer.ts";
import { type HttpOperation, prism } from "./prism.ts";
import type { Direction, Schemas } from "./schemas.ts";
import type { Place } from "./source.ts";

/** A value of an answer, and what of it breaks its schema. */
export interface Value {
  readonly value: unknown;
  readonly errors: readonly ErrorObject[];
}

/** How a value is made up. */
export interface Wish {
  /** Whether it is made up afresh each time, or always the same. */
  readonly dynamic: boolean;
  /** The same values each time that it is the same. */
  readonly seed?: string | undefined;
}

/** A value that the document gives, without the members that do not go in its direction. */
export function givenValue(value: unknown, schema: Place, schemas: Schemas, direction: Direction): Value {
  const kept = schemas.strip(value, schema, direction);
  return { value: kept, errors: schemas.validator(schema, direction).errors(kept) };
}

/**
 * The value that Prism makes up, mended where it breaks its schema.
 *
 * @param operation of which the schema is
 * @param schema as the operation has it
 * @param place where it stands in the document
 */
export function madeUpValue(
  operation: HttpOperation,
  schema: object,
  place: Place,
  schemas: Schemas,
  direction: Direction,
  wish: Wish,
): Value {
  const value = schemas.strip(makeUp(operation, schema, wish), place, direction);
  const validator = schemas.validator(place, direction);
  const errors = value === undefined ? undefined : validator.errors(value);
  if (errors?.length === 0) return { value, errors };
  const mended = mend(validator, value === undefined ? fittingValue(validator, [validator.schema], 0) : value);
  return { value: mended, errors: validator.errors(mended) };
}

/** @returns `undefined` where Prism can make nothing of a schema */
function makeUp(operation: HttpOperation, schema: object, { dynamic, seed }: Wish): unknown {
  const value = dynamic ? anew(operation, schema, seed) : undefined;
  const made = value === undefined ? sample(operation, schema) : value;
  // Prism's values may share parts with the document, and have members that are `undefined`.
  return made === undefined ? undefined : readJson(writeJson(made));
}

/** The random values of Prism start from the seed, and then again from chance: Prism would keep to the seed. */
function anew(operation: HttpOperation, schema: object, seed: string | undefined): unknown {
  const { generate, resetGenerator } = prism.generator;
  if (seed) prism.faker.seed([...seed].map((character) => character.codePointAt(0)!));
  const { __bundled__: bundled } = operation;
  const result = generate(operation, bundled, schema, seed);
  if (seed) {
    resetGenerator();
    prism.faker.seed();
  }
  // A schema without a type comes back as it is.
  const isSchema = "right" in result && isObject(result.right) && "__bundled__" in result.right;
  return "right" in result && !isSchema ? result.right : undefined;
}

function sample(operation: HttpOperation, schema: object): unknown {
  try {
    return prism.sample(schema, operation);
  } catch {
    // It has too many parts, or keywords of other kinds than Prism takes them to be.
    return undefined;
  }
}
