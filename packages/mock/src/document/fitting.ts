import { isDeepStrictEqual } from "node:util";
import { writeJson } from "./json.ts";
import { compilePattern } from "./keywords.ts";
import { chooser, matching } from "./matching.ts";
import { isObject } from "./pointer.ts";
import type { Validator } from "./schemas.ts";

/** A schema in plain JSON Schema 2020-12, as a validator's copies are. */
type Schema = Record<string, unknown>;

/** Objects that lead back to themselves end here: what would be deeper is left out. */
const MAX_DEPTH = 12;
/** Nothing with more items, members or characters is made, whatever a schema asks for. */
const MAX_SIZE = 10_000;

/** What values look like by their format, each followed by others for other variants. */
const FORMATS: Readonly<Record<string, (variant: number) => string>> = {
  date: (variant) => day(variant).slice(0, 10),
  "date-time": day,
  time: (variant) => day(variant).slice(11),
  duration: (variant) => `P${variant + 1}D`,
  email: (variant) => `user${variant || ""}@example.com`,
  "idn-email": (variant) => `user${variant || ""}@example.com`,
  hostname: (variant) => `host${variant || ""}.example.com`,
  "idn-hostname": (variant) => `host${variant || ""}.example.com`,
  ipv4: (variant) => `192.0.2.${variant % 256}`,
  ipv6: (variant) => `2001:db8::${variant.toString(16)}`,
  uri: (variant) => `https://example.com/${variant || ""}`,
  url: (variant) => `https://example.com/${variant || ""}`,
  "uri-reference": (variant) => `/${variant || ""}`,
  iri: (variant) => `https://example.com/${variant || ""}`,
  "iri-reference": (variant) => `/${variant || ""}`,
  "uri-template": (variant) => `https://example.com/{id}/${variant || ""}`,
  uuid: (variant) => `00000000-0000-4000-8000-${variant.toString(16).padStart(12, "0")}`,
  "json-pointer": (variant) => `/${variant || ""}`,
  "relative-json-pointer": (variant) => `${variant}`,
  regex: (variant) => `^${variant || ""}$`,
  byte: (variant) => Buffer.from(String(variant)).toString("base64"),
  int64: String,
  int32: String,
};

/** The types of a schema that names none, by the keywords that are about a type. */
const TYPES_BY_KEYWORD: readonly (readonly [type: string, keywords: RegExp])[] = [
  ["object", /^(?:properties|required|.*Properties|propertyNames|dependentRequired)$/],
  ["array", /^(?:items|.*Items|contains|.*Contains)$/],
  ["number", /^(?:multipleOf|minimum|maximum|exclusiveM.*)$/],
  ["string", /^(?:pattern|format|.*Length)$/],
];
const ALL_TYPES = ["string", "integer", "object", "array", "boolean", "null"];

/**
 * Makes a value that fits schemas, all of them at once: as little as they ask for, and always the same for the same
 * variant. Other variants come to other branches, types and texts.
 *
 * It knows what most schemas say, but not `not`, `unevaluated…` and what formats mean beside patterns: whether a value
 * really fits is for the validator to say.
 *
 * @param validator whose copies the schemas are
 * @returns `undefined` where no value comes to mind
 * @example
 * fittingValue(validator, [{ type: "integer", minimum: 3, multipleOf: 2 }], 0); // 4
 */
export function fittingValue(validator: Validator, schemas: readonly unknown[], variant: number): unknown {
  return new Fitting(validator, variant).value(schemas, 0);
}

/**
 * The schemas that apply to a part of a value: those of all branches, whichever of them count.
 *
 * @param keys the way to the part, from the root of what the validator checks
 */
export function schemasAt(validator: Validator, keys: readonly string[]): unknown[] {
  let schemas: unknown[] = [validator.schema];
  for (const key of keys) {
    const whole = expand(validator, schemas);
    const items = /^\d+$/.test(key) ? [...itemSchemas(whole, Number(key)), ...valuesOf(whole, "contains")] : [];
    schemas = [...memberSchemas(whole, key), ...items];
  }
  return schemas;
}

