import type { Api, Operation, SecurityScheme } from "@spherepay/openapi";
import { sendable } from "./capabilities.ts";
import { block, comment, key, literal, union } from "./text.ts";

/** The credentials that a client is given: one as `apiKey`, several by the names of their schemes. */
export function credentialTypes(schemes: SecurityScheme[], operations: Operation[]): string {
  const members = schemes.map(({ key: name, scheme, description }) => {
    const [value, what] =
      scheme === "basic"
        ? ["{ username: string; password: string }", "Name and password"]
        : ["string", "Your secret key"];
    const words = comment(
      description ?? `${what}.`,
      "It may be a function that returns it, which is asked before each attempt, so that keys can rotate.",
    );
    return { name, words, type: `${value} | (() => ${value} | Promise<${value}>) | undefined` };
  });
  const [first, ...others] = members;
  if (!first) return "{}";
  if (others.length === 0) {
    const isNeeded = operations.every(
      ({ security }) => security.length > 0 && sendable(security).every((one) => one.length > 0),
    );
    return block([`${first.words}apiKey${isNeeded ? "" : "?"}: ${first.type};`]);
  }
  const each = block(members.map(({ name, words, type }) => `${words}${key(name)}?: ${type};`));
  const words = comment("By name of the security scheme. Each operation takes those that it asks for.");
  return block([`${words}credentials?: ${each};`]);
}

/** The parts of the servers' addresses that a client may choose. */
export function variableTypes(api: Api, operations: Operation[]): string {
  const found = new Map<string, { values: string[]; words: string }>();
  for (const { template, variables } of [api, ...operations].flatMap(({ servers }) => servers)) {
    for (const [name, { enum: values, description }] of Object.entries(variables)) {
      if (!template.includes(`{${name}}`)) continue;
      const known = found.get(name) ?? { values: [], words: comment(description) };
      known.values.push(...(values.length > 0 ? values.map(literal) : ["string"]));
      found.set(name, known);
    }
  }
  const members = [...found].map(([name, { values, words }]) => {
    return `${words}${key(name)}?: ${values.includes("string") ? "string" : union(values)} | undefined;`;
  });
  return block(members);
}
