export function printTable(title: string, head: string[], rows: (string | number)[][], note: string): void {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  console.log(`\n${title}`);
  for (const line of lines) {
    const cells = line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)));
    console.log(`  ${cells.join("  ")}`);
  }
  console.log(`  (${note})`);
}

/** Value at a share of the sorted values. */
export function quantile(values: number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)]!;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** What is measured in a round is divided by the other's of the same round: median, and quartiles in brackets. */
export function ratio(values: number[], others: number[]): string {
  const ratios = values.map((value, round) => value / others[round]!);
  return `${show(median(ratios))} (${show(quantile(ratios, 0.25))}-${show(quantile(ratios, 0.75))})`;
}

function show(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

/**
 * A table of Markdown as oxfmt lays it out.
 *
 * @example
 * markdownTable(["Runtime", "Version"], [["Bun", "1.4.5"]]);
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[], fill = " ") =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |`;
  const rule = head.map(() => "");
  return [line(head), line(rule, "-"), ...rows.map((row) => line(row))].join("\n");
}
