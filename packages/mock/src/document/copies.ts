import { type Direction, InPlace } from "./in-place.ts";
import {
  compilePattern,
  type Dialect,
  dialectOf,
  JSON_SCHEMA_2020,
  KEYWORDS,
  OPENAPI_30,
  readKeywords,
} from "./keywords.ts";
import { fragmentKeys, isObject, pointerOf } from "./pointer.ts";
import { child, type Place } from "./place.ts";
import type { Source } from "./source.ts";

/** A plain copy of a schema, in JSON Schema 2020-12. Each `$ref` in it is the name of another copy. */
export interface Copy {
  readonly name: string;
  schema: Record<string, unknown> | boolean;
  /** What of the schema is not in the copy: a sentence each. */
  readonly warnings: string[];
  /** Those that it refers to. */
  readonly uses: Set<Copy>;
  /** Whether it names a member that every object of JavaScript has, such as `toString`. */
  namesInherited: boolean;
}

/** What a `discriminator` says: by the values of a property, the indexes of branches. */
export interface Marks {
  readonly property: string;
  readonly branchOf: ReadonlyMap<string, number>;
}

/** Where a `$dynamicRef` comes to, by the name of its anchor: in the outermost of the resources that led here. */
interface Scope {
  readonly key: string;
  readonly anchors: ReadonlyMap<string, Place>;
}

/** What a schema is copied for. */
interface Context {
  readonly copy: Copy;
  readonly direction: Direction;
  readonly dialect: Dialect;
  readonly scope: Scope;
  /** The members that are not required here, whatever `required` says. */
  readonly letOff: ReadonlySet<string>;
  /** The schemas that apply to the same value, down to this one, each with the copy that it is in. */
  readonly inPlace: readonly { readonly schema: unknown; readonly copy: Copy }[];
}

/** Says something of a keyword of a schema: the end of a sentence. */
type Report = (keyword: string, says: string) => void;

const NO_SCOPE: Scope = { key: "", anchors: new Map() };
const NO_NAMES: ReadonlySet<string> = new Set();
// A condition asks for nothing, so it is read as it is written.
const CONDITIONS = new Set(["not", "if"]);

/** Takes schemas out of a document, each with all that it refers to, and each once. */
export class Copies {
  /** What of the document as a whole cannot be checked. */
  readonly warnings: readonly string[];
  readonly #source: Source;
  readonly #inPlace: InPlace;
  readonly #dialect: Dialect;
  readonly #byKey = new Map<string, Copy>();
  readonly #byName = new Map<string, Copy>();
  readonly #partial = new Set<Copy>();
  readonly #numbers = new WeakMap<object, number>();
  /** Where schemas have been met as parts of others. */
  readonly #met = new WeakMap<object, readonly string[]>();
  /** Schemas with a copy of their own. */
  readonly #own = new WeakSet<object>();
  #count = 0;

  constructor(source: Source, inPlace: InPlace) {
    this.#source = source;
    this.#inPlace = inPlace;
    const uri = source.root["jsonSchemaDialect"];
    const named = typeof uri === "string" ? dialectOf(uri) : JSON_SCHEMA_2020;
    this.#dialect = source.minor === 0 ? OPENAPI_30 : (named ?? JSON_SCHEMA_2020);
    this.warnings = source.minor === 0 || named ? [] : [unknownDialect("jsonSchemaDialect", String(uri))];
  }