/** A schema and those that apply to the same value, in each of its branches. */
function expand({ target }: Validator, schemas: readonly unknown[]): Schema[] {
  const found = new Set<Schema>();
  const visit = (schema: unknown): void => {
    if (!isObject(schema) || found.has(schema)) return;
    found.add(schema);
    const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema;
    if (typeof $ref === "string") visit(target($ref));
    for (const part of [allOf, anyOf, oneOf, then, otherwise].flat()) visit(part);
  };
  schemas.forEach(visit);
  return [...found];
}

/** What schemas that apply together say of a member. */
function memberSchemas(schemas: readonly Schema[], name: string): unknown[] {
  const found = schemas.flatMap(({ properties, patternProperties, additionalProperties }) => {
    const patterned = Object.entries(patternProperties ?? {}).filter(([pattern]) => isMatch(pattern, name));
    const known = patterned.map(([, part]): unknown => part);
    if (isObject(properties) && Object.hasOwn(properties, name)) known.unshift(properties[name]);
    return known.length === 0 && additionalProperties !== undefined ? [additionalProperties] : known;
  });
  return found.length > 0 ? found : valuesOf(schemas, "unevaluatedProperties");
}

/** What schemas that apply together say of an item. */
function itemSchemas(schemas: readonly Schema[], index: number): unknown[] {
  const found = schemas.flatMap(({ prefixItems, items }) => {
    if (Array.isArray(prefixItems) && index < prefixItems.length) return [prefixItems[index]];
    return items === undefined ? [] : [items];
  });
  return found.length > 0 ? found : valuesOf(schemas, "unevaluatedItems");
}

/** What schemas have under a keyword. */
function valuesOf(schemas: readonly Schema[], keyword: string): unknown[] {
  return schemas.filter((schema) => Object.hasOwn(schema, keyword)).map((schema) => schema[keyword]);
}

/** The making of one value. */
class Fitting {
  readonly #validator: Validator;
  readonly #choose: (count: number) => number;

  constructor(validator: Validator, variant: number) {
    this.#validator = validator;
    this.#choose = chooser(variant);
  }

