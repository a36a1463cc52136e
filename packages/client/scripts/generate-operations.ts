import type { Api, Operation, SecurityRequirement } from "@spherepay/openapi";
import {
  answersOf,
  findObstacle,
  jsonOf,
  readContents,
  readingOf,
  redirectsOf,
  sendable,
  sentContent,
  successesOf,
} from "./capabilities.ts";
import { bodyType, parametersOf, statusKey, wordsOfOperation } from "./generate-schema.ts";
import { entryOf, securityOf, serversOf, setterOf } from "./table.ts";
import { block, braces, comment, header, indent, key, literal, union } from "./text.ts";
import { createTypes } from "./types.ts";

type Types = ReturnType<typeof createTypes>;

/** An operation that is no method of the client, or one of another name. */
export interface Remark {
  id: string;
  /** JSON pointer of the operation in the document. */
  pointer: string;
  /** A sentence. */
  reason: string;
}

/** The functions that the table may need, and their files. */
const modules = {
  body: "binary form json jsonAs multipart readBlob readByMediaType readNothing readStream readText text",
  credentials: "apiKey authorization basic bearer",
  parameters: "styles",
  proof: "either hasAll hasAny isList orNull",
  servers: "withVariables",
};

/** An object that has `then` is taken for a promise; one that gets `__proto__` has another prototype. */
const unfitNames = new Set(["then", "__proto__"]);

/**
 * The operation table of an API: what the client needs at run time, and the types of each call.
 *
 * @returns TypeScript source that imports the types of `generateSchema`; the operations that are not in it; and those
 * whose methods have other names
 * @example
 * const { source, omitted } = generateOperations(readApi(document));
 */
export function generateOperations(api: Api): { source: string; omitted: Remark[]; renamed: Remark[] } {
  const omitted: Remark[] = [];
  const renamed: Remark[] = [];
  const operations: [name: string, Operation][] = [];
  const ids = new Set(api.operations.map(({ id }) => id));
  for (const operation of api.operations) {
    const { id, pointer } = operation;
    const obstacle = findObstacle(operation);
    if (obstacle) {
      omitted.push({ id, pointer, reason: obstacle });
      continue;
    }
    let name = id;
    while (unfitNames.has(name) || (name !== id && ids.has(name))) name += "_";
    if (name !== id)
      renamed.push({ id, pointer, reason: `Its method is ${name}: no object can have one that is called ${id}.` });
    operations.push([name, operation]);
  }

  const used = new Set<string>();
  const call = (name: string, ...parameters: string[]) => {
    used.add(name);
    return parameters.length > 0 ? `${name}(${parameters.join(", ")})` : name;
  };
  const types = createTypes(api);
  const table = operations.map(([name, operation]) => `${key(name)}: ${entryOf(operation, api.servers, call)},`);
  const credentials = credentialsOf(
    api,
    operations.map(([, operation]) => operation),
  );
  const setters = credentials.map((scheme) => `${key(scheme.key)}: ${setterOf(scheme, call)},`);
  const methods = operations.map(([name, operation]) => methodOf(name, operation, types));
  const operationTypes = operations.map(([name, operation]) => typesOf(name, operation, types));
  const environments = block(serversOf(api.servers, call).map((server) => `${server},`));
  const errorBody = { fields: api.errorBody?.fields.path ?? [], general: api.errorBody?.general.path ?? [] };

  const imports = [
    ...(operations.length > 0 ? [`import type { SphereCall, SphereCallOptions } from "../call.ts";`] : []),
    ...Object.entries(modules).flatMap(([file, names]) => {
      const found = names.split(" ").filter((name) => used.has(name));
      return found.length > 0 ? [`import { ${found.join(", ")} } from "../${file}.ts";`] : [];
    }),
    `import type { OperationDescription, Servers, SetCredential } from "../operation.ts";`,
    ...(types.written.size > 0
      ? [`import type { ${[...types.written].toSorted().join(", ")} } from "./schema.ts";`]
      : []),
  ];
  const source = `${header}${imports.join("\n")}

/** Base URL of each environment; the first is the default. */
export const environments = ${environments} as const satisfies Servers;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = ${literal(errorBody)} as const;

/** What puts each kind of credentials on a request. */
export const credentialSchemes = ${block(setters)} satisfies Record<string, SetCredential>;

/** The credentials that operations need where they say nothing else. */
export const documentSecurity: NonNullable<OperationDescription["security"]> = ${securityOf(api.security) ?? "[]"};

/** How each operation is sent. */
export const operationTable = ${block(table)} as const satisfies Record<string, OperationDescription>;

/** The credentials that a client is given. */
export ${credentialTypes(
    credentials,
    operations.map(([, { security }]) => security),
  )}

/** The parts of the servers' addresses that a client may choose. */
export ${variableTypes(
    api,
    operations.map(([, operation]) => operation),
  )}

/** What each operation takes and answers. */
export interface OperationTypes ${block(operationTypes)}

/** The operations, as methods. */
export interface SphereOperations ${block(methods, "\n\n")}
`;
  return { source, omitted, renamed };
}

