import { HTTPSnippet, type HarRequest } from "@readme/httpsnippet";
import { dereference, listExamples, listOperations, type OpenApiDocument, type Operation } from "./openapi.ts";

/** One request, as a program in one language that runs as it stands. */
export interface Sample {
  operationId: string;
  /** Name for a reader: the language and, from an operation's second request example on, the example. */
  label: string;
  /** Name of the language for a syntax highlighter. */
  highlight: string;
  /** Extension of a file that holds it. */
  extension: string;
  source: string;
}

interface Request {
  operation: Operation;
  url: string;
  body: { contentType: string; value: unknown } | undefined;
  parameters: { name: string; in: string; value: unknown }[];
}

/** Where every sample finds the API key. */
const apiKeyVariable = "SPHERE_API_KEY";

/** Stands for the key in what httpsnippet writes, until the language's own way of reading the environment replaces it. */
const apiKeyPlaceholder = "API_KEY_PLACEHOLDER";

const languages: { language: string; highlight: string; extension: string; write(request: Request): string }[] = [
  { language: "cURL", highlight: "bash", extension: "sh", write: writeCurl },
  { language: "TypeScript", highlight: "typescript", extension: "ts", write: writeTypeScript },
  { language: "JavaScript", highlight: "javascript", extension: "mjs", write: writeJavaScript },
  { language: "Go", highlight: "go", extension: "go", write: writeGo },
  { language: "Python", highlight: "python", extension: "py", write: writePython },
];

/**
 * Writes the samples of every operation: one for each named request example and language. Each calls the document's
 * first server with the bearer token in SPHERE_API_KEY, and prints the answer's body.
 *
 * @throws Error when a reference in the document leads nowhere
 * @example
 * for (const { label, source } of createSamples(document)) console.log(label, source);
 */
export function createSamples(document: OpenApiDocument): Sample[] {
  return listOperations(document).flatMap((operation) =>
    listRequests(document, operation).flatMap(({ example, request }, index) =>
      languages.map(({ language, highlight, extension, write }) => ({
        operationId: operation.definition.operationId,
        // A reader's choice of a plain language name holds for every operation; an example is one operation's own.
        label: index === 0 ? language : `${language} · ${example}`,
        highlight,
        extension,
        source: `${write(request).trimEnd()}\n`,
      })),
    ),
  );
}

function listRequests(document: OpenApiDocument, operation: Operation) {
  const parameters = operation.parameters
    .filter((parameter) => parameter.required)
    .map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      value: listExamples(document, parameter)[0]?.value ?? parameter.name,
    }));
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name) =>
    encodeURIComponent(
      String(parameters.find((parameter) => parameter.in === "path" && parameter.name === name)?.value),
    ),
  );
  const request = { operation, url: `${document.servers?.[0]?.url ?? ""}${path}`, parameters, body: undefined };

  const { requestBody } = operation.definition;
  const [content] = Object.entries(requestBody ? dereference(document, requestBody).content : {});
  if (!content) return [{ example: undefined, request }];
  const [contentType, mediaType] = content;
  return listExamples(document, mediaType).map(({ name, value }) => ({
    example: name,
    request: { ...request, body: { contentType, value } },
  }));
}

function writeCurl(request: Request): string {
  const source = convert(request, "shell", "curl");
  const key = `"Authorization: Bearer $${apiKeyVariable}"`;
  // Unquoted, the mark would let the shell expand `$` in the body.
  return withKey(request, source, `'Authorization: Bearer ${apiKeyPlaceholder}'`, key).replace("<<EOF\n", "<<'EOF'\n");
}

function writeTypeScript({ operation, parameters, body }: Request): string {
  const params: Record<string, Record<string, unknown>> = {};
  for (const { name, in: location, value } of parameters) params[location] = { ...params[location], [name]: value };
  const argument = {
    ...(parameters.length > 0 && { params }),
    ...(body && { body: body.value }),
  };
  const { operationId } = operation.definition;
  const result = nameResult(operationId);
  return `import { createSphereClient } from "@spherepay/client";

const sphere = createSphereClient({ apiKey: process.env.${apiKeyVariable} });
const ${result} = await sphere.${operationId}(${Object.keys(argument).length > 0 ? literal(argument) : ""});
console.log(${result});`;
}

