import type { OpenAPIV3_1 } from "@hey-api/spec-types";
import { defined, follow, member, members, type Part, pointerOf, type Referable, refuse, text } from "./part.ts";
import { fromPointer } from "./pointer.ts";
import { readServer } from "./server.ts";
import type { Link, LinkParameter, Operation, ParameterLocation } from "./types.ts";

/** Makes a reader of links, which binds them when all operations are known. */
export function createLinkReader() {
  const unbound: { link: Link; part: Part<OpenAPIV3_1.LinkObject> }[] = [];

  function readLink(name: string, given: Part<Referable<OpenAPIV3_1.LinkObject>>): Link {
    const part = follow(given);
    const { value } = part;
    const server = member(part, "server");
    const link: Link = defined({
      name,
      description: text(value.description),
      parameters: members(member(part, "parameters")).map(([key, parameter]) => readParameter(key, parameter.value)),
      requestBody: value.requestBody as unknown,
      server: server && readServer(server),
      pointer: pointerOf(part),
    });
    unbound.push({ link, part });
    return link;
  }

  /** Binds every link to the operation that it leads to. */
  function bindLinks(operations: Operation[]): void {
    for (const { link, part } of unbound) {
      const { operationId, operationRef } = part.value;
      if (operationId !== undefined) {
        const target = operations.find(({ id }) => id === operationId);
        link.operation = target ?? refuse(part, `the link leads to ${operationId}, but no operation has this id.`);
      } else if (operationRef?.startsWith("#")) {
        const [, path, ...keys] = fromPointer(operationRef);
        const method = keys.at(-1)?.toLowerCase();
        const target = operations.find((one) => one.path === path && one.method.toLowerCase() === method);
        link.operation = target ?? refuse(part, `the link leads to ${operationRef}, but no operation is there.`);
      } else if (operationRef === undefined) {
        refuse(part, "a link needs an `operationId` or an `operationRef`.");
      } else {
        link.operationRef = operationRef;
      }
    }
  }

  return { readLink, bindLinks };
}

/** A key is the name of a parameter, or its place and its name (section "Link Object", `parameters`). */
function readParameter(key: string, value: unknown): LinkParameter {
  const [, place, name] = /^(path|query|header|cookie)\.(.+)$/.exec(key) ?? [];
  return name === undefined ? { name: key, value } : { name, in: place as ParameterLocation, value };
}
