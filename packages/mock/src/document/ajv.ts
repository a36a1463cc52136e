import type { AnySchema, CodeKeywordDefinition, KeywordCxt } from "ajv";
import { _, Ajv2020, Name } from "ajv/dist/2020.js";
import { evaluatedPropsToName, Type } from "ajv/dist/compile/util.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Target } from "./fields.ts";
import { compilePattern } from "./keywords.ts";
import { isMultipleOf } from "./multiple-of.ts";
import { isObject } from "./pointer.ts";
import { hasContains, unevaluated } from "./unevaluated-items.ts";
import { findEqual, keyOf } from "./equality.ts";

/** Variables of the functions that Ajv makes: the errors so far, and how many they are. */
const ERRORS = new Name("vErrors");
const COUNT = new Name("errors");

/**
 * Makes an Ajv for schemas in JSON Schema 2020-12 that are known to be right. Its verdict is that of the specification
 * where Ajv's own is not: on decimals, on patterns that are older than Unicode, and on what `if`, `contains` and unions
 * have evaluated.
 *
 * @param ownProperties whether members that every object of JavaScript has, such as `toString`, have to be its own:
 * takes several times as long
 * @param target what a `$ref` in a schema leads to
 */
export function createAjv(ownProperties: boolean, target: Target): Ajv2020 {
  const ajv: Ajv2020 = new Ajv2020({
    strict: false,
    allErrors: true,
    messages: false,
    meta: false,
    validateSchema: false,
    logger: false,
    ownProperties,
    formats: FORMATS,
    uriResolver: { parse: (uri) => ({ path: uri }), serialize: ({ path }) => path!, resolve: (_base, path) => path },
    code: {
      regExp: Object.assign((text: string) => compilePattern(text)!, { code: "new RegExp" }),
      process: mendCode,
    },
  });
  const fits = (value: unknown, schema: unknown) => ajv.compile(schema as AnySchema)(value) === true;
  const ajvs = (keyword: string) => ajv.getKeyword(keyword) as CodeKeywordDefinition;
  const items = unevaluatedItems(ajvs("unevaluatedItems"), target, fits);
  const values = [
    ofValues(ajvs("enum"), (schema) => schema as unknown[]),
    ofValues(ajvs("const"), (schema) => [schema]),
  ];
  for (const keyword of [
    items,
    ...values,
    union("anyOf"),
    union("oneOf"),
    CONDITION,
    CONTAINS,
    MULTIPLE_OF,
    UNIQUE_ITEMS,
  ]) {
    ajv.removeKeyword(keyword.keyword as string).addKeyword(keyword);
  }
  return ajv;
}

const INT64_LIMIT = 2 ** 63;

const FORMATS = {
  ...fullFormats,
  // The limit itself is what a parser makes of the largest.
  int64: {
    type: "number",
    validate: (value: number) => Number.isInteger(value) && Math.abs(value) <= INT64_LIMIT,
  },
} as const;

/**
 * Mends three things of the code that Ajv writes. It copies all errors so far at each reference, so that many errors
 * take time that grows with their square. It notes evaluated members in an object that is not there when what has
 * evaluated them has failed. And it takes members for evaluated that every object of JavaScript has.
 */
