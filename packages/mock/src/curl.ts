import { writeJson } from "./document/json.ts";
import { isJson } from "./document/media-type.ts";
import { examplesOf, itemsOf, memberOf, membersOf, type Operation, type Parameter } from "./document/operations.ts";
import { isObject } from "./document/pointer.ts";
import { dereference } from "./document/source.ts";

/**
 * The first request that a document gives as an example, as a shell command.
 *
 * @param url Where the mock listens.
 * @returns `undefined` when no operation has an example of its request, with all that it needs.
 */
export function curl(url: string, operations: readonly Operation[]): string | undefined {
  for (const operation of operations) {
    for (const { mediaType, place } of operation.body?.contents ?? []) {
      const [example] = examplesOf(operation.source, place);
      const target = example && targetOf(operation);
      if (!example || target === undefined) continue;
      const [, value] = example;
      const body = typeof value === "string" && !isJson(mediaType) ? value : writeJson(value);
      return [
        `curl -X ${operation.method} ${quote(url + target)}`,
        ...(needsBearer(operation) ? [`-H ${quote("Authorization: Bearer test")}`] : []),
        `-H ${quote(`Content-Type: ${mediaType}`)}`,
        // Of a value that begins with an `@`, `-d` would read a file.
        `--data-raw ${quote(body)}`,
      ].join(" \\\n  ");
    }
  }
  return undefined;
}

/** The path and query of an operation; `undefined` when one of the parameters that it needs has no example. */
function targetOf(operation: Operation): string | undefined {
  const { path } = operation;
  let target = path;
  const query: string[] = [];
  for (const parameter of operation.parameters) {
    if (!parameter.required) continue;
    const value = exampleOf(operation, parameter);
    if (value === undefined || (parameter.in !== "path" && parameter.in !== "query")) return undefined;
    const text = encodeURIComponent(value);
    if (parameter.in === "path") target = target.replaceAll(`{${parameter.name}}`, () => text);
    else query.push(`${encodeURIComponent(parameter.name)}=${text}`);
  }
  // A part of the path that is no parameter is the document's fault.
  if (/[{}]/.test(target)) return undefined;
  return query.length > 0 ? `${target}?${query.join("&")}` : target;
}

/** What an example or the schema of a parameter says that it may be. A list has more than one way to be written. */
function exampleOf({ source }: Operation, { place, schema: given, style }: Parameter): string | undefined {
  if (style === "label" || style === "matrix") return undefined;
  const schema = given && dereference(source, given)?.value;
  const { example, examples, default: usual, enum: values, const: only } = isObject(schema) ? schema : {};
  const [first] = Array.isArray(examples) ? examples : [];
  const [choice] = Array.isArray(values) ? values : [];
  const [written] = examplesOf(source, place);
  const value = [written?.[1], example, first, usual, choice, only].find((candidate) => candidate !== undefined);
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
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
