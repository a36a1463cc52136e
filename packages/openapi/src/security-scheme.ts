import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { defined, expectObject, follow, member, members, type Part, type Reference, refuse, text } from "./part.ts";
import type { OAuthFlow, SecurityScheme } from "./types.ts";

const types = ["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"];

/**
 * Reads a kind of credentials.
 *
 * @param key its name in the document
 * @throws OpenApiError when it lacks what its type needs
 */
export function readSecurityScheme(
  key: string,
  given: Part<OpenAPIV3_1.SecuritySchemeObject | Reference>,
): SecurityScheme {
  const part = follow(given);
  const value = part.value as object as Record<string, unknown>;
  const type = text(value["type"]) ?? "";
  if (!types.includes(type)) refuse(part, `the security scheme ${key} needs a \`type\`: one of ${types.join(", ")}.`);
  const needed = { http: ["scheme"], apiKey: ["name", "in"], openIdConnect: ["openIdConnectUrl"] }[type] ?? [];
  for (const name of needed) {
    if (text(value[name]) === undefined) refuse(part, `the security scheme ${key} of type ${type} needs \`${name}\`.`);
  }
  const flows = member(part as Part<{ flows?: Record<string, Record<string, unknown>> }>, "flows");
  return defined({
    key,
    type: type as SecurityScheme["type"],
    description: text(value["description"]),
    scheme: text(value["scheme"])?.toLowerCase(),
    bearerFormat: text(value["bearerFormat"]),
    name: text(value["name"]),
    in: text(value["in"]) as SecurityScheme["in"],
    openIdConnectUrl: text(value["openIdConnectUrl"]),
    flows: Object.fromEntries(members(flows).map(([name, flow]) => [name, readFlow(flow)])),
  });
}

function readFlow(part: Part<Record<string, unknown>>): OAuthFlow {
  expectObject(part);
  const { authorizationUrl, tokenUrl, refreshUrl, deviceAuthorizationUrl } = part.value;
  const scopes = member(part as Part<{ scopes?: Record<string, unknown> }>, "scopes");
  return defined({
    authorizationUrl: text(authorizationUrl),
    tokenUrl: text(tokenUrl),
    refreshUrl: text(refreshUrl),
    deviceAuthorizationUrl: text(deviceAuthorizationUrl),
    scopes: Object.fromEntries(members(scopes).map(([name, scope]) => [name, text(scope.value) ?? ""])),
  });
}
