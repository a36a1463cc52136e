/**
 * Whether an answer is what the document describes, as far as a caller depends on it. A member is there when it is a
 * property of its own, also with the value null.
 */
export type Proof = (data: any) => boolean;

/**
 * All of these members are there.
 *
 * @param paths names of members, or lists of names that lead to one further down
 * @example
 * hasAll("id", ["account", "id"])
 */
export const hasAll =
  (...paths: (string | readonly string[])[]): Proof =>
  (data) =>
    paths.every((path) => [path].flat().every((name) => has(data, name) && ((data = data[name]), true)));

/** It is an object, and at least one of these members is there. */
export const hasAny =
  (...names: string[]): Proof =>
  (data) =>
    isObject(data) && names.some((name) => has(data, name));

/** It is an object, and neither a list nor null. */
export const isObject: Proof = (data) => typeof data === "object" && data !== null && !Array.isArray(data);

/** It is a list. */
export const isList: Proof = (data) => Array.isArray(data);

/** It is null, or what another proof says. */
export const orNull =
  (proof: Proof): Proof =>
  (data) =>
    data === null || proof(data);

/** One of several proofs says so, where several successes are described. */
export const either =
  (...proofs: Proof[]): Proof =>
  (data) =>
    proofs.some((proof) => proof(data));

function has(data: any, name: string): boolean {
  return data != null && Object.hasOwn(data, name);
}
