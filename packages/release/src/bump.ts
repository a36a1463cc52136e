/** How far a version moves. */
export type Bump = "major" | "minor" | "patch" | "none";

const order: Bump[] = ["none", "patch", "minor", "major"];

/** The larger one; `none` of none. */
export function largest(bumps: Bump[]): Bump {
  return bumps.reduce((one, other) => (isSmaller(one, other) ? other : one), "none");
}

/** Whether the first bump promises less than the second. */
export function isSmaller(one: Bump, other: Bump): boolean {
  return order.indexOf(one) < order.indexOf(other);
}

/**
 * The bump that says the same below 1.0, where npm's caret takes 0.1.2 for 0.1.1 and never 0.2.0: what breaks is minor,
 * and what adds is a patch. (https://docs.npmjs.com/cli/configuring-npm/package-json, "Caret ranges")
 *
 * @param bump what it is from 1.0 on
 * @param version version of the last release
 */
export function bumpAt(version: string, bump: Bump): Bump {
  if (!version.startsWith("0.")) return bump;
  return bump === "major" ? "minor" : bump === "minor" ? "patch" : bump;
}

/** Whether a release with this bump may break its users: npm's caret does not take it by itself. */
export function isBreaking(version: string, bump: Bump): boolean {
  return !isSmaller(bump, bumpAt(version, "major"));
}
