import { dereference, type OpenApiDocument } from "./openapi.ts";
import { inlineCode } from "./text.ts";

interface SecurityScheme {
  type: string;
  scheme?: string;
  name?: string;
  in?: string;
  description?: string;
  openIdConnectUrl?: string;
}

/**
 * Writes as Markdown how a request proves who sends it.
 *
 * @param security the alternatives, as an operation or the document lists them
 * @throws Error when a reference within the document leads nowhere
 * @example
 * writeAuthentication(document, [{ token: [] }]); // "Bearer token in the `Authorization` header. …"
 */
export function writeAuthentication(document: OpenApiDocument, security: Record<string, string[]>[]): string {
  const ways = security.map((requirement) => {
    const parts = Object.entries(requirement).map(([name, scopes]) => describeScheme(document, name, scopes));
    return parts.length > 0 ? parts.join(" Together with: ") : "Nothing: it works without authentication.";
  });
  const [only = "None.", ...more] = ways;
  return more.length > 0 ? `One of:\n\n${ways.map((way) => `- ${way}`).join("\n")}` : only;
}

function describeScheme(document: OpenApiDocument, name: string, scopes: string[]): string {
  const reference = document.components?.securitySchemes?.[name];
  if (!reference) return `${inlineCode(name)}.`;
  const scheme = dereference<SecurityScheme>(document, reference);
  return [
    `${nameKind(scheme)}.`,
    scheme.description?.trim().replaceAll(/\s+/g, " "),
    scopes.length > 0 && `Scopes: ${scopes.map(inlineCode).join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function nameKind({ type, scheme = "", name = "", in: place, openIdConnectUrl }: SecurityScheme): string {
  switch (type) {
    case "http": {
      const kind = scheme.toLowerCase() === "bearer" ? "Bearer token" : `HTTP ${scheme} authentication`;
      return `${kind} in the \`Authorization\` header`;
    }
    case "apiKey":
      return `API key ${inlineCode(name)}, sent as ${place === "query" ? "query parameter" : place}`;
    case "oauth2":
      return "OAuth 2.0 access token";
    case "openIdConnect":
      return `OpenID Connect token, see <${openIdConnectUrl}>`;
    case "mutualTLS":
      return "Client certificate (mutual TLS)";
    default:
      return `Authentication of type ${inlineCode(type)}`;
  }
}