  value(parts: readonly unknown[], depth: number): unknown {
    if (depth > MAX_DEPTH) return undefined;
    const schemas = new Set<Schema>();
    if (!parts.every((part) => this.#gather(part, schemas))) return undefined;
    const asked = new Asked([...schemas]);
    const closed = asked.closedValues();
    if (closed) return closed.length > 0 ? closed[this.#choose(closed.length)] : undefined;
    const types = asked.types();
    if (types.length === 0) return undefined;
    switch (types[this.#choose(types.length)]) {
      case "object":
        return this.#object(asked, depth);
      case "array":
        return this.#array(asked, depth);
      case "string":
        return this.#string(asked);
      case "integer":
        return this.#number(asked, [1]);
      case "number":
        return this.#number(asked, []);
      case "boolean":
        return this.#choose(2) === 0;
      case "null":
        return null;
      default:
        return undefined;
    }
  }

  /** Finds what applies beside a schema, with one branch of each union. @returns whether anything can fit */
  #gather(schema: unknown, found: Set<Schema>): boolean {
    if (!isObject(schema)) return schema !== false;
    if (found.has(schema)) return true;
    found.add(schema);
    const parts: unknown[] = [];
    const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise } = schema;
    if (typeof $ref === "string") parts.push(this.#validator.target($ref));
    if (Array.isArray(allOf)) parts.push(...allOf);
    for (const branches of [anyOf, oneOf]) {
      if (Array.isArray(branches)) parts.push(branches[this.#choose(branches.length)]);
    }
    if (condition !== undefined) parts.push(...(this.#choose(2) === 0 ? [condition, then] : [otherwise]));
    return parts.every((part) => this.#gather(part, found));
  }

  #object(asked: Asked, depth: number): unknown {
    const made: Record<string, unknown> = {};
    const add = (name: string): boolean => {
      if (Object.hasOwn(made, name)) return true;
      const value = this.value(asked.member(name), depth + 1);
      if (value === undefined) return false;
      Object.defineProperty(made, name, { value, enumerable: true, writable: true, configurable: true });
      return asked.requiredBeside(name).every(add);
    };
    const least = asked.greatest("minProperties", 0);
    if (least > MAX_SIZE || !asked.required().every(add)) return undefined;
    // What tells it from the values of other branches may be what no branch requires.
    const wanted =
      this.#choose(2) === 0 ? least : Math.min(asked.names().length, asked.least("maxProperties", Infinity));
    const names = [...asked.names(), ...this.#newNames(asked, least)];
    for (const name of names) if (Object.keys(made).length < Math.max(least, wanted)) add(name);
    return made;
  }

  /** Names for members that no schema names. */
  #newNames(asked: Asked, count: number): string[] {
    const patterns = asked.all("patternProperties").flatMap((patterned) => Object.keys(patterned as object));
    return Array.from({ length: count }, (_, index) => {
      const wanted = { minLength: 1, maxLength: Infinity, variant: index };
      const name = patterns.length > 0 ? matching(patterns[0]!, wanted) : undefined;
      const rules = asked.all("propertyNames");
      const ruled = rules.length > 0 ? fittingValue(this.#validator, [{ type: "string" }, ...rules], index) : undefined;
      return name ?? (typeof ruled === "string" ? ruled : `property${index + 1}`);
    });
  }

  #array(asked: Asked, depth: number): unknown {
    const contained = asked.all("contains");
    const contains = contained.length > 0 ? asked.greatest("minContains", 1) : 0;
    const tuple = Math.max(0, ...asked.all("prefixItems").map((items) => (items as unknown[]).length));
    const most = asked.least("maxItems", Infinity);
    const least = Math.max(asked.greatest("minItems", 0), contains);
    const length = Math.max(least, Math.min(tuple, most), Math.min(this.#choose(2), most));
    if (least > MAX_SIZE) return undefined;
    const isUnique = asked.all("uniqueItems").includes(true);
    const made: unknown[] = [];
    const known = new Set<string>();
    // As many as it takes to get past those that are equal to others.
    for (let variant = 0; made.length < length && variant < length * 4; variant++) {
      const schemas = [...asked.item(made.length), ...(made.length < contains ? contained : [])];
      const maker = isUnique ? new Fitting(this.#validator, variant) : this;
      const item = maker.value(schemas, depth + 1);
      if (item === undefined) break;
      const key = isUnique ? writeJson(item) : String(variant);
      if (!known.has(key)) made.push(item);
      known.add(key);
    }
    return made.length < least ? undefined : made;
  }

  #string(asked: Asked): unknown {
    const minLength = asked.greatest("minLength", 0);
    const maxLength = asked.least("maxLength", Infinity);
    const fits = (text: string | undefined): text is string =>
      text !== undefined &&
      [...text].length >= minLength &&
      [...text].length <= maxLength &&
      asked.all("pattern").every((pattern) => isMatch(String(pattern), text));
    if (minLength > MAX_SIZE) return undefined;
    const variant = this.#choose(MAX_SIZE);
    const formats = asked.all("format").map((format) => FORMATS[String(format)]?.(variant));
    const patterned = asked
      .all("pattern")
      .map((pattern) => matching(String(pattern), { minLength, maxLength, variant }));
    const plain = `string${variant || ""}`.padEnd(minLength, "a");
    return [...formats, ...patterned, plain, plain.slice(Math.max(plain.length - maxLength, 0))].find(fits);
  }

  #number(asked: Asked, steps: readonly number[]): unknown {
    const multiples = [...steps, ...asked.all("multipleOf").map(Number)];
    const low = asked.greatest("minimum", -Infinity);
    const above = asked.greatest("exclusiveMinimum", -Infinity);
    const high = asked.least("maximum", Infinity);
    const below = asked.least("exclusiveMaximum", Infinity);
    const fits = (value: number) =>
      value >= low &&
      value > above &&
      value <= high &&
      value < below &&
      multiples.every((step) => Number.isInteger(Number((value / step).toPrecision(15))));
    const bottom = Math.max(low, above);
    const top = Math.min(high, below);
    const start = bottom > -Infinity ? bottom : Math.min(0, top);
    const variant = this.#choose(MAX_SIZE);
    if (multiples.length === 0) {
      return [start + variant, start + variant + 1, start + (top - start) / (variant + 2), top, top - variant].find(
        fits,
      );
    }
    const step = Math.max(...multiples);
    const first = Math.ceil(Number((start / step).toPrecision(15)));
    let left = variant;
    for (let count = 0; count < 2 * MAX_SIZE; count++) {
      const value = Number(((first + count) * step).toPrecision(15));
      // Where nothing is below, it may be that what fits is.
      const found = [value, ...(bottom === -Infinity ? [Number(((first - count) * step).toPrecision(15))] : [])].find(
        fits,
      );
      if (found === undefined) continue;
      if (left === 0) return found;
      left--;
    }
    return undefined;
  }
}

/** What schemas ask for together. */
class Asked {
  readonly #schemas: readonly Schema[];

  constructor(schemas: readonly Schema[]) {
    this.#schemas = schemas;
  }

  /** What they have under a keyword. */
  all(keyword: string): unknown[] {
    return valuesOf(this.#schemas, keyword);
  }

  greatest(keyword: string, otherwise: number): number {
    return Math.max(otherwise, ...this.all(keyword).map(Number));
  }

  least(keyword: string, otherwise: number): number {
    return Math.min(otherwise, ...this.all(keyword).map(Number));
  }

  /** The values that `const` and `enum` leave; `undefined` where there is neither. */
  closedValues(): unknown[] | undefined {
    const lists = [...this.all("const").map((value) => [value]), ...(this.all("enum") as unknown[][])];
    const [first, ...others] = lists;
    return first?.filter(
      (value) =>
        this.#allows(typeOf(value)) && others.every((list) => list.some((other) => isDeepStrictEqual(other, value))),
    );
  }

  /** The likeliest first. */
  types(): string[] {
    const named = this.all("type").length > 0;
    const told = TYPES_BY_KEYWORD.filter(([, keywords]) =>
      this.#schemas.some((schema) => Object.keys(schema).some((keyword) => keywords.test(keyword))),
    ).map(([type]) => type);
    const order = named ? [this.all("type")[0]].flat().map(String) : [...told, ...ALL_TYPES];
    const types = [...new Set(order.flatMap((type) => (type === "number" ? ["number", "integer"] : type)))];
    const allowed = types.filter((type) => this.#allows(type));
    // A number may be a whole one, which needs no mention of its own.
    const shown = allowed.filter((type) => type !== "integer" || !allowed.includes("number"));
    return [...shown.filter((type) => type !== "null"), ...shown.filter((type) => type === "null")];
  }

  #allows(type: string): boolean {
    return this.all("type").every((types) => {
      const allowed = new Set<unknown>([types].flat());
      return allowed.has(type) || (type === "integer" && allowed.has("number"));
    });
  }

  required(): string[] {
    return [...new Set(this.all("required").flat() as string[])];
  }

  /** What `dependentRequired` asks for beside a member. */
  requiredBeside(name: string): string[] {
    return this.all("dependentRequired").flatMap((names) =>
      isObject(names) && Object.hasOwn(names, name) ? (names[name] as string[]) : [],
    );
  }

  /** The names of members that a schema has. */
  names(): string[] {
    return this.all("properties").flatMap((properties) => Object.keys(properties as object));
  }

  member(name: string): unknown[] {
    return memberSchemas(this.#schemas, name);
  }

  item(index: number): unknown[] {
    return itemSchemas(this.#schemas, index);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value === "bigint" ? "integer" : typeof value;
}

function isMatch(pattern: string, text: string): boolean {
  return compilePattern(pattern)?.test(text) ?? true;
}

function day(variant: number): string {
  return new Date(Date.UTC(2026, 0, 1 + variant)).toISOString().replace(".000", "");
}
