import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { header } from "./generate-operations.ts";

/**
 * The types of every path, schema and operation of an OpenAPI document.
 *
 * @param document a bundled OpenAPI 3.x document
 * @returns TypeScript source
 */
export async function generateSchema(document: OpenAPI3): Promise<string> {
  return header + astToString(await openapiTypescript(document, { rootTypes: true, rootTypesNoSchemaPrefix: true }));
}
