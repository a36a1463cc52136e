import type { Operation } from "./document/prism.ts";

/**
 * The first request that a document gives as an example, as a shell command.
 *
 * @param url Where the mock listens.
 * @returns `undefined` when no operation has an example of its request.
 */
export function curl(url: string, operations: readonly Operation[]): string | undefined {
  for (const { method, path, request, security } of operations) {
    for (const { mediaType, examples = [] } of request?.body?.contents ?? []) {
      const example = examples.find((candidate) => "value" in candidate);
      if (!example) continue;
      const needsBearer = security?.flat().some((scheme) => "scheme" in scheme && scheme.scheme === "bearer");
      const body = typeof example.value === "string" ? example.value : JSON.stringify(example.value);
      return [
        `curl -X ${method.toUpperCase()} ${quote(url + path)}`,
        ...(needsBearer ? [`-H ${quote("Authorization: Bearer test")}`] : []),
        `-H ${quote(`Content-Type: ${mediaType}`)}`,
        `-d ${quote(body)}`,
      ].join(" \\\n  ");
    }
  }
  return undefined;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
