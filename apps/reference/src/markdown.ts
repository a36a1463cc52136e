import { listFields, type Field } from "./fields.ts";
import { dereference, type OpenApiDocument } from "./openapi.ts";
import { listPages, type OperationPage } from "./operation-pages.ts";
import type { Sample } from "./samples.ts";
import type { Schema } from "./schema.ts";
import { writeAuthentication } from "./security.ts";
import { codeBlock, inlineCode, table } from "./text.ts";

/** What the Markdown shows of a sample. */
export type ShownSample = Pick<Sample, "operationId" | "label" | "highlight" | "source" | "output" | "refusal">;

interface Described {
  summary?: string;
  description?: string;
  "x-evidence"?: string;
}
type Details = Described & { deprecated?: boolean; requestBody?: Body; responses?: Record<string, Answer> };
type Body = Described & { required?: boolean; content?: Record<string, Content> };
type Answer = Described & { headers?: Record<string, NamedField>; content?: Record<string, Content> };
type Content = { schema?: Schema; example?: unknown; examples?: Record<string, Example> };
type Example = { summary?: string; description?: string; value?: unknown; externalValue?: string };
/** A parameter or a header. */
type NamedField = Described & { required?: boolean; deprecated?: boolean; schema?: Schema } & Pick<
    Content,
    "example"
  > & {
    content?: Record<string, Content>;
    examples?: Record<string, Example>;
  };

/**
 * Writes one Markdown file for each operation of any OpenAPI 3.x document.
 *
 * @param samples programs that call the operations, with what they printed
 * @returns the contents of the files by name
 * @throws Error when a reference within the document leads nowhere
 * @example
 * const files = writeMarkdown(document, createSamples(document));
 */
export function writeMarkdown(document: OpenApiDocument, samples: ShownSample[]): Record<string, string> {
  return Object.fromEntries(
    listPages(document).map((page) => {
      const { operationId } = page.operation.definition;
      return [
        page.name,
        writePage(
          document,
          page,
          samples.filter((sample) => sample.operationId === operationId),
        ),
      ];
    }),
  );
}

function writePage(document: OpenApiDocument, page: OperationPage, samples: ShownSample[]): string {
  const { title, description, operation } = page;
  const details = operation.definition as Details;
  const servers = (document.servers ?? []) as { url: string; description?: string }[];
  const body = details.requestBody && dereference<Body>(document, details.requestBody);
  const answers = Object.entries(details.responses ?? {});
  return join(
    `# ${title}`,
    codeBlock("http", `${operation.method} ${operation.path}`),
    details.deprecated && "**Deprecated.**",
    description.trim(),
    evidence(details),
    servers.length > 0 && "## Servers",
    servers.map(({ url, description: words }) => `- ${inlineCode(url)}${words ? `: ${words.trim()}` : ""}`).join("\n"),
    "## Authentication",
    writeAuthentication(document, operation.definition.security ?? document.security ?? []),
    (operation.parameters.length > 0 || body) && "## Request",
    ...["path", "query", "header", "cookie"].map((place) =>
      writeNamed(
        document,
        `${place[0]?.toUpperCase()}${place.slice(1)} parameters`,
        operation.parameters.filter((parameter) => parameter.in === place).map((field) => [field.name, field]),
      ),
    ),
    body && join("### Body", body.description, `${body.required ? "Required." : "Optional."} ${evidence(body)}`.trim()),
    ...writeContents(document, body?.content),
    answers.length > 0 && "## Answers",
    ...answers.map(([status, reference]) => writeAnswer(document, status, dereference<Answer>(document, reference))),
    samples.length > 0 && "## Samples",
    ...samples.map(writeSample),
    "---",
    "[All operations](llms.txt) · [OpenAPI as YAML](openapi.yaml) · [OpenAPI as JSON](openapi.json)",
  ).concat("\n");
}

function writeAnswer(document: OpenApiDocument, status: string, answer: Answer): string {
  const headers = Object.entries(answer.headers ?? {});
  return join(
    `### ${status}`,
    answer.description?.trim(),
    evidence(answer),
    writeNamed(document, "Headers", headers, "####"),
    ...writeContents(document, answer.content),
  );
}

function writeNamed(document: OpenApiDocument, title: string, named: [string, unknown][], level = "###"): string {
  if (named.length === 0) return "";
  const fields = named.map(
    ([name, reference]) => [name, dereference<NamedField>(document, reference as NamedField)] as const,
  );
  const properties = fields.map(([name, field]) => {
    const content = Object.values(field.content ?? {})[0] ?? field;
    const values = Object.values(content.examples ?? {}).map(
      (example) => dereference<Example>(document, example).value,
    );
    const examples = content.example === undefined ? values : [content.example];
    const { description, deprecated, "x-evidence": mark } = field;
    const said = Object.entries({ description, deprecated, "x-evidence": mark }).filter(([, value]) => value);
    const schema = {
      ...Object.fromEntries(said),
      ...(examples.length > 0 && { examples }),
      allOf: [content.schema ?? {}],
    };
    return [name, schema] as const;
  });
  const required = fields.filter(([, field]) => field.required).map(([name]) => name);
  const [, ...rows] = listFields(document, { properties: Object.fromEntries(properties), required });
  return join(`${level} ${title}`, writeFields(rows));
}

function writeContents(document: OpenApiDocument, contents: Record<string, Content> = {}): string[] {
  return Object.entries(contents).map(([contentType, content]) => {
    const [whole, ...fields] = content.schema === undefined ? [] : listFields(document, content.schema);
    return join(
      `Content type ${inlineCode(contentType)}${whole ? `: ${whole.type}. ${whole.description}` : "."}`.trim(),
      fields.length > 0 && writeFields(fields),
      ...writeExamples(document, contentType, content),
    );
  });
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

function writeExamples(document: OpenApiDocument, contentType: string, content: Content): string[] {
  const named = Object.entries(content.examples ?? {});
  if (named.length === 0 && content.example !== undefined) named.push(["", { value: content.example }]);
  return named.map(([name, reference]) => {
    const { summary, description, value, externalValue } = dereference<Example>(document, reference);
    const title = [name && inlineCode(name), summary].filter(Boolean).join(", ");
    const isText = typeof value === "string" && !/[/+]json\b/.test(contentType);
    const language = isText ? (/[/+]xml\b/.test(contentType) ? "xml" : "text") : "json";
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

function evidence(described: Described): string {
  return described["x-evidence"] ? `Evidence: ${described["x-evidence"]}.` : "";
}

function join(...blocks: (string | false | undefined)[]): string {
  return blocks.filter(Boolean).join("\n\n");
}
