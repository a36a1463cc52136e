import { anything, type Api, type Content, type Header, type Operation } from "@spherepay/openapi";
import type { Response, Schema } from "@spherepay/openapi";
import { listFields, listNamedFields, type Field } from "./fields.ts";
import { writeLinks } from "./links.ts";
import { listPages, type OperationPage } from "./operation-pages.ts";
import type { Sample } from "./samples.ts";
import { writeAuthentication } from "./security.ts";
import { codeBlock, inlineCode, table } from "./text.ts";

/** What the Markdown shows of a sample. */
export type ShownSample = Pick<Sample, "operationId" | "label" | "highlight" | "source" | "output" | "refusal">;

/**
 * Writes one Markdown file for each operation.
 *
 * @param samples programs that call the operations, with what they printed
 * @returns the contents of the files by name
 * @example
 * const files = writeMarkdown(api, createSamples(api));
 */
export function writeMarkdown(api: Api, samples: ShownSample[]): Record<string, string> {
  const listed = listPages(api);
  const fileOf = (operation: Operation) => listed.find((page) => page.operation === operation)!.name;
  return Object.fromEntries(
    listed.map((page) => {
      const own = samples.filter(({ operationId }) => operationId === page.operation.id);
      return [page.name, writePage(page, own, fileOf)];
    }),
  );
}

function writePage(
  { title, description, operation }: OperationPage,
  samples: ShownSample[],
  fileOf: (operation: Operation) => string,
): string {
  const { method, path, deprecated, parameters, body, responses } = operation;
  const servers = operation.servers.filter(({ url }) => url !== "");
  return join(
    `# ${title}`,
    codeBlock("http", `${method} ${path}`),
    deprecated && "**Deprecated.**",
    description.trim(),
    evidence(operation),
    servers.length > 0 && "## Servers",
    servers
      .map(({ template, description: words }) => `- ${inlineCode(template)}${words ? `: ${words.trim()}` : ""}`)
      .join("\n"),
    "## Authentication",
    writeAuthentication(operation),
    (parameters.length > 0 || body) && "## Request",
    ...["path", "query", "querystring", "header", "cookie"].map((place) =>
      writeNamed(
        `${place[0]?.toUpperCase()}${place.slice(1)} parameters`,
        parameters.filter((parameter) => parameter.in === place),
      ),
    ),
    body && join("### Body", body.description, `${body.required ? "Required." : "Optional."} ${evidence(body)}`.trim()),
    ...(body?.contents ?? []).map(writeContent),
    responses.length > 0 && "## Answers",
    ...responses.map((response) => writeAnswer(response, fileOf)),
    samples.length > 0 && "## Samples",
    ...samples.map(writeSample),
    "---",
    "[All operations](llms.txt) · [OpenAPI as YAML](openapi.yaml) · [OpenAPI as JSON](openapi.json)",
  ).concat("\n");
}

function writeAnswer(response: Response, fileOf: (operation: Operation) => string): string {
  return join(
    `### ${response.status}`,
    response.description.trim(),
    evidence(response),
    writeNamed("Headers", response.headers, "####"),
    ...response.contents.map(writeContent),
    response.links.length > 0 && join("#### Links", writeLinks(response.links, fileOf)),
  );
}

function writeNamed(title: string, headers: Header[], level = "###"): string {
  if (headers.length === 0) return "";
  return join(`${level} ${title}`, writeFields(listNamedFields(headers.map(asNamed))));
}

/** A parameter's own words stand before those of its schema. */
function asNamed(header: Header) {
  const { name, required, content } = header;
  const schema = header.schema ?? content?.schema ?? anything;
  const examples = [...header.examples, ...(content?.examples ?? [])].flatMap(({ value }) => value ?? []);
  const own = {
    description: header.description ?? schema.description,
    deprecated: header.deprecated || schema.deprecated,
    evidence: header.evidence ?? schema.evidence,
    examples: examples.length > 0 ? examples : schema.examples,
  };
  return { name, required, schema: { ...schema, ...own } as Schema };
}

function writeContent(content: Content): string {
  const [whole, ...fields] = content.schema ? listFields(content.schema) : [];
  return join(
    `Content type ${inlineCode(content.mediaType)}${whole ? `: ${whole.type}. ${whole.description}` : "."}`.trim(),
    fields.length > 0 && writeFields(fields),
    ...writeExamples(content),
  );
}

function writeFields(fields: Field[]): string {
  return table(
    ["Field", "Type", "Required", "Evidence", "Description"],
    fields.map(({ path, type, required, evidence: mark = "", description }) => {
      const need = required === undefined ? "" : required ? "yes" : "no";
      return [path ? inlineCode(path) : "(the whole)", type, need, mark, description];
    }),
  );
}

function writeExamples({ mediaType, kind, examples }: Content): string[] {
  return examples.map(({ name, summary, description, value, externalValue }) => {
    const title = [name && inlineCode(name), summary].filter(Boolean).join(", ");
    const isText = typeof value === "string" && kind !== "json";
    const language = isText ? (/[/+]xml\b/.test(mediaType) ? "xml" : "text") : "json";
    return join(
      `Example${title && ` ${title}`}:`,
      description?.trim(),
      externalValue !== undefined && `<${externalValue}>`,
      value !== undefined && codeBlock(language, isText ? value : JSON.stringify(value, null, 2)),
    );
  });
}

function writeSample({ label, highlight, source, output, refusal }: ShownSample): string {
  return join(
    `### ${label}`,
    codeBlock(highlight, source),
    output !== undefined && join("It prints:", codeBlock("text", output)),
    refusal && join(`Without ${inlineCode(refusal.without)} it fails and prints:`, codeBlock("text", refusal.output)),
  );
}

function evidence({ evidence: mark }: { evidence?: string }): string {
  return mark ? `Evidence: ${mark}.` : "";
}

function join(...blocks: (string | false | undefined)[]): string {
  return blocks.filter(Boolean).join("\n\n");
}