  /** The copy of a schema as that of a whole value. */
  of(place: Place, direction: Direction): Copy {
    return this.#refer(place, {
      direction,
      scope: NO_SCOPE,
      letOff: this.#inPlace.flagged(place, direction),
      inPlace: [],
    });
  }

  /** The copy that a `$ref` in a copy names. */
  named(name: string): Copy | undefined {
    return this.#byName.get(name);
  }

  #refer(place: Place, from: Omit<Context, "copy" | "dialect">): Copy {
    const scope = this.#enter(place, from.scope);
    // The same copy does for all who let off what it does not require.
    const required = new Set(this.#inPlace.from(place).flatMap(namesRequired));
    const letOff = new Set([...from.letOff].filter((name) => required.has(name)).toSorted());
    const key = JSON.stringify([this.#keyOf(place), from.direction, [...letOff], scope.key]);
    const known = this.#byKey.get(key);
    if (known) return known;

    const name = `schema:${this.#byName.size + 1}`;
    const copy: Copy = { name, schema: true, warnings: [], uses: new Set(), namesInherited: false };
    this.#byKey.set(key, copy);
    this.#byName.set(name, copy);
    if (isObject(place.value)) this.#own.add(place.value);
    const schema = this.#copy(place, { ...from, copy, dialect: this.#dialectIn(place), scope, letOff });
    copy.schema = isObject(schema) ? { $id: name, ...schema } : schema;
    // It lacks what led to it, which must not be missing where something else leads to it.
    if (this.#partial.has(copy)) this.#byKey.delete(key);
    return copy;
  }

  /** That of the document, but where a file is a schema that says its own. */
  #dialectIn({ source: { root } }: Place): Dialect {
    if (!isObject(root) || root["openapi"] !== undefined || typeof root["$schema"] !== "string") return this.#dialect;
    return dialectOf(root["$schema"]) ?? this.#dialect;
  }

  #keyOf({ value, source, keys }: Place): string {
    if (!isObject(value)) return `${source.uri}#${pointerOf(keys)}`;
    if (!this.#numbers.has(value)) this.#numbers.set(value, ++this.#count);
    return String(this.#numbers.get(value));
  }

  #enter(place: Place, scope: Scope): Scope {
    const anchors = [...this.#source.dynamicAnchors(place)].filter(([name]) => !scope.anchors.has(name));
    if (anchors.length === 0) return scope;
    const keys = anchors.map(([name, anchor]) => `${name}=${this.#keyOf(anchor)}`);
    return { key: [scope.key, ...keys].join(" "), anchors: new Map([...scope.anchors, ...anchors]) };
  }

  #copy(place: Place, context: Context): Record<string, unknown> | boolean {
    const { value } = place;
    const { copy } = context;
    if (typeof value === "boolean") return value;
    if (!isObject(value) || Array.isArray(value)) {
      copy.warnings.push(`${this.#describe(place)} is not checked: it is no schema`);
      return true;
    }

    const report: Report = (keyword, says) => copy.warnings.push(`${keyword} at ${this.#describe(place)} ${says}`);
    const { $schema, $id } = value;
    const dialect = typeof $schema === "string" ? dialectOf($schema) : context.dialect;
    if (!dialect) copy.warnings.push(`${unknownDialect("$schema", String($schema))}, at ${this.#describe(place)}`);
    const here: Context = {
      ...context,
      dialect: dialect ?? JSON_SCHEMA_2020,
      scope: typeof $id === "string" ? this.#enter(place, context.scope) : context.scope,
      inPlace: [...context.inPlace, { schema: value, copy }],
    };

    const result: Record<string, unknown> = {};
    const alsoAll: unknown[] = [];
    for (const [name, { key, value: held }] of readKeywords(value, here.dialect, report)) {
      const { kind, isInPlace } = KEYWORDS[name]!;
      const part = (...keys: (string | number)[]) => {
        const inner = child(place, ...keys);
        if (!isInPlace) {
          const letOff = this.#inPlace.flagged(inner, here.direction);
          return this.#part(inner, { ...here, letOff, inPlace: [] });
        }
        return this.#part(inner, CONDITIONS.has(name) ? { ...here, letOff: NO_NAMES } : here);
      };
      if (name === "$ref" || name === "$dynamicRef") {
        const target = this.#follow(name, String(held), place, here, report);
        if (target !== undefined) alsoAll.push(target);
      } else if (kind === "map") {
        const members = Object.keys(held as object).map((member): [string, unknown] => [member, part(key, member)]);
        copy.namesInherited ||= members.some(([member]) => isInherited(member));
        if (name === "dependentSchemas") alsoAll.push(...members.map(([member, schema]) => ifHas(member, schema)));
        else result[name] = Object.fromEntries(members);
      } else if (kind === "schemas") {
        result[name] = (held as unknown[]).map((_, index) => part(key, index));
      } else if (kind === "schema") {
        result[name] = part(key);
      } else {
        result[name] = plain(held);
      }
    }
    this.#require(result, here);
    const marks = marksOf(value);
    if (marks) result["discriminator"] = marks;
    dropPatterns(result, report);
    moveProto(result);
    // Alone it is compiled to a mere call.
    const [first] = alsoAll;
    if (alsoAll.length === 1 && isObject(first) && "$ref" in first) Object.assign(result, first);
    else if (alsoAll.length > 0) result["allOf"] = [...((result["allOf"] as unknown[]) ?? []), ...alsoAll];
    return result;
  }

  #part(place: Place, context: Context): unknown {
    const { value, keys } = place;
    if (!isObject(value)) return this.#copy(place, context);
    // What stands in several places, as in a document whose references are resolved, has a copy of its own.
    const met = this.#met.get(value) ?? keys;
    const isElsewhere = met.length !== keys.length || met.some((key, index) => key !== keys[index]);
    if (isElsewhere || this.#own.has(value)) return this.#use(place, context);
    this.#met.set(value, keys);
    return this.#copy(place, context);
  }

  #use(target: Place, context: Context): Record<string, unknown> {
    const copy = this.#refer(target, context);
    context.copy.uses.add(copy);
    return { $ref: copy.name };
  }

  /** What stands for a reference in a copy; `undefined` where it leads nowhere. */
  #follow(keyword: "$ref" | "$dynamicRef", reference: string, place: Place, context: Context, report: Report): unknown {
    let target = this.#source.resolve(reference, place);
    const anchor = target && isObject(target.value) ? target.value["$dynamicAnchor"] : undefined;
    if (keyword === "$dynamicRef" && typeof anchor === "string" && reference.endsWith(`#${anchor}`)) {
      target = context.scope.anchors.get(anchor) ?? target;
    }
    if (!target) return report(keyword, `is not checked: ${reference} leads nowhere`);
    if (!isObject(target.value)) return this.#copy(target, context);
    const { inPlace } = context;
    const loop = inPlace.findIndex(({ schema }) => schema === target.value);
    if (loop < 0) return this.#use(target, context);
    for (const { copy } of inPlace.slice(loop)) if (copy !== inPlace[loop]!.copy) this.#partial.add(copy);
    return report(keyword, `is not checked: ${reference} leads back to where it stands`);
  }

  /** Lets members off from what a schema requires. */
  #require(schema: Record<string, unknown>, { letOff, copy }: Context): void {
    const isRequired = (name: string) => !letOff.has(name);
    const { required, dependentRequired } = schema as {
      required?: string[];
      dependentRequired?: Record<string, string[]>;
    };
    if (required) {
      schema["required"] = [...new Set(required)].filter(isRequired);
      copy.namesInherited ||= required.some(isInherited);
    }
    if (dependentRequired) {
      const entries = Object.entries(dependentRequired).map(([name, names]): [string, string[]] => [
        name,
        names.filter(isRequired),
      ]);
      schema["dependentRequired"] = Object.fromEntries(entries);
      copy.namesInherited ||= entries.flat(2).some(isInherited);
    }
  }

  #describe({ source, keys }: Place): string {
    return `${source === this.#source.start.source ? "" : source.uri}#${pointerOf(keys)}`;
  }
}

