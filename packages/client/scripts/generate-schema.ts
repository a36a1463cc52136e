import {
  anything,
  type Api,
  type Content,
  type Header,
  type Operation,
  type ParameterLocation,
} from "@spherepay/openapi";
import { block, braces, comment, groups, header, key, literal } from "./text.ts";
import { createTypes, finish, type Use, useOf, wordsOf } from "./types.ts";

type Types = ReturnType<typeof createTypes>;

/** Methods that openapi-fetch has, in its form of `paths`. */
const methods = /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/;

/**
 * The types of every schema, operation and path of an API; `paths` has the form that openapi-fetch takes
 * (https://openapi-ts.dev/openapi-typescript/).
 *
 * @returns TypeScript source
 * @example
 * const source = generateSchema(readApi(document));
 */
export function generateSchema(api: Api): string {
  const types = createTypes(api);
  const operations = api.operations.map((operation) => `${key(operation.id)}: ${describe(operation, types)};`);
  const called = api.operations.filter(({ method }) => methods.test(method));
  const declarations = types.declarations();
  const schemas = declarations.flatMap(({ name, schemaName }) =>
    schemaName === undefined ? [] : [`${key(schemaName)}: ${name};`],
  );
  const body = [
    ...declarations.map(({ source }) => source),
    "/** The schemas, by the names that they have in the document. */",
    `export interface components ${block([`schemas: ${block(schemas)};`])}\n`,
    "/** The operations by path and method, as openapi-fetch takes them. */",
    `export interface paths ${block(pathsOf(called, ({ id }) => `operations[${literal(id)}]`))}\n`,
    "/** The operations by name. */",
    `export interface operations ${block(operations)}\n`,
    "/** What the API asks of whoever has registered for it. */",
    `export interface webhooks ${block(pathsOf(api.webhooks, (webhook) => describe(webhook, types, "answer", "request")))}`,
  ];
  return finish(`${header}${body.join("\n")}\n`).source;
}

/** Operations by path and method, as members of a type. */
function pathsOf(operations: Operation[], typeOf: (operation: Operation) => string): string[] {
  return groups(operations, ({ path }) => path).map(([path, all]) => {
    const members = all.map((one) => `${comment(one.summary)}${one.method.toLowerCase()}: ${typeOf(one)};`);
    return `${key(path)}: ${block(members)};`;
  });
}

/** What is said of an operation. */
export function wordsOfOperation({ summary, description, method, path, deprecated }: Operation, more = ""): string {
  return comment(summary, description, `\`${method} ${path}\``, deprecated ? `@deprecated\n${more}` : more);
}

function describe(operation: Operation, types: Types, sent: Use = "request", got: Use = "answer"): string {
  const { body, responses } = operation;
  const parameters = parametersOf(operation, types, sent);
  return block([
    `parameters: ${braces(parameters)};`,
    ...(body ? [`requestBody${body.required ? "" : "?"}: ${contentsOf(body.contents, types, sent)};`] : []),
    `responses: ${block(
      responses.map(({ status, description, headers, contents }) => {
        const members = [...headers.map((one) => headerOf(one, types, got)), "[name: string]: unknown;"];
        const content = contents.length > 0 ? `content: ${mediaTypes(contents, types, got)}` : "content?: never";
        return `${comment(description)}${statusKey(status)}: ${braces([`headers: ${braces(members)};`, `${content};`])};`;
      }),
    )};`,
  ]);
}

/** A status as a key of a type: one status is a number. */
export function statusKey(status: string): string {
  return /^\d/.test(status) && !status.endsWith("XX") ? status : literal(status).replace(/^"default"$/, "default");
}

function contentsOf(contents: Content[], types: Types, how: Use): string {
  return `{ content: ${mediaTypes(contents, types, how)} }`;
}

function mediaTypes(contents: Content[], types: Types, how: Use): string {
  return braces(contents.map((content) => `${literal(content.mediaType)}: ${bodyType(content, types, how)};`));
}

/** The type of a body in a media type. What has no type is `unknown`, text is a string, and bytes are a Blob. */
export function bodyType(content: Content, types: Types, how: Use): string {
  const { kind, schema } = content;
  if (kind === "text") return "string";
  if (kind === "binary") return how === "answer" ? "Blob" : "Blob | ArrayBuffer | Uint8Array";
  const type = schema ? types.write(schema, useOf(content, how)) : "unknown";
  if (how === "answer") return kind === "json" ? type : kind === "form" ? "string" : "Blob";
  if (kind === "json" || type === "unknown") return type;
  return `${type} | ${kind === "form" ? "URLSearchParams" : "FormData"}`;
}

function headerOf(given: Header, types: Types, how: Use): string {
  const { name, required, schema = given.content?.schema } = given;
  const type = schema ? types.write(schema, how) : "string";
  return `${wordsOf(schema ?? anything, given)}${key(name)}${required ? "" : "?"}: ${type};`;
}

/** The parameters of an operation by place, as members of a type. */
export function parametersOf({ parameters }: Operation, types: Types, how: Use): string[] {
  return groups(parameters, (parameter) => parameter.in).map(([place, all]) => {
    const isOptional = !all.some(({ required }) => required);
    return `${placeWords[place]}${place}${isOptional ? "?" : ""}: ${braces(all.map((one) => headerOf(one, types, how)))};`;
  });
}

const placeWords: Record<ParameterLocation, string> = {
  path: "/** Parameters in the path. */\n",
  query: "/** Parameters in the query. */\n",
  querystring: "/** The whole query, as one value. */\n",
  header: "/** Parameters in headers. */\n",
  cookie: "/** Parameters in cookies. */\n",
};
