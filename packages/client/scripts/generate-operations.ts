/** The first lines of each generated file. */
export const header = `// Generated from spec/openapi.yaml. Do not edit: change the spec and build.\n\n`;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

type Node = Record<string, any>;

/**
 * The operation table of an OpenAPI document: what the client needs at run time, and the types of each call.
 *
 * @param document a bundled OpenAPI 3.x document, whose `$ref`s all point into itself
 * @returns TypeScript source that imports the types of `generateSchema`
 * @throws Error when an operation has no `operationId` or a body that is not offered as JSON, or a server no `x-name`
 * @example generateOperations(JSON.parse(await readFile("openapi.json", "utf8")))
 */
export function generateOperations(document: Node): string {
  const resolve = (node: Node): Node =>
    typeof node["$ref"] === "string" ? resolve(follow(document, node["$ref"])) : node;

  const operations = Object.entries<Node>(document["paths"] ?? {}).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => describe(path, method, item[method], item["parameters"] ?? [], resolve)),
  );

  return `${header}import type { SphereCall, SphereCallOptions } from "../call.ts";
import type { operations } from "./schema.ts";

/** Base URL of each environment; the first is the default. */
export const environments = {
${environments(document)
  .map(([name, url]) => `  ${key(name)}: ${JSON.stringify(url)},\n`)
  .join("")}} as const;

/** Where an error body holds the messages of each field, and the one that is about no field. */
export const errorBody = ${JSON.stringify(errorBody(document))} as const;

/** How each operation is sent. */
export const operationTable = {
${operations.map((operation) => `  ${key(operation.id)}: ${JSON.stringify(operation.request)},\n`).join("")}} as const;

/** What each operation takes and answers. */
export interface OperationTypes {
${operations.map(types).join("")}}

/** The operations, as methods. */
export interface SphereOperations {
${operations.map(signature).join("\n")}}
`;
}

type Operation = ReturnType<typeof describe>;

function describe(path: string, method: string, operation: Node, shared: Node[], resolve: (node: Node) => Node) {
  const id = operation["operationId"];
  if (typeof id !== "string") throw new Error(`${method.toUpperCase()} ${path} has no operationId.`);

  const jsonTypeOf = (node: Node) => jsonType(resolve(node), id);
  const responses = Object.entries<Node>(operation["responses"] ?? {}).map(([status, response]) => ({
    status,
    type: jsonTypeOf(response),
  }));
  const required = requiredOfAll(
    Object.entries<Node>(operation["responses"] ?? {})
      .filter(([status]) => status.startsWith("2"))
      .map(([, response]) => Object.values<Node>(resolve(response)["content"] ?? {})[0]?.["schema"] ?? {})
      .map(resolve),
  );
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  const body = operation["requestBody"] && resolve(operation["requestBody"]);
  return {
    id,
    request: {
      method,
      path,
      ...(body && { contentType: jsonTypeOf(body) }),
      ...(required.length > 0 && { required }),
      ...(successes.some(({ type }) => !type) && { mayBeEmpty: true }),
    },
    bodyRequired: body?.["required"] === true,
    parameters: [...shared, ...(operation["parameters"] ?? [])].map(resolve),
    successes,
    failures: responses.filter(({ status }) => !/^[123]/.test(status)),
    text: [operation["summary"], operation["description"], `\`${method.toUpperCase()} ${path}\``],
  };
}

/** The properties without which no success is one, whatever its status. */
function requiredOfAll(schemas: Node[]): string[] {
  const [first = [], ...others] = schemas.map((schema): string[] => schema["required"] ?? []);
  return first.filter((name) => others.every((names) => names.includes(name)));
}

function types({ id, request, bodyRequired, parameters, successes, failures }: Operation): string {
  const operation = `operations[${JSON.stringify(id)}]`;
  const content = ({ status, type }: Operation["successes"][number]) =>
    type ? `${operation}["responses"][${key(status)}]["content"][${JSON.stringify(type)}]` : "undefined";
  const fields = [
    request.contentType &&
      `body${bodyRequired ? "" : "?"}: NonNullable<${operation}["requestBody"]>["content"][${JSON.stringify(request.contentType)}]`,
    parameters.length > 0 &&
      `params${parameters.some((parameter) => parameter["required"]) ? "" : "?"}: ${operation}["parameters"]`,
  ].filter(Boolean);
  return `  ${key(id)}: {
    arguments: { ${fields.join("; ")} };
    data: ${successes.map(content).join(" | ") || "undefined"};
    errors: {
${failures.map((failure) => `      ${key(failure.status)}: ${content(failure)};\n`).join("")}    };
  };
`;
}

function signature({ id, bodyRequired, parameters, text }: Operation): string {
  const optional = bodyRequired || parameters.some((parameter) => parameter["required"]) ? "" : "?";
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
  ${key(id)}(request${optional}: ${operation}["arguments"], options?: SphereCallOptions): SphereCall<${operation}["data"]>;
`;
}

/** The JSON type among those that a body is offered in; none when there is no body. */
function jsonType(body: Node, operation: string): string | undefined {
  const offered = Object.keys(body["content"] ?? {});
  const json = offered.find((type) => /^application\/(.+\+)?json\b/.test(type));
  if (offered.length > 0 && !json) {
    throw new Error(`${operation} has a body in ${offered.join(", ")}, but the client speaks JSON only.`);
  }
  return json;
}

function environments(document: Node): [name: string, url: string][] {
  return (document["servers"] ?? []).map((server: Node) => {
    if (!server["x-name"]) throw new Error(`The server ${server["url"]} has no x-name.`);
    return [server["x-name"], server["url"]];
  });
}

/** The places of `$fields` and `$message` in the templates of the first schema with `x-error-body`. */
function errorBody(document: Node): { fields: string[]; general: string[] } {
  const schemas = Object.values<Node>(document["components"]?.["schemas"] ?? {});
  const templates = schemas.find((schema) => schema["x-error-body"])?.["x-error-body"] ?? {};
  return { fields: find(templates["fields"], "$fields"), general: find(templates["general"], "$message") };
}

function find(template: unknown, wanted: string): string[] {
  for (const [name, value] of Object.entries(template ?? {})) {
    if (value === wanted) return [name];
    if (typeof value === "object") {
      const rest = find(value, wanted);
      if (rest.length > 0) return [name, ...rest];
    }
  }
  return [];
}

function follow(document: Node, reference: string): Node {
  const target = reference
    .replace("#/", "")
    .split("/")
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<any>((node, part) => node?.[part], document);
  if (!target) throw new Error(`${reference} points to nothing.`);
  return target;
}

function key(name: string): string {
  return /^([A-Za-z_$][\w$]*|[1-9]\d*)$/.test(name) ? name : JSON.stringify(name);
}
