import { writeJson } from "./document/json.ts";
import { examplesOf, itemsOf, memberOf, membersOf, type Operation } from "./document/operations.ts";
import { isObject } from "./document/pointer.ts";
import { dereference } from "./document/source.ts";

/**
 * The first request that a document gives as an example, as a shell command.
 *
 * @param url Where the mock listens.
 * @returns `undefined` when no operation has an example of its request.
 */
export function curl(url: string, operations: readonly Operation[]): string | undefined {
  for (const operation of operations) {
    for (const { mediaType, place } of operation.body?.contents ?? []) {
      const [example] = examplesOf(operation.source, place);
      if (!example) continue;
      const [, value] = example;
      const body = typeof value === "string" ? value : writeJson(value);
      return [
        `curl -X ${operation.method} ${quote(url + operation.path)}`,
        ...(needsBearer(operation) ? [`-H ${quote("Authorization: Bearer test")}`] : []),
        `-H ${quote(`Content-Type: ${mediaType}`)}`,
        `-d ${quote(body)}`,
      ].join(" \\\n  ");
    }
  }
  return undefined;
}

function needsBearer({ security, source }: Operation): boolean {
  const names = new Set(itemsOf(security).flatMap((requirement) => membersOf(requirement).map(([name]) => name)));
  const components = memberOf(source.start, "components");
  return membersOf(components && memberOf(components, "securitySchemes")).some(([name, given]) => {
    const scheme = names.has(name) ? dereference(source, given)?.value : undefined;
    return isObject(scheme) && scheme["type"] === "http" && /^bearer$/i.test(String(scheme["scheme"]));
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
