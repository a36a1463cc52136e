import type { Api, Content, ContentKind, Operation, Parameter } from "@spherepay/openapi";
import { clientOptions } from "./client-options.ts";
import { exampleOf } from "./example.ts";

/** A request of one operation with one example, ready to be written in a language. */
export interface SampleRequest {
  operationId: string;
  /** Name of the request example; none when the document names none. */
  example: string | undefined;
  method: string;
  /** The whole address, query included. */
  url: string;
  /** Whether it takes a bearer token. */
  authenticated: boolean;
  /** What a client of `@spherepay/client` is made with. */
  clientOptions: Record<string, unknown>;
  /** Values of required parameters, by where they go and their name. */
  parameters: Record<string, Record<string, unknown>>;
  /** All headers but the one with the token. */
  headers: Record<string, string>;
  body: SampleBody | undefined;
  /** Whether every success is answered as JSON. */
  answersJson: boolean;
  /** The names that lead to the messages within an error's body; none when the document does not tell. */
  errorFields: string[];
}

/** The body of a sample's request. */
export interface SampleBody {
  contentType: string;
  isJson: boolean;
  value: unknown;
  /** The value as it is sent, over several lines where it is JSON. */
  text: string;
}

/** Lists the requests to show: one for each operation and named request example. */
export function listRequests(api: Api): SampleRequest[] {
  const { operations, errorBody } = api;
  const messages = errorBody?.fields.path ?? [];
  // Other names would need quoting in a field's tag in Go.
  const errorFields = messages.every((name) => /^\w+$/.test(name)) ? messages : [];
  return operations.flatMap((operation) => {
    const parameters = exampleParameters(operation);
    const headers = parameterHeaders(parameters);
    const make = (example?: string, body?: SampleBody): SampleRequest => ({
      operationId: operation.id,
      example,
      method: operation.method,
      url: address(operation, parameters),
      authenticated: takesBearerToken(operation),
      clientOptions: clientOptions(api, operation),
      parameters,
      headers: { ...(body && { "Content-Type": body.contentType }), ...headers },
      body,
      answersJson: answersJson(operation),
      errorFields,
    });
    const content = operation.body?.contents[0];
    if (!content) return [make()];
    return listExamples(content).map(({ name, value }) => make(name, makeBody(content, value)));
  });
}

/** The examples of a body or parameter; one made from its schema when it has none. */
function listExamples({ examples, schema }: Content | Parameter): { name?: string; value?: unknown }[] {
  return examples.length > 0 ? examples : [{ value: schema && exampleOf(schema) }];
}

function exampleParameters({ parameters }: Operation): SampleRequest["parameters"] {
  const examples: SampleRequest["parameters"] = {};
  for (const parameter of parameters.filter(({ required }) => required)) {
    const value = listExamples(parameter)[0]?.value ?? parameter.name;
    examples[parameter.in] = { ...examples[parameter.in], [parameter.name]: value };
  }
  return examples;
}

function address({ path: template, servers }: Operation, parameters: SampleRequest["parameters"]): string {
  const path = template.replaceAll(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(String(parameters["path"]?.[name])));
  const query = Object.entries(parameters["query"] ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`),
  );
  return `${servers[0]!.url}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

function parameterHeaders(parameters: SampleRequest["parameters"]): Record<string, string> {
  const texts = (location: string) =>
    Object.entries(parameters[location] ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const cookies = texts("cookie").map(([name, value]) => `${name}=${value}`);
  return { ...Object.fromEntries(texts("header")), ...(cookies.length > 0 && { Cookie: cookies.join("; ") }) };
}

function makeBody({ mediaType, kind }: Content, example: unknown = null): SampleBody {
  const isJson = kind === "json";
  // What a schema gives may have properties without a value, which JSON leaves out.
  const value: unknown = JSON.parse(JSON.stringify(example));
  return { contentType: mediaType, isJson, value, text: asText(kind, value) };
}

function asText(kind: ContentKind, value: unknown): string {
  if (kind === "json") return JSON.stringify(value, null, 2);
  if (typeof value === "string") return value;
  const hasFields = (kind === "form" || kind === "multipart") && !Array.isArray(value);
  return hasFields ? new URLSearchParams(value as Record<string, string>).toString() : JSON.stringify(value);
}

function answersJson({ responses }: Operation): boolean {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  return (
    successes.length > 0 &&
    successes.every(({ contents }) => contents[0] && contents.every(({ kind }) => kind === "json"))
  );
}

function takesBearerToken({ security }: Operation): boolean {
  return security.flat().some(({ scheme: { type, scheme } }) => type === "http" && scheme === "bearer");
}
