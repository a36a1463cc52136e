import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { createContentReader } from "./content.ts";
import { createLinkReader } from "./link.ts";
import {
  defined,
  evidenceOf,
  expectObject,
  follow,
  inner,
  items,
  member,
  members,
  type Part,
  patternedMembers,
  pointerOf,
  type Referable,
  refuse,
  resolve,
  text,
} from "./part.ts";
import { fromPointer, percentDecode } from "./pointer.ts";
import { readServers } from "./server.ts";
import type {
  Callback,
  Operation,
  Parameter,
  ParameterLocation,
  RequestBody,
  Response,
  Schema,
  SecurityRequirement,
  SecurityScheme,
  Server,
  Source,
} from "./types.ts";

/** What an operation takes over from its document. */
export interface Surroundings {
  /** Version of OpenAPI: 0, 1 or 2 after the first point. */
  minor: number;
  servers: Server[];
  securitySchemes: Record<string, SecurityScheme>;
  readSchema: (part: Part) => Schema;
}

/** A path item as written, with what OpenAPI 3.2 has added. */
export type PathItem = OpenAPIV3_1.PathItemObject & {
  query?: OpenAPIV3_1.OperationObject;
  additionalOperations?: Record<string, OpenAPIV3_1.OperationObject>;
};
type RawParameter = OpenAPIV3_1.ParameterObject;
type Responses = Record<string, Referable<OpenAPIV3_1.ResponseObject>>;

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query";

/** `query` came with OpenAPI 3.2. */
const methods = /^(?:get|put|post|delete|options|head|patch|trace|query)$/;
const locations: ParameterLocation[] = ["path", "query", "querystring", "header", "cookie"];

/** What reads operations, and the parts that they consist of. */
export type OperationReader = ReturnType<typeof createOperationReader>;