function methodOf(name: string, operation: Operation, types: Types): string {
  const { body, parameters, responses } = operation;
  const content = body && sentContent(operation);
  const isNeeded = body?.required || parameters.some(({ required }) => required);
  const members = [
    ...(parameters.length > 0 ? [parametersMember(operation, types)] : []),
    ...(content
      ? [
          comment(body.description ?? content.schema?.description ?? `The body: ${content.mediaType}.`) +
            `body${body.required ? "" : "?"}: ${bodyType(content, types, "request")};`,
        ]
      : []),
  ];
  const success = responses.find(({ status }) => /^2|default/.test(status))?.description;
  const tags = [
    `@param request ${members.length > 0 ? "What is sent." : "Nothing: the operation takes neither parameters nor a body."}`,
    "@param options Settings of this call.",
    ...(success ? [`@returns ${success.trim()}`] : []),
  ];
  const words = wordsOfOperation(operation, tags.join("\n"));
  const request = `request${isNeeded ? "" : "?"}: ${members.length > 0 ? braces(members) : "Record<string, never>"}`;
  const result = `SphereCall<${answerOf(operation, types)}>;`;
  const line = `${methodKey(name)}(${request}, options?: SphereCallOptions): ${result}`;
  if (line.length <= 120 && !line.includes("\n")) return words + line;
  return `${words}${methodKey(name)}(\n  ${indent(request)},\n  options?: SphereCallOptions,\n): ${result}`;
}

/** In an interface, these would say something else. */
function methodKey(name: string): string {
  return /^(?:new|constructor|get|set|readonly|static)$/.test(name) ? literal(name) : key(name);
}

function parametersMember(operation: Operation, types: Types): string {
  const isNeeded = operation.parameters.some(({ required }) => required);
  const places = braces(parametersOf(operation, types, "request"));
  return `/** Parameters, by the place that they go to. */\nparams${isNeeded ? "" : "?"}: ${places};`;
}

function answerOf(operation: Operation, types: Types): string {
  const successes = successesOf(operation);
  const redirects = redirectsOf(operation);
  if (successes.length + redirects.length === 0) return "unknown";
  const found = successes.flatMap((success) => {
    const contents = readContents(success);
    return contents.length === 0
      ? "undefined"
      : contents.map((content) => (readingOf(content) === "stream" ? "Response" : bodyType(content, types, "answer")));
  });
  return union([...found, ...(redirects.length > 0 ? ["undefined"] : [])]);
}

function typesOf(name: string, operation: Operation, types: Types): string {
  const failures = answersOf(operation).filter(({ status }) => !/^[123]/.test(status));
  const errors = failures.map((failure) => {
    const json = jsonOf(failure.contents);
    return `${comment(failure.description)}${statusKey(failure.status)}: ${json ? bodyType(json, types, "answer") : "unknown"};`;
  });
  return `${key(name)}: ${block([
    `arguments: NonNullable<Parameters<SphereOperations[${literal(name)}]>[0]>;`,
    `data: ${answerOf(operation, types)};`,
    `errors: ${block(errors)};`,
  ])};`;
}

/** The kinds of credentials that the operations, or the document itself, ask for. */
function credentialsOf(api: Api, operations: Operation[]) {
  const needed = new Set([api, ...operations].flatMap(({ security }) => sendable(security).flat()));
  return Object.values(api.securitySchemes).filter((scheme) => needed.has(scheme));
}

function credentialTypes(schemes: ReturnType<typeof credentialsOf>, all: SecurityRequirement[][]): string {
  const members = schemes.map(({ key: name, scheme, description }) => {
    const value = scheme === "basic" ? "{ username: string; password: string }" : "string";
    const what = scheme === "basic" ? "Name and password" : "Your secret key";
    const words = comment(
      `${what}, or a function that returns ${scheme === "basic" ? "them" : "it"}. The function is asked before each attempt, so keys can rotate.`,
      description,
    );
    return { name, words, type: `${value} | (() => ${value} | Promise<${value}>) | undefined` };
  });
  const [first, ...others] = members;
  if (!first) return "interface SphereCredentials {}";
  if (others.length === 0) {
    const isNeeded =
      all.length > 0 &&
      all.every((security) => securityOf(security) && sendable(security).every((one) => one.length > 0));
    return `interface SphereCredentials ${block([`${first.words}apiKey${isNeeded ? "" : "?"}: ${first.type};`])}`;
  }
  const each = block(members.map(({ name, words, type }) => `${words}${key(name)}?: ${type};`));
  const words = comment("By name of the security scheme. Each operation takes those that it asks for.");
  return `interface SphereCredentials ${block([`${words}credentials?: ${each};`])}`;
}

function variableTypes(api: Api, operations: Operation[]): string {
  const found = new Map<string, { values: string[]; words: string }>();
  for (const { template, variables } of [api, ...operations].flatMap(({ servers }) => servers)) {
    for (const [name, { enum: values, description }] of Object.entries(variables)) {
      if (!template.includes(`{${name}}`)) continue;
      const known = found.get(name) ?? { values: [], words: comment(description) };
      known.values.push(...(values.length > 0 ? values.map(literal) : ["string"]));
      found.set(name, known);
    }
  }
  const members = [...found].map(([name, { values, words }]) => {
    return `${words}${key(name)}?: ${values.includes("string") ? "string" : union(values)} | undefined;`;
  });
  return `interface SphereVariables ${block(members)}`;
}