function writeJavaScript(request: Request): string {
  const source = convert(escapeStrings(request, escapeForJavaScript), "javascript", "fetch");
  const key = `\`Bearer \${process.env.${apiKeyVariable}}\``;
  const chain = source.slice(source.lastIndexOf("\nfetch("));
  // Awaiting lets a failure end the program. The status tells a refusal, and text is right for an empty answer too.
  const awaited = chain.replace(
    /^\nfetch\((.*)\)\n[^]*$/,
    "\nconst response = await fetch($1);\nconsole.log(response.status, await response.text());",
  );
  return withKey(request, replaceOnce(source, chain, awaited), `'Bearer ${apiKeyPlaceholder}'`, key);
}

function writeGo(request: Request): string {
  const text = request.body && toText(request.body.value);
  const source = tidyGo(convert(request, "go", "native", { checkErrors: true }), request.operation.authenticated);
  // A raw string shows the body as it is; it can't hold a backtick.
  const readable = text && !text.includes("`") ? replaceOnce(source, JSON.stringify(text), `\`${text}\``) : source;
  return withKey(request, readable, `"Bearer ${apiKeyPlaceholder}"`, `"Bearer "+os.Getenv("${apiKeyVariable}")`);
}

function tidyGo(source: string, readsEnvironment: boolean): string {
  return source
    .replace(/(?<=import \(\n)[^)]*/, (imports) =>
      [...imports.matchAll(/".+"/g), ...(readsEnvironment ? ['"os"'] : [])]
        .map(String)
        .toSorted()
        .map((name) => `\t${name}\n`)
        .join(""),
    )
    .replace("{\n\n", "{\n")
    .replace("\n\n\tif err", "\n\tif err")
    .replace(/\n\n\}\s*$/, "\n}");
}

function writePython(request: Request): string {
  const source = convert(escapeStrings(request, escapeForPython), "python", "requests");
  const key = `f"Bearer {os.environ['${apiKeyVariable}']}"`;
  const complete = withKey(request, source, `"Bearer ${apiKeyPlaceholder}"`, key);
  return request.operation.authenticated ? `import os\n\n${complete}` : complete;
}

/** JSON's escapes mean the same in Python; httpsnippet adds the one for quotes. */
function escapeForPython(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}

/** httpsnippet takes a backslash before a quote for an escape, so a backslash must not be one. */
function escapeForJavaScript(text: string): string {
  return text.replaceAll("\\", "\\x5c");
}

/** Escapes in the body's strings what httpsnippet leaves as it is. */
function escapeStrings(request: Request, escape: (text: string) => string): Request {
  if (request.body?.contentType !== "application/json") return request;
  const escaped = JSON.stringify(request.body.value, (_, value: unknown) =>
    typeof value === "string" ? escape(value) : value,
  );
  return { ...request, body: { ...request.body, value: JSON.parse(escaped) } };
}

function convert(
  request: Request,
  target: "shell" | "javascript" | "go" | "python",
  client: string,
  options = {},
): string {
  const { operation, url, body, parameters } = request;
  const list = (location: string) =>
    parameters
      .filter((parameter) => parameter.in === location)
      .map(({ name, value }) => ({ name, value: String(value) }));
  const har = {
    method: operation.method,
    url,
    httpVersion: "HTTP/1.1",
    headers: [
      ...(operation.authenticated ? [{ name: "Authorization", value: `Bearer ${apiKeyPlaceholder}` }] : []),
      ...(body ? [{ name: "Content-Type", value: body.contentType }] : []),
      ...list("header"),
    ],
    queryString: list("query"),
    cookies: list("cookie"),
    headersSize: -1,
    bodySize: -1,
    ...(body && { postData: { mimeType: body.contentType, text: toText(body.value) } }),
  };
  const [source] = new HTTPSnippet(har as HarRequest).convert(target, client, options);
  if (!source) throw new Error(`httpsnippet writes no ${target}.`);
  return source.trimEnd();
}

function withKey(request: Request, source: string, placeholder: string, key: string): string {
  return request.operation.authenticated ? replaceOnce(source, placeholder, key) : source;
}

function replaceOnce(source: string, search: string, replacement: string): string {
  const [before, after, ...more] = source.split(search);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`Expected ${search} once in what httpsnippet wrote:\n${source}`);
  }
  return before + replacement + after;
}

function toText(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function literal(value: unknown): string {
  return toText(value).replaceAll(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, "$1$2:");
}

/** Names a result after what the operation is about: `createThing` gives `thing`. */
function nameResult(operationId: string): string {
  const noun = operationId.replace(/^[a-z]+/, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const taken = [
    "",
    "class",
    "console",
    "default",
    "export",
    "function",
    "import",
    "interface",
    "package",
    "process",
    "sphere",
  ];
  return taken.includes(noun) ? "result" : noun;
}