function unknownDialect(keyword: string, uri: string): string {
  return `the ${keyword} ${uri} is not known: schemas are read as JSON Schema 2020-12`;
}

/** The members that a schema may require. */
function namesRequired({
  value: { required, dependentRequired },
}: Place & { value: Record<string, unknown> }): unknown[] {
  return [required, ...(isObject(dependentRequired) ? Object.values(dependentRequired) : [])].flat();
}

function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** A schema that holds for objects with a member. It stands for `dependentSchemas`, beside which Ajv forgets `properties`. */
function ifHas(member: string, schema: unknown): Record<string, unknown> {
  return { if: { not: { type: "object", required: [member] } }, else: schema };
}

/**
 * Which branch of a union each value of the discriminator means, which is said of a wrong value: `oneOf` and `anyOf`
 * decide by themselves what is wrong (OpenAPI 3.1.1, section 4.8.25).
 */
function marksOf({ discriminator, oneOf, anyOf }: Record<string, unknown>): Marks | undefined {
  const branches = oneOf ?? anyOf;
  if (!isObject(discriminator) || !Array.isArray(branches)) return undefined;
  const references = branches.map((branch) => (isObject(branch) ? String(branch["$ref"] ?? "") : ""));
  const names = references.map((reference) => fragmentKeys(reference).at(-1) ?? reference);
  const mapping = isObject(discriminator["mapping"]) ? Object.entries(discriminator["mapping"]) : [];
  const branchOf = new Map(names.map((name, branch) => [name, branch]));
  for (const [mark, meant] of mapping) {
    const branch = Math.max(references.indexOf(String(meant)), names.indexOf(String(meant)));
    if (branch >= 0) branchOf.set(mark, branch);
  }
  return { property: String(discriminator["propertyName"]), branchOf };
}

/** Ajv passes over a property of this name, but not over a pattern for it. */
function moveProto(schema: Record<string, unknown>): void {
  const { properties, patternProperties } = schema;
  if (!isObject(properties) || !Object.hasOwn(properties, "__proto__")) return;
  const { ["__proto__"]: proto, ...others } = properties;
  schema["properties"] = others;
  schema["patternProperties"] = { ...(patternProperties as object), "^__proto__$": proto };
}

function dropPatterns({ patternProperties }: Record<string, unknown>, report: Report): void {
  if (!isObject(patternProperties)) return;
  for (const pattern of Object.keys(patternProperties)) {
    if (compilePattern(pattern)) continue;
    delete patternProperties[pattern];
    report("patternProperties", `is not checked: ${pattern} is no regular expression of JavaScript`);
  }
}

/**
 * A value as Ajv knows values: with numbers in place of each `bigint`. One that is too large for `int64` stays so, which
 * rounding might hide.
 */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Math.abs(number) === 2 ** 63 && BigInt.asIntN(64, value) !== value ? number * (1 + Number.EPSILON) : number;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
