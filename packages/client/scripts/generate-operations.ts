import type { Api, Content, Operation, Response, Server } from "@spherepay/openapi";
import { answersOf, findObstacle, jsonOf, successesOf } from "./capabilities.ts";

/** The first lines of each generated file. */
export const header = `// Generated from spec/openapi.yaml. Do not edit: change the spec and build.\n\n`;

/** An operation that is no method of the client. */
export interface Omission {
  id: string;
  /** JSON pointer of the operation in the document. */
  pointer: string;
  /** A sentence. */
  reason: string;
}

/**
 * The operation table of an API: what the client needs at run time, and the types of each call.
 *
 * @returns TypeScript source that imports the types of `generateSchema`, and the operations that are not in it
 * @example
 * const { source, omitted } = generateOperations(readApi(document));
 */
export function generateOperations(api: Api): { source: string; omitted: Omission[] } {
  const judged = api.operations.map((operation) => ({ operation, reason: findObstacle(operation, api) }));
  const operations = judged.filter(({ reason }) => reason === undefined).map(({ operation }) => describe(operation));
  const omitted = judged.flatMap(({ operation: { id, pointer }, reason }) => (reason ? { id, pointer, reason } : []));
  const errorBody = { fields: api.errorBody?.fields.path ?? [], general: api.errorBody?.general.path ?? [] };

  const operationTypes = operations.map(types).join("");
  const body = `/** Base URL of each environment; the first is the default. */
export const environments = {
${[...environments(api.servers)].map(([name, url]) => `  ${key(name)}: ${JSON.stringify(url)},\n`).join("")}} as const;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = ${JSON.stringify(errorBody)} as const;

/** How each operation is sent. */
export const operationTable = {
${operations.map(({ id, request }) => `  ${key(id)}: ${JSON.stringify(request)},\n`).join("")}} as const;

/** What each operation takes and answers. */
export interface OperationTypes {
${operationTypes}}

/** The operations, as methods. */
export interface SphereOperations {
${operations.map(signature).join("\n")}}
`;
  // An import that nothing uses is a mistake to the compiler.
  const imports = [
    operations.length > 0 && `import type { SphereCall, SphereCallOptions } from "../call.ts";\n`,
    operationTypes.includes('operations["') && `import type { operations } from "./schema.ts";\n`,
  ].filter(Boolean);
  return { source: `${header}${imports.join("")}\n${body}`, omitted };
}

type Description = ReturnType<typeof describe>;

function describe(operation: Operation) {
  const { id, method, path, parameters, body, summary, description } = operation;
  const successes = successesOf(operation);
  const required = requiredOfAll(successes);
  const content = body && jsonOf(body.contents);
  return {
    id,
    request: {
      method: method.toLowerCase(),
      path,
      ...(content && { contentType: contentType(content) }),
      ...(required.length > 0 && { required }),
      ...(successes.some(({ contents }) => contents.length === 0) && { mayBeEmpty: true }),
    },
    content,
    bodyRequired: body?.required === true,
    hasParameters: parameters.length > 0,
    parametersRequired: parameters.some((parameter) => parameter.required),
    successes,
    failures: answersOf(operation).filter(({ status }) => !/^[123]/.test(status)),
    text: [summary, description, `\`${method} ${path}\``],
  };
}

/** The media type to send; where any will do, plain JSON. */
function contentType({ mediaType }: Content): string {
  return mediaType.includes("*") ? "application/json" : mediaType;
}

/** The properties without which no success is one, whatever its status. */
function requiredOfAll(successes: Response[]): string[] {
  const [first = [], ...others] = successes.map(({ contents }) => {
    const schema = jsonOf(contents)?.schema;
    const isObject = schema && !schema.nullable && schema.types.every((type) => type === "object");
    return isObject ? schema.required : [];
  });
  return first.filter((name) => others.every((names) => names.includes(name)));
}

function types({ id, content, bodyRequired, hasParameters, parametersRequired, successes, failures }: Description) {
  // openapi-typescript writes this sign as a slash.
  const operation = `operations[${JSON.stringify(id.replaceAll("#", "/"))}]`;
  const answer = ({ status, contents }: Response) => {
    const json = jsonOf(contents);
    // An error in another media type is text, or what JSON makes of it.
    if (!json) return contents.length > 0 ? "unknown" : "undefined";
    return `${operation}["responses"][${/^\d+$/.test(status) ? status : JSON.stringify(status)}]["content"][${JSON.stringify(json.mediaType)}]`;
  };
  const fields = [
    content &&
      `body${bodyRequired ? "" : "?"}: NonNullable<${operation}["requestBody"]>["content"][${JSON.stringify(content.mediaType)}]`,
    hasParameters && `params${parametersRequired ? "" : "?"}: ${operation}["parameters"]`,
  ].filter(Boolean);
  return `  ${key(id)}: {
    arguments: { ${fields.join("; ")} };
    data: ${successes.map(answer).join(" | ")};
    errors: {
${failures.map((failure) => `      ${key(failure.status)}: ${answer(failure)};\n`).join("")}    };
  };
`;
}

function signature({ id, bodyRequired, parametersRequired, text }: Description): string {
  const comment = text
    .flatMap((paragraph) => paragraph?.trim() || [])
    .join("\n\n")
    .replaceAll("*/", "*\\/")
    .split("\n")
    .map((line) => `   * ${line}`.trimEnd())
    .join("\n");
  const operation = `OperationTypes[${JSON.stringify(id)}]`;
  return `  /**
${comment}
   */
  ${key(id)}(request${bodyRequired || parametersRequired ? "" : "?"}: ${operation}["arguments"], options?: SphereCallOptions): SphereCall<${operation}["data"]>;
`;
}

/** The servers by name. One without a name has its number for one, and the first, which holds by default, says so. */
function environments(servers: Server[]): Map<string, string> {
  const named = new Map<string, string>();
  servers.forEach(({ name, url }, index) => {
    const wanted = name ?? (index === 0 ? "default" : `server${index + 1}`);
    named.set(named.has(wanted) ? `${wanted}${index + 1}` : wanted, url);
  });
  return named;
}

/** A name as a property; a status as a number, if it is one. */
function key(name: string): string {
  return /^([A-Za-z_$][\w$]*|[1-9]\d*)$/.test(name) ? name : JSON.stringify(name);
}
