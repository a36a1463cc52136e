import { CORE_SCHEMA, load, Type, YAMLException } from "js-yaml";

/**
 * Reads YAML 1.2, with merge keys. An integer that a number cannot hold exactly becomes a `bigint`, so that its digits
 * are kept.
 *
 * @throws {Error} that says in one line what is wrong, and where
 * @example
 * readYaml("id: 9007199254740993"); // { id: 9007199254740993n }
 */
export function readYaml(text: string): unknown {
  try {
    return load(text, { schema: SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new Error(`${error.reason}, at line ${error.mark.line + 1}, column ${error.mark.column + 1}`, {
      cause: error,
    });
  }
}

const INTEGER = new Type("tag:yaml.org,2002:int", {
  kind: "scalar",
  resolve: (text: string | null) => /^[-+]?(?:0b[01]+|0o[0-7]+|0x[\da-f]+|\d+)$/i.test(text ?? ""),
  construct(text: string) {
    const digits = text.replace(/^[-+]/, "");
    const large = BigInt(digits) * (text.startsWith("-") ? -1n : 1n);
    return Number.isSafeInteger(Number(large)) ? Number(large) : large;
  },
});

const MERGE = new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (text) => text === "<<" });

const SCHEMA = CORE_SCHEMA.extend({ implicit: [INTEGER, MERGE] });
