import { apiKeyVariable } from "./api-key.ts";
import { Code, literal, python } from "./literal.ts";
import type { SampleRequest } from "./request.ts";

/** The methods for which requests has a function. */
const functions = new Set(["GET", "OPTIONS", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** Writes a request with requests, the package that Python programs use for HTTP. */
export function writePython(request: SampleRequest): string {
  const { method, url, authenticated, body, answersJson, errorFields } = request;
  const headers: Record<string, unknown> = {
    ...(authenticated && { Authorization: new Code(`f"Bearer {os.environ['${apiKeyVariable}']}"`) }),
    ...request.headers,
  };
  // The argument `json` brings this type itself.
  if (headers["Content-Type"] === "application/json") delete headers["Content-Type"];
  const parameters = [
    ...(functions.has(method) ? [] : [JSON.stringify(method)]),
    JSON.stringify(url),
    ...(Object.keys(headers).length > 0 ? [`headers=${literal(headers, python, 1, "    headers=,".length)}`] : []),
    ...(body ? [writeBody(body)] : []),
    // Without it requests waits for ever.
    "timeout=30",
  ];
  const messages = errorFields.map((name) => `[${JSON.stringify(name)}]`).join("");
  const modules = [...(answersJson ? ["json"] : []), ...(authenticated ? ["os"] : []), "sys"];
  return `${modules.map((name) => `import ${name}\n`).join("")}
import requests

response = requests.${functions.has(method) ? method.toLowerCase() : "request"}(
${parameters.map((parameter) => `    ${parameter},\n`).join("")})
if not response.ok:
    print("The API answered", response.status_code, file=sys.stderr)
    sys.exit(${messages ? `str(response.json()${messages})` : "response.text"})
print(${answersJson ? "json.dumps(response.json(), indent=2)" : "response.text"})`;
}

function writeBody({ isJson, value, text }: NonNullable<SampleRequest["body"]>): string {
  // Text would go out as Latin-1.
  return isJson ? `json=${literal(value, python, 1, "    json=,".length)}` : `data=${JSON.stringify(text)}.encode()`;
}
