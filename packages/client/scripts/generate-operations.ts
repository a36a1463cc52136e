import type { Api, Operation } from "@spherepay/openapi";
import { findObstacle, sendable } from "./capabilities.ts";
import { methodOf, typesOf } from "./operation-types.ts";
import { credentialTypes, variableTypes } from "./option-types.ts";
import { entryOf, securityOf, serversOf, setterOf } from "./table.ts";
import { block, header, inBraces, key, literal } from "./text.ts";
import { createTypes, finish } from "./types.ts";

/** An operation that is no method of the client, or whose method has another name. */
export interface Remark {
  id: string;
  /** JSON pointer of the operation in the document. */
  pointer: string;
  /** A sentence. */
  reason: string;
}

/** The functions that the table may need, by file. */
const runtime = {
  body: [
    "binary",
    "form",
    "json",
    "jsonAs",
    "multipart",
    "readBlob",
    "readByMediaType",
    "readNothing",
    "readStream",
    "readText",
    "text",
  ],
  credentials: ["apiKey", "authorization", "basic", "bearer"],
  parameters: ["styles"],
  proof: ["either", "hasAll", "hasAny", "isList", "isObject", "orNull"],
  servers: ["withVariables"],
};

/**
 * An object that has `then` is taken for a promise, one that gets `__proto__` has another prototype, and to log one that
 * has `toJSON` calls it.
 */
const unfitNames = new Set(["then", "__proto__", "toJSON"]);

/**
 * The operation table of an API: what the client needs at run time, and the types of each call.
 *
 * @returns TypeScript source that imports the types of `generateSchema`; the operations that are not in it; and those
 * whose methods have other names
 * @example
 * const { source, omitted } = generateOperations(readApi(document));
 */
export function generateOperations(api: Api): { source: string; omitted: Remark[]; renamed: Remark[] } {
  const { methods, omitted, renamed } = nameMethods(api.operations);
  const operations = [...methods.values()];
  const used = new Set<string>();
  const call = (name: string, ...parameters: string[]) => {
    used.add(name);
    // Without the mark, bundlers would keep the table in an app that uses no method.
    return parameters.length > 0 ? `/* @__PURE__ */ ${name}(${parameters.join(", ")})` : name;
  };
  const members = (write: (operation: Operation, name: string) => string) =>
    [...methods].map(([name, operation]) => write(operation, name));
  const types = createTypes(api);
  const needed = new Set([api, ...operations].flatMap(({ security }) => sendable(security).flat()));
  const schemes = Object.values(api.securitySchemes).filter((scheme) => needed.has(scheme));
  const errorBody = { fields: api.errorBody?.fields.path ?? [], general: api.errorBody?.general.path ?? [] };

  const { source, names } = finish(`/** Base URL of each environment; the first is the default. */
export const environments = ${block(serversOf(api.servers, call).map((server) => `${server},`))} as const satisfies Servers;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = ${literal(errorBody)} as const;

/** What puts each kind of credentials on a request. */
export const credentialSchemes = ${block(schemes.map((scheme) => `${key(scheme.key)}: ${setterOf(scheme, call)},`))} satisfies Record<string, SetCredential>;

/** The credentials that operations need where they say nothing else. */
export const documentSecurity: NonNullable<OperationDescription["security"]> = ${securityOf(api.security)};

/** How each operation is sent. */
export const operationTable = ${block(members((operation, name) => `${key(name)}: ${entryOf(operation, api, call)},`))} as const satisfies Record<string, OperationDescription>;

/** The credentials that a client is given. */
export interface SphereCredentials ${credentialTypes(schemes, operations)}

/** The parts of the servers' addresses that a client may choose. */
export interface SphereVariables ${variableTypes(api, operations)}

/** What each operation takes and answers. */
export interface OperationTypes ${block(members((operation, name) => typesOf(name, operation, types)))}

/** The operations, as methods. */
export interface SphereOperations ${block(
    members((operation, name) => methodOf(name, operation, types)),
    "\n\n",
  )}
`);

  // An import that nothing uses is a mistake to the compiler.
  const imports = Object.entries(runtime).flatMap(([file, functions]) => {
    const found = functions.filter((name) => used.has(name));
    return found.length > 0 ? [`import ${inBraces(found, 80)} from "../${file}.ts";`] : [];
  });
  imports.push(`import type { OperationDescription, Servers, SetCredential } from "../operation.ts";`);
  if (methods.size > 0) imports.unshift(`import type { SphereCall, SphereCallOptions } from "../call.ts";`);
  if (names.length > 0) imports.push(`import type ${inBraces(names, 80)} from "./schema.ts";`);
  return { source: `${header}${imports.join("\n")}\n\n${source}`, omitted, renamed };
}

/** The operations by the names of their methods; what cannot be one, and what cannot have its own name. */
function nameMethods(operations: Operation[]) {
  const ids = new Set(operations.map(({ id }) => id));
  const methods = new Map<string, Operation>();
  const omitted: Remark[] = [];
  const renamed: Remark[] = [];
  for (const operation of operations) {
    const { id, pointer } = operation;
    const obstacle = findObstacle(operation);
    if (obstacle) {
      omitted.push({ id, pointer, reason: obstacle });
      continue;
    }
    let name = id;
    while (unfitNames.has(name) || (name !== id && ids.has(name))) name += "_";
    methods.set(name, operation);
    if (name === id) continue;
    renamed.push({ id, pointer, reason: `Its method is ${name}: ${id} is JavaScript's own.` });
  }
  return { methods, omitted, renamed };
}
