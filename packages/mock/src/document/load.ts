import { fileURLToPath } from "node:url";
import { type Endpoint, prepareEndpoint } from "./endpoint.ts";
import { type ErrorBody, findErrorBody } from "./error-body.ts";
import { type Operation, prism } from "./prism.ts";

/** An OpenAPI document, ready to be mocked. */
export interface Document {
  readonly endpoints: readonly Endpoint[];
  /** How it words its errors; `undefined` leaves that to Prism. */
  readonly errorBody: ErrorBody | undefined;
  /** What is wrong with it, but not so much that it cannot be mocked: one sentence each. */
  readonly warnings: readonly string[];
}

// Built beside the compiled code: `src/document/` and `dist/document/` are both two levels below the package.
const SHIPPED_SPEC = new URL("../../dist/openapi.json", import.meta.url);
let shipped: Promise<Document> | undefined;

/**
 * Loads a document and compiles every schema of it.
 *
 * @param spec Its path, its URL, or the parsed document. Defaults to the SpherePay document that this package ships,
 * which is loaded once.
 * @throws {Error} When the document cannot be read, is not OpenAPI, describes no operation, or has a schema that cannot
 * be compiled. The message names the document and the reason in one sentence.
 */
export async function loadDocument(spec?: string | URL | object): Promise<Document> {
  return spec === undefined ? (shipped ??= load(SHIPPED_SPEC)) : load(spec);
}

async function load(spec: string | URL | object): Promise<Document> {
  const file = spec instanceof URL && spec.protocol === "file:" ? fileURLToPath(spec) : spec;
  const source = file instanceof URL ? file.href : file;
  const fail = (reason: string, cause?: unknown) =>
    new Error(`Cannot load ${typeof source === "string" ? source : "the given document"}: ${reason}`, { cause });

  let operations: Operation[];
  try {
    // The loader resolves references in place, which would change the caller's object.
    operations = await prism.getHttpOperationsFromSpec(typeof source === "string" ? source : structuredClone(source));
  } catch (error) {
    // The loader repeats itself; the reason is in its last line.
    const reason = (error as Error).message.trim().split("\n").at(-1)!;
    throw fail(reason.replace(/^(?:Error parsing .+?: )+|:$/g, ""), error);
  }
  // The default of OpenAPI (section 4.8.12), which prism-cli sets, but Prism as a library does not.
  for (const { request } of operations) {
    for (const parameter of request?.query ?? []) {
      if (parameter.style === "form") Object.assign(parameter, { explode: parameter.explode ?? true });
    }
  }
  if (operations.length === 0) throw fail("it describes no operation");

  const endpoints = operations.map(prepareEndpoint);
  const faults = endpoints.flatMap((endpoint) => endpoint.faults);
  if (faults.length > 0) throw fail(faults.join("; "));
  return {
    endpoints,
    errorBody: findErrorBody(operations),
    warnings: endpoints.flatMap(({ warnings }) => warnings),
  };
}