/** Makes a reader of operations, and of the parts that they consist of. */
export function createOperationReader(surroundings: Surroundings) {
  const { minor, readSchema, securitySchemes } = surroundings;
  /** A callback may lead to itself. */
  const callbacks = new Map<unknown, Operation[]>();
  const { readHeader, readHeaders, readContents } = createContentReader(readSchema);
  const { readLink, bindLinks } = createLinkReader();

  /** Reads the operations of a path item. */
  function readPathItem(path: string, given: Part<PathItem>, isTemplate: boolean): Operation[] {
    const part = mergeReferences(given);
    const found = Object.keys(part.value)
      .filter((key): key is Method => methods.test(key) && (key !== "query" || minor >= 2))
      .map((key): [string, Part<OpenAPIV3_1.OperationObject>] => [
        key.toUpperCase(),
        inner(part, key, part.value[key]!),
      ]);
    if (minor >= 2) found.push(...members(member(part, "additionalOperations")));
    return found.map(([method, operation]) => {
      expectObject(operation);
      return readOperation(method, path, part, operation, isTemplate);
    });
  }

  function readOperation(
    method: string,
    path: string,
    item: Part<PathItem>,
    part: Part<OpenAPIV3_1.OperationObject>,
    isTemplate: boolean,
  ): Operation {
    const { value } = part;
    const servers = readServers(member(part, "servers")) ?? readServers(member(item, "servers"));
    const body = member(part, "requestBody");
    const operation: Operation = defined({
      id: text(value.operationId) ?? nameAfter(method, path),
      method,
      path,
      tags: items(member(part, "tags")).map((tag) => String(tag.value)),
      summary: text(value.summary) ?? text(item.value.summary),
      description: text(value.description) ?? text(item.value.description),
      deprecated: value.deprecated === true,
      evidence: evidenceOf(part),
      servers: servers ?? surroundings.servers,
      parameters: readParameters(item, part),
      body: body && readBody(body),
      responses: patternedMembers(member(part, "responses") as Part<Responses> | undefined).map(([status, response]) =>
        readResponse(status, response),
      ),
      security: readSecurity(part),
      callbacks: members(member(part, "callbacks")).flatMap(([name, callback]) => readCallback(name, callback)),
      pointer: pointerOf(part),
      source: value as Source,
    });
    if (isTemplate) compareWithTemplate(operation, part);
    return operation;
  }

  function readParameters(item: Part<PathItem>, operation: Part<OpenAPIV3_1.OperationObject>): Parameter[] {
    const merged = new Map<string, Parameter>();
    for (const list of [member(item, "parameters"), member(operation, "parameters")]) {
      const own = new Map<string, Parameter>();
      for (const part of items(list)) {
        const parameter = readParameter(part);
        const key = `${parameter.in} ${parameter.name}`;
        if (own.has(key)) refuse(part, `the ${parameter.in} parameter ${parameter.name} is listed twice. Remove one.`);
        own.set(key, parameter);
      }
      for (const [key, parameter] of own) merged.set(key, parameter);
    }
    // Other parts of the document say what these are (section "Parameter Object", `name`).
    return [...merged.values()].filter(
      ({ in: place, name }) => !(place === "header" && /^(accept|content-type|authorization)$/i.test(name)),
    );
  }

  function readParameter(given: Part<Referable<RawParameter>>): Parameter {
    const part = follow(given);
    const { name, in: place, allowReserved, allowEmptyValue } = part.value;
    if (typeof name !== "string") refuse(part, "a parameter needs a `name`.");
    if (!locations.includes(place as ParameterLocation)) {
      refuse(part, `the parameter ${name} needs an \`in\`: one of ${locations.join(", ")}.`);
    }
    return {
      ...readHeader(name, part as Part<OpenAPIV3_1.HeaderObject>, place as ParameterLocation),
      // A part of the path cannot be left out.
      required: place === "path" || part.value.required === true,
      in: place as ParameterLocation,
      allowReserved: allowReserved === true,
      allowEmptyValue: allowEmptyValue === true,
    };
  }

  function readBody(given: Part<Referable<OpenAPIV3_1.RequestBodyObject>>): RequestBody {
    const part = follow(given);
    const { value } = part;
    return defined({
      description: text(value.description),
      required: value.required === true,
      evidence: evidenceOf(part),
      contents: readContents(member(part, "content")),
      pointer: pointerOf(part),
    });
  }

  function readResponse(status: string, given: Part<Referable<OpenAPIV3_1.ResponseObject>>): Response {
    if (!/^([1-5]\d\d|[1-5]XX|default)$/i.test(status)) {
      refuse(given, `${status} is no status. Write one such as "200", "4XX" for all of a kind, or "default".`);
    }
    const part = follow(given);
    const { value } = part;
    return defined({
      status: status.toLowerCase() === "default" ? "default" : status.toUpperCase(),
      summary: text((value as { summary?: unknown }).summary),
      description: text(value.description) ?? "",
      evidence: evidenceOf(part),
      // The media type is stated by `content` (section "Response Object", `headers`).
      headers: readHeaders(member(part, "headers")).filter(({ name }) => name.toLowerCase() !== "content-type"),
      contents: readContents(member(part, "content")),
      links: members(member(part, "links")).map(([name, link]) => readLink(name, link)),
      pointer: pointerOf(part),
    });
  }

  function readCallback(name: string, given: Part<Referable<OpenAPIV3_1.CallbackObject>>): Callback[] {
    return patternedMembers(follow(given) as Part<Record<string, PathItem>>).map(([expression, part]) => {
      const operations = callbacks.get(part.value) ?? [];
      if (!callbacks.has(part.value)) {
        callbacks.set(part.value, operations);
        operations.push(...readPathItem(expression, part, false));
      }
      return { name, expression, operations };
    });
  }

  /** What an operation or the document itself needs. */
  function readSecurity(part: Part<Pick<OpenAPIV3_1.OperationObject, "security">>): SecurityRequirement[] {
    const root: Part<OpenAPIV3_1.Document> = { root: part.root, keys: [], value: part.root as OpenAPIV3_1.Document };
    // An empty list is a statement: nothing is needed.
    return items(member(part, "security") ?? member(root, "security")).map((requirement) =>
      members(requirement as Part<Record<string, string[]>>).map(([name, scopes]) => {
        // OpenAPI 3.2 lets it be a reference too.
        const key = name.startsWith("#/components/securitySchemes/") ? fromPointer(name).at(-1)! : name;
        if (!Object.hasOwn(securitySchemes, key)) {
          refuse(scopes, `there is no security scheme ${key}. Define it under components.securitySchemes.`);
        }
        return { scheme: securitySchemes[key]!, scopes: items(scopes).map((scope) => String(scope.value)) };
      }),
    );
  }

  return {
    readPathItem,
    readParameter,
    readHeader,
    readBody,
    readResponse,
    readLink,
    readCallback,
    readSecurity,
    bindLinks,
    callbacks,
  };
}

/** A path item with what its `$ref` leads to, as often as that leads on. What is nearer wins. */
function mergeReferences(given: Part<PathItem>): Part<PathItem> {
  expectObject(given);
  let part = given;
  const passed = new Set<unknown>([given.value]);
  while (part.value.$ref !== undefined) {
    const { $ref, ...own } = part.value;
    if (typeof $ref !== "string") refuse(part, "a `$ref` must be text.");
    const target = resolve(part, $ref) as Part<PathItem>;
    expectObject(target);
    if (passed.has(target.value)) {
      refuse(given, `the path item leads back to itself through ${$ref}. Describe its operations in one of them.`);
    }
    passed.add(target.value);
    part = { ...target, value: Object.keys(own).length > 0 ? { ...target.value, ...own } : target.value };
  }
  return part;
}

/** Refuses a path whose template and whose parameters do not have the same names. */
function compareWithTemplate({ method, path, parameters }: Operation, part: Part): void {
  const inTemplate = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name!));
  const declared = new Set(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name));
  for (const name of inTemplate) {
    if (declared.has(name)) continue;
    refuse(part, `${method} ${path} has no parameter for {${name}}. Add one with \`name: ${name}\` and \`in: path\`.`);
  }
  for (const name of declared) {
    if (inTemplate.has(name)) continue;
    refuse(part, `${method} ${path} has a path parameter ${name}, but no {${name}} to put it in. Mend one of the two.`);
  }
}

/** A name for an operation that has none: `getPetsPetId` for `GET /pets/{petId}`. */
function nameAfter(method: string, path: string): string {
  const words = `${method.toLowerCase()} ${percentDecode(path)}`.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
}
