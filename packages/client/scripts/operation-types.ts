import type { Operation } from "@spherepay/openapi";
import { answersOf, jsonOf, readContents, readingOf, redirectsOf, sentContent, successesOf } from "./capabilities.ts";
import { bodyType, parametersOf, statusKey, wordsOfOperation } from "./generate-schema.ts";
import { block, braces, comment, indent, key, literal, union } from "./text.ts";
import type { createTypes } from "./types.ts";

type Types = ReturnType<typeof createTypes>;

/** The method of an operation, as a member of an interface. */
export function methodOf(name: string, operation: Operation, types: Types): string {
  const { body, parameters, responses } = operation;
  const content = body && sentContent(operation);
  const isNeeded = body?.required || parameters.some(({ required }) => required);
  const members = [
    ...(parameters.length > 0 ? [parametersMember(operation, types)] : []),
    ...(content
      ? [
          comment(body.description ?? content.schema?.description ?? `The body: ${content.mediaType}.`) +
            `body${body.required ? "" : "?"}: ${bodyType(content, types, "request")};`,
        ]
      : []),
  ];
  const success = responses.find(({ status }) => /^2|default/.test(status))?.description;
  const tags = [
    `@param request ${members.length > 0 ? "What is sent." : "Nothing: the operation takes neither parameters nor a body."}`,
    "@param options Settings of this call.",
    ...(success ? [`@returns ${success.trim()}`] : []),
  ];
  const words = wordsOfOperation(operation, tags.join("\n"));
  const request = `request${isNeeded ? "" : "?"}: ${members.length > 0 ? braces(members) : "Record<string, never>"}`;
  const result = `SphereCall<${answerOf(operation, types)}>;`;
  const line = `${methodKey(name)}(${request}, options?: SphereCallOptions): ${result}`;
  if (line.length <= 120 && !line.includes("\n")) return words + line;
  return `${words}${methodKey(name)}(\n  ${indent(request)},\n  options?: SphereCallOptions,\n): ${result}`;
}

/** In an interface, these would say something else. */
function methodKey(name: string): string {
  return /^(?:new|constructor|get|set|readonly|static)$/.test(name) ? literal(name) : key(name);
}

function parametersMember(operation: Operation, types: Types): string {
  const isNeeded = operation.parameters.some(({ required }) => required);
  const places = braces(parametersOf(operation, types, "request"));
  return `/** Parameters, by the place that they go to. */\nparams${isNeeded ? "" : "?"}: ${places};`;
}

function answerOf(operation: Operation, types: Types): string {
  const successes = successesOf(operation);
  const redirects = redirectsOf(operation);
  if (successes.length + redirects.length === 0) return "unknown";
  const found = successes.flatMap((success) => {
    const contents = readContents(success);
    return contents.length === 0
      ? "undefined"
      : contents.map((content) => (readingOf(content) === "stream" ? "Response" : bodyType(content, types, "answer")));
  });
  return union([...found, ...(redirects.length > 0 ? ["undefined"] : [])]);
}

/** The entry of an operation in `OperationTypes`. */
export function typesOf(name: string, operation: Operation, types: Types): string {
  const failures = answersOf(operation).filter(({ status }) => !/^[123]/.test(status));
  const errors = failures.map((failure) => {
    const json = jsonOf(failure.contents);
    return `${comment(failure.description)}${statusKey(failure.status)}: ${json ? bodyType(json, types, "answer") : "unknown"};`;
  });
  return `${key(name)}: ${block([
    `arguments: NonNullable<Parameters<SphereOperations[${literal(name)}]>[0]>;`,
    `data: ${answerOf(operation, types)};`,
    `errors: ${block(errors)};`,
  ])};`;
}
