import type { ValidateFunction } from "ajv";
import { type Operation, prism, watchCompile } from "./prism.ts";
import { findUnchecked } from "./unchecked.ts";
import { type CompileBranch, explain } from "./violations.ts";
import { sentence } from "./wording.ts";

/** Where in a request something stands. */
export type Place = "path" | "query" | "header" | "body";

/** An operation with the functions that Prism checks it with. */
export interface Endpoint {
  readonly operation: Operation;
  /** Its `operationId`, or its method and path where it has none. */
  readonly name: string;
  readonly validators: readonly RequestValidator[];
  /** That of a JSON body, where Prism checks nothing else of the request. */
  readonly plainBody: ValidateFunction | undefined;
  readonly compileBranch: CompileBranch;
  /** Schemas that Prism could not compile, and so would not check: one sentence each. */
  readonly faults: readonly string[];
  /** Examples that Prism serves although they break their schema, and keywords that it does not check: one sentence each. */
  readonly warnings: readonly string[];
}

/** Checks one part of a request. */
export interface RequestValidator {
  readonly place: Place;
  readonly validate: ValidateFunction;
}

const REMEDY = "add jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema to the document";

const PARAMETERS = [
  ["path", "path"],
  ["query", "query"],
  ["headers", "header"],
] as const;

/** Has Prism compile all schemas of an operation. */
export function prepareEndpoint(operation: Operation): Endpoint {
  const { method, path, iid, request = {}, responses } = operation;
  const route = `${method.toUpperCase()} ${path}`;
  const faults: string[] = [];
  const warnings: string[] = [];
  const validators: RequestValidator[] = [];
  const element = { method: operation.method as "get", url: { path }, headers: {} };

  function watch(part: string, validate: () => unknown): ValidateFunction | undefined {
    try {
      const compiled = watchCompile(validate);
      for (const keyword of findUnchecked(compiled?.schema)) {
        warnings.push(`${keyword} in the schema of ${route}, ${part}, is not checked; ${REMEDY}`);
      }
      return compiled;
    } catch (error) {
      faults.push(`the schema of ${route}, ${part}, cannot be compiled: ${(error as Error).message}`);
      return undefined;
    }
  }

  for (const [list, place] of PARAMETERS) {
    const parameters = request[list];
    if (!parameters?.length) continue;
    const validate = watch(`${place} parameters`, () =>
      prism.validator.validateInput({ resource: { ...operation, request: { [list]: parameters } }, element }),
    );
    if (validate) validators.push({ place, validate });
  }

  let plainBody: ValidateFunction | undefined;
  const hasParameters = PARAMETERS.some(([list]) => request[list]?.length);
  for (const content of request.body?.contents ?? []) {
    const validate = watch(`request body ${content.mediaType}`, () =>
      prism.validator.validateInput({
        resource: { ...operation, request: { body: { id: "", contents: [content] } } },
        element: { ...element, headers: { "content-type": `${content.mediaType}; boundary=x` }, body: bodyOf(content) },
      }),
    );
    if (validate) validators.push({ place: "body", validate });
    const isFirst = content === request.body!.contents![0];
    if (isFirst && !hasParameters && content.mediaType === "application/json") plainBody = validate;
  }

  const branches = new Map<unknown, ValidateFunction>();
  const compileBranch: CompileBranch = (branch, $schema) => {
    const known = branches.get(branch);
    if (known) return known;
    const content = { id: "", mediaType: "application/json", schema: { $schema, anyOf: [branch] } as object };
    const validate = watchCompile(() =>
      prism.validator.validateInput({
        resource: { ...operation, request: { body: { id: "", contents: [content] } } },
        element: { ...element, headers: { "content-type": content.mediaType }, body: bodyOf(content) },
      }),
    )!;
    branches.set(branch, validate);
    return validate;
  };

  for (const response of responses) {
    const part = `response ${response.code}`;
    const answer = { statusCode: 200, headers: {} };
    const respond = (more: object, answered: object) =>
      prism.validator.validateOutput({
        resource: { ...operation, responses: [{ ...response, code: "200", headers: [], contents: [], ...more }] },
        element: { ...answer, ...answered },
      });
    if (response.headers?.length) watch(`${part}, headers`, () => respond({ headers: response.headers }, {}));
    for (const content of response.contents ?? []) {
      const validate = watch(`${part} ${content.mediaType}`, () =>
        respond({ contents: [content] }, { headers: { "content-type": content.mediaType }, body: bodyOf(content) }),
      );
      for (const example of content.examples ?? []) {
        if (!validate || !("value" in example) || validate(example.value)) continue;
        const [first] = explain(validate, { value: example.value, compileBranch });
        warnings.push(`the example ${example.key} of ${route}, ${part}, breaks its schema: ${sentence(first!)}`);
      }
    }
  }

  return { operation, name: iid ?? route, validators, plainBody, compileBranch, faults, warnings };
}

/** A body that Prism takes as far as its schema. */
function bodyOf({ mediaType }: { mediaType: string }): unknown {
  return /^(?:application\/x-www-form-urlencoded|multipart\/form-data)/.test(mediaType) ? "x" : {};
}
