/** Pieces of TypeScript source. */

/** The first lines of each generated file. */
export const header = `// Generated from spec/openapi.yaml. Do not edit: change the spec and build.\n\n`;

/** The name of a property. In brackets, `__proto__` is a property as any other. */
export function key(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** A value of JSON: as a type, and as code. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one)}`);
  return members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
}

/** An object, as code; members without source are left out. */
export function objectOf(members: Record<string, string | false | undefined>): string {
  const found = Object.entries(members).flatMap(([name, source]) => (source ? `${key(name)}: ${source}` : []));
  return found.length > 0 ? `{ ${found.join(", ")} }` : "{}";
}

/** Lists by what their items have in common, in the order of the first. */
export function groups<Key, Item>(items: Item[], keyOf: (item: Item) => Key): [Key, Item[]][] {
  const found = new Map<Key, Item[]>();
  for (const item of items) {
    const known = found.get(keyOf(item));
    if (known) known.push(item);
    else found.set(keyOf(item), [item]);
  }
  return [...found];
}

/** Moves all lines but the first to the right. */
export function indent(source: string): string {
  return source.replaceAll(/\n(?=.)/g, "\n  ");
}

/** A doc comment, with its line break; nothing when there is nothing to say. */
export function comment(...paragraphs: (string | undefined)[]): string {
  const text = paragraphs
    .flatMap((paragraph) => paragraph?.trim() || [])
    .join("\n\n")
    .replaceAll("*/", "*\\/");
  if (!text) return "";
  if (!/[\r\n]/.test(text)) return `/** ${text} */\n`;
  const lines = text.split(/\r?\n|\r/).map((line) => ` * ${line}`.trimEnd());
  return `/**\n${lines.join("\n")}\n */\n`;
}

/** Members in braces, each on lines of its own. */
export function block(members: string[], separator = "\n"): string {
  return members.length === 0 ? "{}" : `{\n  ${indent(members.join(separator))}\n}`;
}

/** The members of an object's type, each as source that ends with a semicolon; in one line if it is short. */
export function braces(members: string[]): string {
  const line = `{ ${members.join(" ").replace(/;$/, "")} }`;
  return members.length > 0 && line.length <= 100 && !line.includes("\n") ? line : block(members);
}

/** A type that is one of several. */
export function union(members: string[]): string {
  const distinct = [...new Set(members)];
  if (distinct.includes("unknown")) return "unknown";
  const line = distinct.join(" | ");
  if (distinct.length < 2 || line.length <= 100) return line || "never";
  return distinct.map((member) => `\n  | ${indent(member)}`).join("");
}
