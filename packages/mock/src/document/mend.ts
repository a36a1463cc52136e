import type { ErrorObject } from "ajv";
import { fittingValue, schemasAt } from "./fitting.ts";
import { at, isObject, keysOf } from "./pointer.ts";
import type { Validator } from "./schemas.ts";

/** How often a value is checked while it is mended, at most. */
const MAX_CHECKS = 2_000;
/** How many values are tried in the place of one. */
const VARIANTS = 24;

/**
 * Changes as much of a value as its validator finds wrong, so that it fits.
 *
 * @param value is left as it is
 * @returns what fits, or what is least wrong of all that was tried
 * @example
 * mend(validator, { id: "x", amount: 0 }); // { id: "x", amount: 0.01 }, where amounts are above 0
 */
export function mend(validator: Validator, value: unknown): unknown {
  let checks = 0;
  let best = judge(validator, value);

  /** Takes the first change that leaves less wrong. */
  const improve = (changes: Iterable<unknown>): boolean => {
    for (const changed of changes) {
      if (checks++ > MAX_CHECKS) return false;
      const judged = judge(validator, changed);
      if (judged.wrong >= best.wrong) continue;
      best = judged;
      return true;
    }
    return false;
  };

  const isImproved = (): boolean => {
    const { value: current } = best;
    const places = flat(best.errors).map((error) => ({ error, keys: keysOf(error.instancePath) }));
    return (
      places.some(({ error, keys }) => improve(repairs(validator, current, error, keys))) ||
      // What is around it may have to be another, up to the whole.
      places.some(({ keys }) => keys.some((_, up) => improve(others(validator, current, keys.slice(0, -up - 1)))))
    );
  };

  while (best.wrong > 0 && isImproved());
  return best.value;
}

interface Judged {
  readonly value: unknown;
  readonly errors: readonly ErrorObject[];
  /** How much that is. */
  readonly wrong: number;
}

function judge(validator: Validator, value: unknown): Judged {
  const errors = validator.errors(value);
  return { value, errors, wrong: weightOf(errors) };
}

/** How much is wrong: of a union, what is wrong with the branch that comes nearest. */
function weightOf(errors: readonly ErrorObject[]): number {
  return errors.reduce((sum, error) => {
    const branches = branchesOf(error).filter((branch) => branch.length > 0);
    return sum + 1 + (branches.length > 0 ? Math.min(...branches.map(weightOf)) : 0);
  }, 0);
}

/** All errors, those of the nearest branches of unions first. */
function flat(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.flatMap((error) => {
    const branches = branchesOf(error).toSorted((one, other) => weightOf(one) - weightOf(other));
    return [...branches.flatMap(flat), error];
  });
}

function branchesOf({ params }: ErrorObject): ErrorObject[][] {
  return ((params["branches"] ?? []) as (ErrorObject[] | undefined)[]).filter((branch) => branch !== undefined);
}

/** Values with one error less, it may be: the smallest changes first. */
function* repairs(validator: Validator, value: unknown, error: ErrorObject, keys: string[]): Iterable<unknown> {
  const here = at(value, keys);
  const { params } = error;
  const extra: unknown = params["additionalProperty"] ?? params["unevaluatedProperty"] ?? params["propertyName"];
  if (typeof extra === "string") yield without(value, [...keys, extra]);
  const missing: unknown = params["missingProperty"];
  if (typeof missing === "string") yield* others(validator, value, [...keys, missing]);
  if (Array.isArray(here)) {
    if (error.keyword === "uniqueItems") {
      const again = String(params["i"]);
      yield without(value, [...keys, again]);
      yield* others(validator, value, [...keys, again]);
    }
    yield* others(validator, value, [...keys, String(here.length)]);
    const limit: unknown = params["limit"] ?? params["len"];
    if (typeof limit === "number" && limit < here.length) yield put(value, keys, here.slice(0, limit));
  }
  yield* others(validator, value, keys);
  if (keys.length > 0) yield without(value, keys);
}

/** Values with other ones in one place. */
function* others(validator: Validator, value: unknown, keys: readonly string[]): Iterable<unknown> {
  const schemas = schemasAt(validator, keys);
  const here = at(value, keys);
  // All that may apply together, and then each branch by itself.
  const sets = schemas.length > 1 ? [schemas, ...schemas.map((schema) => [schema])] : [schemas];
  for (const set of sets) {
    for (let variant = 0; variant < VARIANTS; variant++) {
      const made = fittingValue(validator, set, variant);
      if (made === undefined) continue;
      if (isPlain(here) && isPlain(made)) yield put(value, keys, { ...here, ...made });
      yield put(value, keys, made);
    }
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

/** The value with another in one place. */
function put(value: unknown, [key, ...keys]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.toSpliced(Number(key), 1, put(value[Number(key)], keys, replacement));
  const members = isObject(value) ? value : {};
  const child = Object.hasOwn(members, key) ? members[key] : undefined;
  return Object.fromEntries([...Object.entries(members), [key, put(child, keys, replacement)]]);
}

/** The value without one of its parts. */
function without(value: unknown, [key, ...keys]: readonly string[]): unknown {
  if (!isObject(value) || key === undefined) return value;
  if (Array.isArray(value)) {
    return keys.length > 0
      ? value.with(Number(key), without(value[Number(key)], keys))
      : value.toSpliced(Number(key), 1);
  }
  const entries = Object.entries(value);
  return Object.fromEntries(
    keys.length > 0
      ? entries.map(([name, child]) => [name, name === key ? without(child, keys) : child])
      : entries.filter(([name]) => name !== key),
  );
}
