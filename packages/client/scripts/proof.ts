import { type Content, fromPointer, type Operation, type Response, type Schema } from "@spherepay/openapi";
import { readContents, readingOf, sentContent, successesOf } from "./capabilities.ts";
import { literal } from "./text.ts";

/** A call of a function of the client's `proof.ts`: its name, and its parameters as source. */
export type Proof = [
  name: "either" | "hasAll" | "hasAny" | "isList" | "isObject" | "orNull",
  ...parameters: (string | Proof)[],
];

/**
 * What the answer of an operation must have to be what the document describes, as far as a caller depends on it.
 *
 * @returns `undefined` where a described success need not have anything
 * @example
 * proofOf(operation); // ["hasAll", '"id"']
 */
export function proofOf(operation: Operation): Proof | undefined {
  const proofs = successesOf(operation).flatMap((success) => {
    const contents = readContents(success);
    return contents.length === 0 ? [] : [ofAnswer(success, contents, operation)];
  });
  return either(proofs);
}

function either(proofs: (Proof | undefined)[]): Proof | undefined {
  const distinct = [...new Map(proofs.map((proof) => [literal(proof), proof])).values()];
  const known = distinct.filter((proof) => proof !== undefined);
  if (known.length < distinct.length) return undefined;
  return known.length > 1 ? ["either", ...known] : known[0];
}

function ofAnswer({ links }: Response, contents: Content[], operation: Operation): Proof | undefined {
  const [content] = contents;
  const schema = content?.schema;
  if (!schema || contents.length > 1 || readingOf(content) !== "json") return undefined;
  const pointers = links.flatMap(({ parameters, requestBody }) =>
    [...parameters.map(({ value }) => value), requestBody].flatMap(
      (value) => /\$response\.body(#\/[^}]+)/.exec(String(value))?.[1] ?? [],
    ),
  );
  const paths = [...new Set(pointers)].map(fromPointer).map((names) => literal(names.length === 1 ? names[0] : names));
  const proof: Proof | undefined = paths.length > 0 ? ["hasAll", ...paths] : ofSchema(schema, operation);
  return proof && schema.nullable ? ["orNull", proof] : proof;
}

/**
 * One of the members that an answer has to have and the request has not, so that no echo of the request passes; where
 * there is none, that it is an object or a list, whichever is described.
 */
function ofSchema(schema: Schema, operation: Operation, passed = new Set<Schema>()): Proof | undefined {
  if (passed.has(schema)) return undefined;
  passed.add(schema);
  const types = schema.types.filter((type) => type !== "null");
  if (types.includes("array")) return types.length === 1 ? ["isList"] : undefined;
  if (types.some((type) => type !== "object")) return undefined;
  const sent = namesOf(sentContent(operation)?.schema);
  const names = schema.required.filter(
    (name) => !sent.has(name) && !(Object.hasOwn(schema.properties, name) && schema.properties[name]!.writeOnly),
  );
  if (names.length > 0) return ["hasAny", ...names.map(literal)];
  const isObject = types.length > 0 || Object.keys(schema.properties).length > 0;
  return (
    either(schema.alternatives.map((one) => ofSchema(one, operation, passed))) ?? (isObject ? ["isObject"] : undefined)
  );
}

/** The members that a request may have: none that only answers have. */
function namesOf(schema: Schema | undefined, passed = new Set<Schema>()): Set<string> {
  if (!schema || passed.has(schema)) return new Set();
  passed.add(schema);
  const below = schema.alternatives.flatMap((one) => [...namesOf(one, passed)]);
  const sent = Object.entries(schema.properties).filter(([, { readOnly }]) => !readOnly);
  return new Set([...sent.map(([name]) => name), ...below]);
}
