import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { defined, expectObject, items, member, members, type Part, refuse, text } from "./part.ts";
import type { Server, ServerVariable } from "./types.ts";

/**
 * Reads a list of servers.
 *
 * @returns `undefined` where there is none, or an empty one: then the surroundings' servers hold
 * @throws OpenApiError when a variable in an address is not described
 */
export function readServers(list: Part<readonly OpenAPIV3_1.ServerObject[]> | undefined): Server[] | undefined {
  const servers = items(list).map(readServer);
  return servers.length > 0 ? servers : undefined;
}

/** Reads one server. */
export function readServer(part: Part<OpenAPIV3_1.ServerObject>): Server {
  expectObject(part);
  const { value } = part;
  const template = text(value.url) ?? refuse(part, "a server needs a `url`.");
  const variables = Object.fromEntries(
    members(member(part, "variables")).map(([name, variable]) => [name, readVariable(variable)]),
  );
  const url = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return (
      variable?.default ??
      refuse(part, `the address has {${name}}, but no variable ${name}. Add it under \`variables\`, with a default.`)
    );
  });
  const { name, "x-name": ownName } = value as { name?: unknown; "x-name"?: unknown };
  return defined({
    template,
    url: url.replace(/\/+$/, ""),
    name: text(name) ?? text(ownName),
    description: text(value.description),
    variables,
  });
}

function readVariable(part: Part<OpenAPIV3_1.ServerVariableObject>): ServerVariable {
  expectObject(part);
  const { default: value, enum: values, description } = part.value;
  return defined({
    default: text(value) ?? refuse(part, "a variable of a server needs a `default`."),
    enum: Array.isArray(values) ? values.map(String) : [],
    description: text(description),
  });
}
