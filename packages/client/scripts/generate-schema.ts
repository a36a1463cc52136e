import { type Api, toPointer } from "@spherepay/openapi";
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";
import { header } from "./generate-operations.ts";

/**
 * The types of every path, schema and operation of an OpenAPI document.
 *
 * @param api the model of the document
 * @param document the document itself. It is not changed
 * @returns TypeScript source, in which `operations` has each operation under the id that it has in the model
 * @example
 * const { api, document } = await readApiFile("openapi.json");
 * const source = generateSchema(api, document);
 */
export function generateSchema(api: Api, document: object): string {
  const schema = completePaths(api, structuredClone(document) as OpenAPI3);
  const options = { silent: true };
  // The package's main function would bundle and check the document once more, and refuse ordinary ones on the way,
  // such as those with a `mapping` to names of schemas. This is what it does after that; other settings are off.
  const context = {
    defaultNonNullable: true,
    discriminators: scanDiscriminators(schema, options),
    injectFooter: [],
    resolve: (reference: string) => resolveRef(schema, reference, options),
    rootTypes: true,
  } as unknown as GlobalContext;
  return header + shortenAliases(astToString(transformSchema(schema, context)));
}

/**
 * Puts each operation where openapi-typescript looks for it, and under the id of the model: path items by reference,
 * operations without an id and answers that are reached through two references have no types otherwise.
 */
function completePaths({ operations }: Api, document: OpenAPI3): OpenAPI3 {
  const parts = partsByPointer(document);
  // What has a type of its own is referred to; what stands anywhere else is put in.
  const place = ({ pointer }: { pointer: string }) =>
    /^#\/components\/(parameters|requestBodies|responses)\/[^/]+$/.test(pointer)
      ? { $ref: pointer }
      : parts.get(pointer);

  const paths: Record<string, Record<string, unknown>> = {};
  for (const { id, method, path, parameters, body, responses, source } of operations) {
    const item = (paths[path] ??= {});
    item[method.toLowerCase()] = {
      ...source,
      operationId: id,
      parameters: parameters.map(place),
      ...(body && { requestBody: place(body) }),
      responses: Object.fromEntries(responses.map((response) => [response.status, place(response)])),
    };
  }
  const { pathItems: _, ...components } = document.components ?? {};
  return { ...document, paths, components } as OpenAPI3;
}

function partsByPointer(node: unknown, keys: string[] = [], parts = new Map<string, unknown>()): Map<string, unknown> {
  parts.set(toPointer(keys), node);
  for (const [key, child] of Object.entries(Object(node))) {
    if (typeof child === "object") partsByPointer(child, [...keys, key], parts);
  }
  return parts;
}

/** Takes the word `Schema` off each alias of a schema, where what remains is a name that is still free. */
function shortenAliases(source: string): string {
  const declared = [...source.matchAll(/^export type (\w+)/gm)].map(([, name]) => name!);
  // The source itself uses the last ones.
  const taken = new Set([...declared, "Extract", "Omit", "Record", "WithRequired"]);
  return source.replaceAll(/^export type Schema(\w+)(?= = components\['schemas'\])/gm, (alias, name: string) =>
    taken.has(name) || /^\d/.test(name) ? alias : `export type ${name}`,
  );
}
