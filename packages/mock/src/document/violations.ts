import type { ErrorObject } from "ajv";
import type { Marks } from "./copies.ts";
import { comparePositions, type Fields } from "./fields.ts";
import { at, keysOf } from "./pointer.ts";
import { type Violation, word, wrongFit, wrongMark, wrongType } from "./wording.ts";

/** How many errors of a value, or of a branch of a union, are put into words: about the first that are found. */
const MOST_ERRORS = 1_000;

/**
 * Says what is wrong with a value, in the order in which its schema declares the fields.
 *
 * @param errors of Ajv, those of branches within that of their union
 */
export function explain(errors: readonly ErrorObject[], value: unknown, fields: Fields): Violation[] {
  const violations = withoutWrongTypes(collect(errors, value));
  if (violations.length === 1) return violations;
  const positions = violations.map(({ keys }) => fields.positionOf(keys));
  const compare = (one: number, other: number) => comparePositions(positions[one]!, positions[other]!);
  const isInOrder = violations.every((_, index) => index === 0 || compare(index - 1, index) <= 0);
  const sorted = isInOrder ? violations : [...violations.keys()].toSorted(compare).map((index) => violations[index]!);
  // Schemas that apply together may ask for the same.
  return sorted.filter((violation, index) => index === 0 || !isSame(violation, sorted[index - 1]!));
}

/** A value of the wrong type breaks other rules too; only the type helps. */
function withoutWrongTypes(violations: Violation[]): Violation[] {
  if (!violations.some(({ keyword }) => keyword === "type")) return violations;
  const wrong = new Set(violations.filter(({ keyword }) => keyword === "type").map(pointer));
  return violations.filter((violation) => violation.keyword === "type" || !wrong.has(pointer(violation)));
}

function isSame(one: Violation, other: Violation): boolean {
  return one.message === other.message && one.keys.length === other.keys.length && pointer(one) === pointer(other);
}

function pointer({ keys }: Violation): string {
  return JSON.stringify(keys);
}

function collect(errors: readonly ErrorObject[], value: unknown): Violation[] {
  const violations: Violation[] = [];
  for (const error of errors) {
    if (violations.length >= MOST_ERRORS) break;
    const { keyword } = error;
    const keys = keysOf(error.instancePath);
    if (keyword === "oneOf" || keyword === "anyOf") violations.push(...violationsOfUnion(error, keys, value));
    // It only repeats that what it applies was broken.
    else if (keyword !== "propertyNames") violations.push(violationOf(error, keys, at(value, keys)));
  }
  return violations;
}

function violationOf(error: ErrorObject, path: string[], sent: unknown): Violation {
  const { keyword, params, propertyName } = error;
  // Ajv names these fields in its parameters alone.
  const named: unknown =
    params["missingProperty"] ?? params["additionalProperty"] ?? params["unevaluatedProperty"] ?? propertyName;
  const keys = named === undefined ? path : [...path, String(named)];
  return { keys, keyword, ...word(error, { value: sent }) };
}

/** Of a value that fits no branch of a union, or too many of them, says what is wrong with it. */
function violationsOfUnion({ params }: ErrorObject, keys: string[], value: unknown): Violation[] {
  const unfit = (forms: "none" | "more than one") => [{ keys, message: wrongFit(forms), keyword: "oneOf" }];
  if (params["passing"] > 0) return unfit("more than one");
  const discriminator = params["discriminator"] as Marks | undefined;
  const marked = discriminator?.branchOf.get(String(at(value, [...keys, discriminator.property])));
  if (marked !== undefined) return collect(params["branches"][marked], value);
  const all = (params["branches"] as ErrorObject[][]).map((errors) => collect(errors, value));
  const possible = all.filter((refusal) => !refusal.some((one) => one.keyword === "false schema" && isOf(keys, one)));
  const refusals = possible.length > 0 ? possible : all;

  // A branch is not meant when the value is of another type, or a field of it has the value that marks another branch.
  const marks = refusals.map((refusal) =>
    refusal.find((violation) =>
      violation.keyword === "type"
        ? isOf(keys, violation)
        : isChoice(violation) && violation.keys.length <= keys.length + 1,
    ),
  );
  const likely = refusals.filter((_, branch) => marks[branch] === undefined);
  // One that requires what the value has is nearer than one that requires what it lacks.
  const isComplete = (refusal: Violation[]) => !refusal.some((one) => one.keyword === "required" && isOf(keys, one, 1));
  const complete = likely.filter(isComplete);
  const meant = complete.length > 0 ? complete : likely;
  if (meant.length === 1) return meant[0]!;
  if (meant.length > 1) {
    const texts = meant.map((refusal) => new Set(refusal.map((violation) => JSON.stringify(violation))));
    const shared = meant[0]!.filter((violation) => texts.every((text) => text.has(JSON.stringify(violation))));
    return shared.length > 0 ? shared : unfit("none");
  }
  const [first, ...others] = marks as [Violation, ...Violation[]];
  const isAlike = others.every((mark) => pointer(mark) === pointer(first) && isChoice(mark) === isChoice(first));
  if (!isAlike) return unfit("none");
  const expected = [...new Set([first, ...others].flatMap((mark) => mark.expected!))];
  const sent = { value: at(value, first.keys) };
  return [{ ...first, message: isChoice(first) ? wrongMark(expected) : wrongType(expected, sent) }];
}

/** Whether a violation is of the value that keys lead to, or so many levels below. */
function isOf(keys: readonly string[], violation: Violation, below = 0): boolean {
  return violation.keys.length === keys.length + below;
}

function isChoice({ keyword }: Violation): boolean {
  return keyword === "const" || keyword === "enum";
}
