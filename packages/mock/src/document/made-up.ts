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
interface Wish {
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
  const value = dynamic ? attempt(() => prism.makeUp(schema, operation, seed)) : undefined;
  // A schema without a type comes back as it is.
  const isValue = value !== undefined && !(isObject(value) && "__bundled__" in value);
  const made = isValue ? value : attempt(() => prism.sample(schema, operation));
  // Prism's values may share parts with the document, and have members that are `undefined`.
  return made === undefined ? undefined : readJson(writeJson(made));
}

/** Prism throws at schemas that are too large, and at keywords that are not what it takes them for. */
function attempt(make: () => unknown): unknown {
  try {
    return make();
  } catch {
    return undefined;
  }
}
