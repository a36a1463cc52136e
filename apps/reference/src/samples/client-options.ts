import type { Api, Operation, SecurityRequirement, SecurityScheme } from "@spherepay/openapi";
import { apiKeyVariable } from "./api-key.ts";
import { Code } from "./literal.ts";

/**
 * What `createSphereClient` is given for a call of an operation: `apiKey` where a document has one security scheme,
 * `credentials` by name where it has several, and nothing where the operation needs none.
 *
 * @example
 * clientOptions(api, operation); // { apiKey: new Code("process.env.SPHERE_API_KEY") }
 */
export function clientOptions({ security, operations }: Api, operation: Operation): Record<string, unknown> {
  const all = new Set([security, ...operations.map((one) => one.security)].flat().flatMap(sentSchemes));
  const needed = sentSchemes(operation.security[0] ?? []);
  if (needed.length === 0) return {};
  if (all.size === 1) return { apiKey: credential(needed[0]!, apiKeyVariable) };
  const entries = needed.map((scheme) => [scheme.key, credential(scheme, `SPHERE_${constantCase(scheme.key)}`)]);
  return { credentials: Object.fromEntries(entries) };
}

/** The schemes that the client sends: a certificate is the business of the connection. */
function sentSchemes(requirement: SecurityRequirement): SecurityScheme[] {
  return requirement.map(({ scheme }) => scheme).filter(({ type }) => type !== "mutualTLS");
}

function credential({ scheme }: SecurityScheme, variable: string): unknown {
  const read = (name: string, fallback = "") => new Code(`process.env.${name}${fallback}`);
  if (scheme !== "basic") return read(variable);
  return { username: read(`${variable}_USERNAME`, ' ?? ""'), password: read(`${variable}_PASSWORD`, ' ?? ""') };
}

/** A name as variables of the environment have theirs: `API_KEY` of `apiKey`. */
function constantCase(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/\W+/g, "_")
    .toUpperCase();
}
