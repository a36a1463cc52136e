/** The parts of an OpenAPI 3.1 document that the samples are made from. */
export interface OpenApiDocument {
  info: { title: string; summary?: string };
  servers?: { url: string }[];
  security?: Record<string, string[]>[];
  tags?: unknown[];
  paths: Record<string, PathItem>;
  components?: {
    securitySchemes?: Record<string, Referable<{ type: string; scheme?: string }>>;
    [kind: string]: unknown;
  };
}

/** An operation, where it is found, and what it inherits from there. */
export interface Operation {
  path: string;
  method: string;
  /** The operation as it stands in the document. */
  definition: OperationDefinition;
  /** Own and inherited parameters, without references. */
  parameters: Parameter[];
  /** Whether it takes a bearer token. */
  authenticated: boolean;
}

export interface OperationDefinition {
  operationId: string;
  tags?: string[];
  parameters?: Referable<Parameter>[];
  requestBody?: Referable<{ content: Record<string, Examples> }>;
  security?: Record<string, string[]>[];
  "x-codeSamples"?: { lang: string; label: string; source: string }[];
}

export interface Parameter extends Examples {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
}

export interface Examples {
  example?: unknown;
  examples?: Record<string, Referable<{ value?: unknown }>>;
  schema?: Referable<Schema>;
}

interface Schema {
  type?: string | string[];
  const?: unknown;
  default?: unknown;
  enum?: unknown[];
  example?: unknown;
  examples?: unknown[];
  properties?: Record<string, Referable<Schema>>;
  items?: Referable<Schema>;
  allOf?: Referable<Schema>[];
  oneOf?: Referable<Schema>[];
  anyOf?: Referable<Schema>[];
}

type Referable<Value> = Value | { $ref: string };
type PathItem = { parameters?: Referable<Parameter>[] } & { [method in Method]?: OperationDefinition };
type Method = (typeof methods)[number];

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** Lists every operation of a document, in its order. */
export function listOperations(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const definition = item[method];
      if (!definition) return [];
      return [
        {
          path,
          method: method.toUpperCase(),
          definition,
          parameters: mergeParameters(document, item.parameters, definition.parameters),
          authenticated: takesBearerToken(document, definition.security ?? document.security ?? []),
        },
      ];
    }),
  );
}

/** Follows a reference within the document, if the value is one. */
export function dereference<Value>(document: OpenApiDocument, value: Referable<Value>): Value {
  if (typeof value !== "object" || value === null || !("$ref" in value)) return value as Value;
  const steps = value.$ref.split("/").slice(1);
  const target = steps.reduce<unknown>(
    (node, step) => (node as Record<string, unknown> | undefined)?.[decodePointer(step)],
    document,
  );
  if (target === undefined) throw new Error(`The document has no ${value.$ref}.`);
  return dereference(document, target as Referable<Value>);
}

/** The named examples of a body or parameter; one made from its schema when it has none. */
export function listExamples(document: OpenApiDocument, source: Examples): { name?: string; value: unknown }[] {
  if (source.examples) {
    return Object.entries(source.examples).map(([name, reference]) => {
      return { name, value: dereference(document, reference).value };
    });
  }
  if (source.example !== undefined) return [{ value: source.example }];
  return [{ value: source.schema && exampleOfSchema(document, source.schema) }];
}

function exampleOfSchema(document: OpenApiDocument, reference: Referable<Schema>, ancestors: unknown[] = []): unknown {
  const schema = dereference(document, reference);
  const given = [schema.example, schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]];
  const first = given.find((value) => value !== undefined);
  // A schema that contains itself has no end to write out.
  if (first !== undefined || ancestors.includes(schema)) return first;

  const inner = (child: Referable<Schema>) => exampleOfSchema(document, child, [...ancestors, schema]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(inner));
  const alternative = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (alternative) return inner(alternative);
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, child]) => [name, inner(child)]));
  }
  if (schema.items) return [inner(schema.items)];
  const type = [schema.type].flat()[0];
  return { object: {}, array: [], boolean: true, integer: 1, number: 1, null: null }[type ?? "string"] ?? "string";
}

function mergeParameters(document: OpenApiDocument, ...lists: (Referable<Parameter>[] | undefined)[]): Parameter[] {
  const parameters = lists.flatMap((list) => list ?? []).map((parameter) => dereference(document, parameter));
  return [...new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

function takesBearerToken(document: OpenApiDocument, security: Record<string, string[]>[]): boolean {
  const schemes = document.components?.securitySchemes ?? {};
  return security.flatMap(Object.keys).some((name) => {
    const scheme = schemes[name] && dereference(document, schemes[name]);
    return scheme?.type === "http" && scheme.scheme?.toLowerCase() === "bearer";
  });
}

function decodePointer(step: string): string {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}
