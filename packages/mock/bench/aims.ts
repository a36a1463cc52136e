import { median } from "@spherepay/testing/table";

/** An aim that is a lower bound, and whether it is met. */
export function atLeast(value: number, least: number): string {
  return `at least ${least}: ${value >= least ? "met" : "MISSED"}`;
}

/** An aim that is an upper bound, and whether it is met. */
export function atMost(value: number, most: number): string {
  return `at most ${most}: ${value <= most ? "met" : "MISSED"}`;
}

/** The median of what is measured in a round divided by the other's of the same round. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / others[round]!));
}
