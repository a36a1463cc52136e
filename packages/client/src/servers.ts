import type { Fail, Server, Servers, ServerVariable, ServerVariables } from "./operation.ts";
import { own } from "./parameters.ts";

/** The options that choose an address. */
export interface ServerChoice {
  environment?: string | undefined;
  variables?: ServerVariables | undefined;
  baseUrl?: string | undefined;
}

/** Names of all variables of the document. */
const known = new Set<string>();

/**
 * A base address with variables in it.
 *
 * @example
 * withVariables("https://{region}.example.com", { region: { default: "eu", enum: ["eu", "us"] } })
 */
export function withVariables(url: string, variables: Readonly<Record<string, ServerVariable>>): Server {
  for (const name of Object.keys(variables)) known.add(name);
  return (chosen, fail) => {
    for (const name of Object.keys(chosen)) if (!known.has(name)) throw fail(`variables.${name} is in no address`);
    return url.replace(/\{(.+?)\}/g, (_, name) => {
      const variable = own(variables, name);
      const value = own(chosen, name) ?? variable?.default ?? "";
      if (!value) throw fail(`variables.${name} is missing`);
      if (variable?.enum?.includes(value) === false) {
        throw fail(`variables.${name} must be one of ${variable.enum.join(", ")}`);
      }
      // What a caller's user gave may be in it, and must not end the part of the address where it stands.
      if ([..."/\\?#@"].some((mark) => `${value}`.includes(mark) && !variable?.default.includes(mark))) {
        throw fail(`variables.${name} cannot hold any of /\\?#@ here`);
      }
      return value;
    });
  };
}

/**
 * The address before the path: `baseUrl`, or that of the environment, or of the first server where none has its name.
 *
 * @param fail makes the error, whose message says which option has to be passed, and why
 */
export function baseAddress(
  servers: Servers,
  { environment = "", variables = {}, baseUrl }: ServerChoice,
  fail: Fail,
): string {
  const server = own(servers, environment) ?? Object.values(servers)[0] ?? "";
  const address = `${baseUrl ?? (typeof server === "string" ? server : server(variables, fail))}`;
  // No path in it is another in a URL: backslashes are slashes there, and dot segments go.
  const isAddress = /^https?:\/\/[^@/?#\s\\]+(\/(?!(\.|%2e){1,2}(\/|$))[^/?#\s\\]*)*$/i.test(address);
  if (!isAddress || !URL.canParse(address)) {
    throw fail(
      `baseUrl must be an address such as https://example.com/path, without credentials${baseUrl === undefined ? `: the spec has only "${address}"` : ""}`,
    );
  }
  return address.replace(/\/+$/, "");
}
