import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkBody } from "./bodies.ts";
import { type Checked, createCheck, type SentRequest } from "./check.ts";
import { type ErrorBody, findErrorBody } from "./error-body.ts";
import { examplesOf, listOperations, memberOf, type Operation } from "./operations.ts";
import { createRouter, type Router } from "./router.ts";
import { createSchemas, type Schemas, type Validator } from "./schemas.ts";
import { readSource, type Source } from "./source.ts";
import { sentence } from "./wording.ts";

/** An OpenAPI document, ready to be mocked. */
export interface Document {
  readonly source: Source;
  readonly operations: readonly Operation[];
  readonly router: Router;
  readonly schemas: Schemas;
  /** How it words its errors; `undefined` leaves that to Prism. */
  readonly errorBody: ErrorBody | undefined;
  /**
   * What of it cannot be checked: one sentence each. What concerns a single operation is added when that is first used,
   * or with all the rest by `checkAll`.
   */
  readonly warnings: readonly string[];
  /** Says what is wrong with a request for an operation. */
  check(operation: Operation, request: SentRequest): Checked;
  /** Compiles every schema of it, and adds the examples that break theirs to the warnings. */
  checkAll(): void;
}

/** By its public name, since sources and bundles lie in different folders. */
const shippedSpec = () => pathToFileURL(createRequire(import.meta.url).resolve("@spherepay/mock/openapi.json"));
let shipped: Promise<Document> | undefined;

/**
 * Loads a document. Nothing is compiled before it is used, unless `strict` asks for it.
 *
 * @param spec Its path, its URL, or the parsed document. Defaults to the SpherePay document that this package ships,
 * which is loaded once.
 * @param strict whether anything that cannot be checked, and any example that breaks its schema, is an error
 * @throws {Error} When the document cannot be read, is not OpenAPI 3.x, or describes no operation, and when it is not as
 * `strict` wants it. The message names the document and the reason in one sentence.
 */
export async function loadDocument(spec?: string | URL | object, strict = false): Promise<Document> {
  if (spec === undefined && !strict) return (shipped ??= load(shippedSpec(), false));
  return load(spec ?? shippedSpec(), strict);
}

async function load(spec: string | URL | object, strict: boolean): Promise<Document> {
  const fail = (reason: string, cause?: unknown) => new Error(`Cannot load ${nameOf(spec)}: ${reason}`, { cause });
  const source = await readSource(spec).catch((error: Error) => {
    throw fail(error.message, error);
  });
  const document = createDocument(source);
  if (document.operations.length === 0) throw fail("it describes no operation");
  if (strict) {
    document.checkAll();
    if (document.warnings.length > 0) throw fail(document.warnings.join("; "));
  }
  return document;
}

function nameOf(spec: string | URL | object): string {
  if (typeof spec === "string") return spec;
  if (!(spec instanceof URL)) return "the given document";
  return spec.protocol === "file:" ? fileURLToPath(spec) : spec.href;
}

function createDocument(source: Source): Document {
  const warnings: string[] = [];
  const told = new Set<string>();
  const warn = (warning: string) => {
    if (!told.has(warning)) warnings.push(warning);
    told.add(warning);
  };
  const schemas = telling(createSchemas(source, { strict: false }), warn);
  const operations = listOperations(source, warn);
  const router = createRouter(operations);
  router.warnings.forEach(warn);
  const checks = new Map<Operation, (request: SentRequest) => Checked>();

  function check(operation: Operation, request: SentRequest): Checked {
    const known = checks.get(operation) ?? createCheck(operation, schemas);
    checks.set(operation, known);
    return known(request);
  }

  let errorBody: { readonly found: ErrorBody | undefined } | undefined;
  return {
    source,
    operations,
    router,
    schemas,
    get errorBody() {
      // Only an error needs it.
      return (errorBody ??= { found: findErrorBody(operations) }).found;
    },
    warnings,
    check,
    checkAll: () => operations.forEach((operation) => checkOperation(operation, schemas)),
  };
}

/** Schemas that tell what of them cannot be checked as soon as they are compiled. */
function telling(schemas: Schemas, warn: (warning: string) => void): Schemas {
  const told = new WeakSet<Validator>();
  return {
    ...schemas,
    validator(place, direction) {
      const validator = schemas.validator(place, direction);
      if (!told.has(validator)) {
        told.add(validator);
        validator.warnings.forEach(warn);
      }
      return validator;
    },
  };
}

/** Compiles all that an operation has, and looks at its examples. */
function checkOperation(operation: Operation, schemas: Schemas): void {
  const { source, route, body, responses, warn } = operation;
  createCheck(operation, schemas);
  for (const content of body?.contents ?? []) checkBody(operation, content, content.mediaType, schemas);
  for (const { status, headers, contents } of responses) {
    for (const { place } of headers) {
      const schema = memberOf(place, "schema");
      if (schema) schemas.validator(schema, "response");
    }
    for (const { schema, place } of contents) {
      const validate = schema && schemas.validator(schema, "response");
      for (const [name, value] of validate ? examplesOf(source, place) : []) {
        const [first] = validate!(value);
        if (first) warn(`the example ${name} of ${route}, response ${status}, breaks its schema: ${sentence(first)}`);
      }
    }
  }
}