function mendCode(code: string): string {
  return code
    .replaceAll(
      /vErrors = vErrors === null \? ([\w.]+) : vErrors\.concat\(\1\);/g,
      "if (vErrors === null) vErrors = $1; else for (const error of $1) vErrors.push(error);",
    )
    .replaceAll(/\b(props\d+)((?:\.[\w$]+|\[(?:"(?:[^"\\]|\\.)*"|\w+)\]) = true;)/g, "($1 ||= { __proto__: null })$2")
    .replaceAll(/\b(props\d+ = (?:props\d+ \|\| )?)\{\}/g, "$1{ __proto__: null }");
}

/**
 * `oneOf` or `anyOf`. The errors of the branches go into the error of the keyword, so that nobody has to guess later
 * which are whose.
 */
function union(keyword: "oneOf" | "anyOf"): CodeKeywordDefinition {
  return {
    keyword,
    schemaType: "array",
    trackErrors: true,
    error: {
      message: "",
      params: ({ params: { branches, count, marks } }) =>
        _`{branches: ${branches}, passing: ${count}, discriminator: ${marks}}`,
    },
    code(cxt) {
      const { gen, schema, parentSchema, it } = cxt;
      const count = gen.let("count", 0);
      const branches = gen.let("branches", _`[]`);
      nameEvaluated(cxt);
      for (const branch of (schema as unknown[]).keys()) {
        const valid = gen.name("_valid");
        const context = cxt.subschema({ keyword, schemaProp: branch, compositeRule: true }, valid);
        gen.if(
          valid,
          () => {
            gen.code(_`${count}++`);
            cxt.mergeEvaluated(context, Name);
          },
          () => {
            gen.assign(_`${branches}[${branch}]`, _`${ERRORS}.splice(${cxt.errsCount})`);
            cxt.reset();
          },
        );
      }
      const isMarked = parentSchema["discriminator"] && keyword === (parentSchema["oneOf"] ? "oneOf" : "anyOf");
      const marks = isMarked ? _`${it.topSchemaRef}${it.schemaPath}.discriminator` : _`undefined`;
      cxt.setParams({ branches, count, marks });
      cxt.pass(keyword === "oneOf" ? _`${count} === 1` : _`${count} > 0`);
    },
  };
}

/** Keeps what a schema has evaluated so far in variables, before that depends on a condition. */
function nameEvaluated({ gen, it }: KeywordCxt): void {
  if (it.props !== undefined && it.props !== true && !(it.props instanceof Name)) {
    it.props = evaluatedPropsToName(gen, it.props);
  }
  if (typeof it.items === "number") it.items = gen.var("items", it.items);
}

/** `if`, with `then` and `else`. What it has evaluated counts where it holds, even alone. It has no error of its own. */
const CONDITION: CodeKeywordDefinition = {
  keyword: "if",
  schemaType: ["object", "boolean"],
  trackErrors: true,
  code(cxt) {
    const { gen, parentSchema } = cxt;
    const holds = gen.name("_valid");
    nameEvaluated(cxt);
    const condition = cxt.subschema(
      { keyword: "if", compositeRule: true, createErrors: false, allErrors: false },
      holds,
    );
    cxt.reset();
    const apply = (keyword: "then" | "else") => {
      if (parentSchema[keyword] === undefined) return;
      cxt.mergeEvaluated(cxt.subschema({ keyword }, gen.name("_valid")), Name);
    };
    gen.if(
      holds,
      () => {
        cxt.mergeEvaluated(condition, Name);
        apply("then");
      },
      () => apply("else"),
    );
    cxt.ok(_`${cxt.errsCount} === ${COUNT}`);
  },
};

/** `contains`, with `minContains` and `maxContains`. What is wrong with elements that it does not mean is no error. */
const CONTAINS: CodeKeywordDefinition = {
  keyword: "contains",
  type: "array",
  schemaType: ["object", "boolean"],
  trackErrors: true,
  error: { message: "", params: ({ params: { min, max } }) => _`{minContains: ${min}, maxContains: ${max}}` },
  code(cxt) {
    const { gen, data, parentSchema } = cxt;
    const { minContains: min = 1, maxContains: max } = parentSchema;
    const count = gen.let("count", 0);
    gen.forRange("i", 0, _`${data}.length`, (dataProp) => {
      const valid = gen.name("_valid");
      const silent = { compositeRule: true, createErrors: false, allErrors: false } as const;
      cxt.subschema({ keyword: "contains", dataProp, dataPropType: Type.Num, ...silent }, valid);
      gen.if(valid, () => gen.code(_`${count}++`));
    });
    cxt.reset();
    cxt.setParams({ min, max: max ?? _`undefined` });
    cxt.fail(_`${count} < ${min} || ${count} > ${max ?? Infinity}`);
  },
};

/** `enum` or `const`. Ajv's own does for a few values that are no objects; of others it throws when a member is called `toString`. */
function ofValues(ajvs: CodeKeywordDefinition, valuesOf: (schema: unknown) => unknown[]): CodeKeywordDefinition {
  return {
    ...ajvs,
    code(cxt) {
      const values = valuesOf(cxt.schema);
      if (values.length < MANY && !values.some(isObject)) return ajvs.code(cxt);
      const keys = new Set(values.map(keyOf));
      const isValue = cxt.gen.scopeValue("func", { ref: (value: unknown) => keys.has(keyOf(value)) });
      cxt.fail(_`!${isValue}(${cxt.data})`);
    },
  };
}

/** How many values are looked up faster than compared one by one. */
const MANY = 20;

const MULTIPLE_OF: CodeKeywordDefinition = {
  keyword: "multipleOf",
  type: "number",
  schemaType: "number",
  error: { message: "", params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
  code(cxt) {
    const isMultiple = cxt.gen.scopeValue("func", { ref: isMultipleOf });
    cxt.fail(_`!${isMultiple}(${cxt.data}, ${cxt.schemaCode})`);
  },
};

const UNIQUE_ITEMS: CodeKeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  error: { message: "", params: ({ params: { equal } }) => _`{i: ${equal}[0], j: ${equal}[1]}` },
  code(cxt) {
    const { gen, schema, data } = cxt;
    if (!schema) return;
    const find = gen.scopeValue("func", { ref: findEqual });
    const equal = gen.const("equal", _`${find}(${data})`);
    cxt.setParams({ equal });
    cxt.fail(_`${equal} !== undefined`);
  },
};

/** `unevaluatedItems`. Ajv's own does for what can be known when it compiles. */
function unevaluatedItems(
  ajvs: CodeKeywordDefinition,
  target: Target,
  fits: (value: unknown, schema: unknown) => boolean,
): CodeKeywordDefinition {
  return {
    ...ajvs,
    code(cxt) {
      const { gen, data, parentSchema, it } = cxt;
      if (!(it.items instanceof Name) && !hasContains(parentSchema, target)) return ajvs.code(cxt);
      const find = (list: unknown[]) => unevaluated(list, parentSchema, target, fits);
      const indexes = gen.const("indexes", _`${gen.scopeValue("func", { ref: find })}(${data})`);
      gen.forOf("index", indexes, (dataProp) => {
        cxt.subschema({ keyword: "unevaluatedItems", dataProp, dataPropType: Type.Num }, gen.name("_valid"));
      });
      it.items = true;
    },
  };
}
