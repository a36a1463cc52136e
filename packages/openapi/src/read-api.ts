import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { readErrorBody } from "./error-body.ts";
import { OpenApiError } from "./openapi-error.ts";
import { createOperationReader, type OperationReader, type PathItem } from "./operation.ts";
import { defined, expectObject, items, member, members, type Part, patternedMembers, refuse, text } from "./part.ts";
import { createSchemaReader } from "./schema.ts";
import { readSecurityScheme } from "./security-scheme.ts";
import { readServers } from "./server.ts";
import type { Api, Operation, Tag } from "./types.ts";

/**
 * Reads an OpenAPI document into one model, in which everything stands in its place.
 *
 * @param document an OpenAPI 3.0, 3.1 or 3.2 document in one file, parsed. It is not changed; parts of it are in the model
 * @throws OpenApiError with the place and the remedy: a reference to nothing, two operations with one id, a template
 * without its parameter, path items that lead to themselves, or a part that is not what the specification says
 * @example
 * const api = readApi(JSON.parse(await readFile("openapi.json", "utf8")));
 * for (const { id, method, path } of api.operations) console.log(id, method, path);
 */
export function readApi(document: object): Api {
  const part: Part<OpenAPIV3_1.Document> = { value: document as OpenAPIV3_1.Document, keys: [], root: document };
  const { openapi, minor } = readVersion(part);
  const info = member(part, "info") ?? refuse(part, "a document needs an `info` with a title and a version.");
  const components = member(part, "components");
  const readSchema = createSchemaReader(minor === 0);
  const schemas = members(components && member(components, "schemas"));
  const securitySchemes = Object.fromEntries(
    members(components && member(components, "securitySchemes")).map(([key, scheme]) => [
      key,
      readSecurityScheme(key, scheme),
    ]),
  );
  // Without servers it is the address that the document came from (section "OpenAPI Object", `servers`).
  const servers = readServers(member(part, "servers")) ?? [{ template: "/", url: "", variables: {} }];
  const reader = createOperationReader({ minor, servers, securitySchemes, readSchema });

  const operations = patternedMembers(member(part, "paths") as Part<Record<string, PathItem>> | undefined).flatMap(
    ([path, item]) => {
      if (!path.startsWith("/")) refuse(item, `the path ${path} must begin with a slash.`);
      return reader.readPathItem(path, item, true);
    },
  );
  const webhooks = members(member(part, "webhooks") as Part<Record<string, PathItem>> | undefined).flatMap(
    ([name, item]) => reader.readPathItem(name, item, false),
  );
  readNamedParts(components, reader);
  nameOperations([...operations, ...webhooks, ...[...reader.callbacks.values()].flat()]);
  reader.bindLinks([...operations, ...webhooks]);
  return defined({
    openapi,
    title: text(info.value.title) ?? "",
    version: text(info.value.version) ?? "",
    summary: text(info.value.summary),
    description: text(info.value.description),
    servers,
    tags: readTags(part, operations),
    operations,
    webhooks,
    schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, readSchema(schema)])),
    securitySchemes,
    security: reader.readSecurity(part),
    errorBody: readErrorBody(operations),
  });
}

function readVersion(part: Part<OpenAPIV3_1.Document>): { openapi: string; minor: number } {
  const { openapi, swagger } = part.value as { openapi?: unknown; swagger?: unknown };
  if (swagger !== undefined) refuse(part, `this is Swagger ${String(swagger)}. Convert it to OpenAPI 3.1 first.`);
  const [, minor] = /^3\.([012])(?:\.|$)/.exec(text(openapi) ?? "") ?? [];
  if (minor === undefined) {
    refuse(part, `\`openapi\` must be 3.0, 3.1 or 3.2, and is ${openapi === undefined ? "missing" : String(openapi)}.`);
  }
  return { openapi: String(openapi), minor: Number(minor) };
}

/** Refuses two operations with one id, and gives another name to those whose made names are taken. */
function nameOperations(operations: Operation[]): void {
  const taken = new Map<string, string>();
  const [named, nameless] = [true, false].map((isNamed) =>
    operations.filter(({ source }) => (source["operationId"] !== undefined) === isNamed),
  ) as [Operation[], Operation[]];
  for (const { id, pointer } of named) {
    const earlier = taken.get(id);
    if (earlier !== undefined) {
      throw new OpenApiError(pointer, `the operationId ${id} is that of ${earlier} too. Give one of them another.`);
    }
    taken.set(id, pointer);
  }
  for (const operation of nameless) {
    const made = operation.id;
    for (let count = 2; taken.has(operation.id); count += 1) operation.id = `${made}${count}`;
    taken.set(operation.id, operation.pointer);
  }
}

function readTags(part: Part<OpenAPIV3_1.Document>, operations: Operation[]): Tag[] {
  const declared = items(member(part, "tags")).map((tag): Tag => {
    expectObject(tag);
    const { name, summary, description, parent } = tag.value as OpenAPIV3_1.TagObject &
      Record<"summary" | "parent", unknown>;
    return defined({
      name: String(name),
      summary: text(summary),
      description: text(description),
      parent: text(parent),
    });
  });
  const names = new Set(declared.map(({ name }) => name));
  const used = new Set(operations.flatMap(({ tags }) => tags));
  return [...declared, ...[...used].filter((name) => !names.has(name)).map((name) => ({ name }))];
}

/** Reads the parts that have names, so that a mistake is found also in what nothing uses yet. */
function readNamedParts(components: Part<OpenAPIV3_1.ComponentsObject> | undefined, reader: OperationReader): void {
  if (!components) return;
  for (const [, part] of members(member(components, "parameters"))) reader.readParameter(part);
  for (const [name, part] of members(member(components, "headers"))) reader.readHeader(name, part);
  for (const [, part] of members(member(components, "requestBodies"))) reader.readBody(part);
  for (const [, part] of members(member(components, "responses"))) reader.readResponse("default", part);
  for (const [name, part] of members(member(components, "links"))) reader.readLink(name, part);
  for (const [name, part] of members(member(components, "callbacks"))) reader.readCallback(name, part);
  for (const [name, part] of members(member(components, "pathItems")))
    reader.readPathItem(name, part as Part<PathItem>, false);
}
