import {
  dereference,
  listExamples,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type OperationDefinition,
} from "../openapi.ts";

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
  /** Values of required parameters, by where they go and their name. */
  parameters: Record<string, Record<string, unknown>>;
  /** All headers but the one with the token. */
  headers: Record<string, string>;
  body: RequestBody | undefined;
  /** Whether every success is answered as JSON. */
  answersJson: boolean;
  /** The names that lead to the messages within an error's body; none when the document does not tell. */
  errorFields: string[];
}

export interface RequestBody {
  contentType: string;
  isJson: boolean;
  value: unknown;
  /** The value as it is sent, over several lines where it is JSON. */
  text: string;
}

interface Answer {
  content?: Record<string, unknown>;
}

/**
 * Lists the requests to show: one for each operation and named request example.
 *
 * @throws Error when a reference in the document leads nowhere
 */
export function listRequests(document: OpenApiDocument): SampleRequest[] {
  const errorFields = findErrorFields(document);
  return listOperations(document).flatMap((operation) => {
    const { definition, method, authenticated } = operation;
    const parameters = exampleParameters(document, operation);
    const headers = parameterHeaders(parameters);
    const make = (example?: string, body?: RequestBody): SampleRequest => ({
      operationId: definition.operationId,
      example,
      method,
      url: address(document, operation, parameters),
      authenticated,
      parameters,
      headers: { ...(body && { "Content-Type": body.contentType }), ...headers },
      body,
      answersJson: answersJson(document, definition),
      errorFields,
    });
    const [content] = Object.entries(
      definition.requestBody ? dereference(document, definition.requestBody).content : {},
    );
    if (!content) return [make()];
    const [contentType, mediaType] = content;
    return listExamples(document, mediaType).map(({ name, value }) => make(name, makeBody(contentType, value)));
  });
}

function exampleParameters(document: OpenApiDocument, operation: Operation) {
  const parameters: SampleRequest["parameters"] = {};
  for (const parameter of operation.parameters.filter(({ required }) => required)) {
    const value = listExamples(document, parameter)[0]?.value ?? parameter.name;
    parameters[parameter.in] = { ...parameters[parameter.in], [parameter.name]: value };
  }
  return parameters;
}

function address(document: OpenApiDocument, operation: Operation, parameters: SampleRequest["parameters"]): string {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name) =>
    encodeURIComponent(String(parameters["path"]?.[name])),
  );
  const query = Object.entries(parameters["query"] ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`),
  );
  return `${document.servers?.[0]?.url ?? ""}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

function parameterHeaders(parameters: SampleRequest["parameters"]): Record<string, string> {
  const texts = (location: string) =>
    Object.entries(parameters[location] ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const cookies = texts("cookie").map(([name, value]) => `${name}=${value}`);
  return { ...Object.fromEntries(texts("header")), ...(cookies.length > 0 && { Cookie: cookies.join("; ") }) };
}

function makeBody(contentType: string, example: unknown = null): RequestBody {
  const isJson = isJsonType(contentType);
  // What a schema gives may have properties without a value, which JSON leaves out.
  const value: unknown = JSON.parse(JSON.stringify(example));
  return { contentType, isJson, value, text: isJson ? JSON.stringify(value, null, 2) : asText(value) };
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return new URLSearchParams(value as Record<string, string>).toString();
}

function answersJson(document: OpenApiDocument, definition: OperationDefinition): boolean {
  const { responses = {} } = definition as { responses?: Record<string, Answer | { $ref: string }> };
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const types = successes.map(([, response]) => Object.keys(dereference<Answer>(document, response).content ?? {}));
  return types.length > 0 && types.every((offered) => offered.length > 0 && offered.every(isJsonType));
}

function isJsonType(contentType: string): boolean {
  return /^application\/(.+\+)?json\b/.test(contentType);
}

/** Where the first schema with `x-error-body` has `$fields`, as the generator of the client finds it. */
function findErrorFields(document: OpenApiDocument): string[] {
  const schemas = Object.values((document.components?.["schemas"] ?? {}) as Record<string, Record<string, unknown>>);
  const templates = schemas.find((schema) => schema["x-error-body"])?.["x-error-body"];
  const names = findValue((templates as Record<string, unknown> | undefined)?.["fields"], "$fields");
  // Other names would need quoting in a field's tag in Go.
  return names.every((name) => /^\w+$/.test(name)) ? names : [];
}

function findValue(template: unknown, wanted: string): string[] {
  for (const [name, value] of Object.entries(template ?? {})) {
    if (value === wanted) return [name];
    const rest = typeof value === "object" ? findValue(value, wanted) : [];
    if (rest.length > 0) return [name, ...rest];
  }
  return [];
}
