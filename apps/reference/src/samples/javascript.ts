import { apiKeyVariable } from "./api-key.ts";
import { access, Code, columns, javascript, literal } from "./literal.ts";
import type { SampleRequest } from "./request.ts";

/** Writes a request with `fetch`, for a runtime with top-level await. */
export function writeJavaScript(request: SampleRequest): string {
  const { method, url, authenticated, body, answersJson, errorFields } = request;
  const headers = {
    ...(authenticated && { Authorization: new Code(`\`Bearer \${process.env.${apiKeyVariable}}\``) }),
    ...request.headers,
  };
  const options = [
    `method: ${JSON.stringify(method)}`,
    ...(Object.keys(headers).length > 0 ? [`headers: ${literal(headers, javascript, 1, "  headers: ,".length)}`] : []),
    ...(body ? [`body: ${writeBody(body)}`] : []),
    "signal: AbortSignal.timeout(30_000)",
  ];
  const quoted = JSON.stringify(url);
  const isShort = `const response = await fetch(${quoted}, {`.length <= columns;
  const onItsOwn = `const url = ${quoted};`.length <= columns ? " " : "\n  ";
  return `${isShort ? "" : `const url =${onItsOwn}${quoted};\n`}const response = await fetch(${isShort ? quoted : "url"}, {
${options.map((option) => `  ${option},\n`).join("")}});
if (!response.ok) {
  console.error(\`The API answered \${response.status}\`);
  console.error(${errorFields.length > 0 ? `(await response.json())${access(errorFields)}` : "await response.text()"});
  process.exit(1);
}
${answersJson ? "console.dir(await response.json(), { depth: null });" : "console.log(await response.text());"}`;
}

function writeBody({ isJson, value, text }: NonNullable<SampleRequest["body"]>): string {
  if (!isJson) return JSON.stringify(text);
  return `JSON.stringify(${literal(value, javascript, 1, "  body: JSON.stringify(),".length)})`;
}
