import type { Operation, SecurityScheme } from "@spherepay/openapi";
import { inlineCode } from "./text.ts";

/**
 * Writes as Markdown how a request proves who sends it.
 *
 * @example
 * writeAuthentication(operation); // "Bearer token in the `Authorization` header. …"
 */
export function writeAuthentication({ security }: Operation): string {
  const ways = security.map((requirement) => {
    const parts = requirement.map(({ scheme, scopes }) => describeScheme(scheme, scopes));
    return parts.length > 0 ? parts.join(" Together with: ") : "Nothing: it works without authentication.";
  });
  const [only = "None.", ...more] = ways;
  return more.length > 0 ? `One of:\n\n${ways.map((way) => `- ${way}`).join("\n")}` : only;
}

function describeScheme(scheme: SecurityScheme, scopes: string[]): string {
  return [
    `${nameKind(scheme)}.`,
    scheme.description?.trim().replaceAll(/\s+/g, " "),
    scopes.length > 0 && `Scopes: ${scopes.map(inlineCode).join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function nameKind({ type, scheme, name = "", in: place, openIdConnectUrl }: SecurityScheme): string {
  switch (type) {
    case "http":
      return `${scheme === "bearer" ? "Bearer token" : `HTTP ${scheme} authentication`} in the \`Authorization\` header`;
    case "apiKey":
      return `API key ${inlineCode(name)}, sent as ${place === "query" ? "query parameter" : place}`;
    case "oauth2":
      return "OAuth 2.0 access token";
    case "openIdConnect":
      return `OpenID Connect token, see <${openIdConnectUrl}>`;
    case "mutualTLS":
      return "Client certificate (mutual TLS)";
  }
}
