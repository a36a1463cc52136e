import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { type Api, fromPointer, readApi, toPointer } from "@spherepay/openapi";
import { redocly } from "@spherepay/spec/redocly";
import { parse } from "yaml";
import { largest, type Bump } from "./bump.ts";
import { rate, type Change, type Rating } from "./policy.ts";

/** A change and what it is worth. */
export type RatedChange = Change & Rating & { words: string };

const config = fileURLToPath(new URL("../redocly.yaml", import.meta.url));

/**
 * Compares two bundled specs with `redocly diff` and rates each change by the policy.
 *
 * @param base file of the older one
 * @param revision file of the newer one
 * @returns the changes, the weightiest for the client first
 * @throws Error when one of them is missing or no OpenAPI document
 */
export async function findSpecChanges(base: string, revision: string): Promise<RatedChange[]> {
  const [before, after] = await Promise.all([base, revision].map(async (file) => parse(await readFile(file, "utf8"))));
  if (isDeepStrictEqual(before, after)) return [];
  const json = await redocly(diffParameters(base, revision)).catch((error: Error) => {
    throw new Error(`\`redocly diff\` cannot compare ${base} with ${revision}.\n${error.message}`, { cause: error });
  });
  return rateChanges(before, after, JSON.parse(json).changes);
}

/** The parameters of `redocly` that list as JSON what is different between two files. */
export function diffParameters(base: string, revision: string): string[] {
  return ["diff", base, revision, "--format=json", "--fail-on=none", `--config=${config}`];
}

/**
 * Rates the changes between two specs that differ, and adds those that `redocly diff` does not list.
 *
 * @param listed what it lists
 * @returns the changes, the weightiest for the client first
 */
export function rateChanges(before: Node, after: Node, listed: Change[]): RatedChange[] {
  const changes = [...listed, ...findUnlisted(before, after)];
  // Of servers the mock knows nothing, so their changes explain no other one.
  const servers = { servers: undefined };
  const isExplained =
    changes.some((change) => rate(change).mock !== "none") ||
    (changes.length > 0 && isDeepStrictEqual({ ...before, ...servers }, { ...after, ...servers }));
  if (!isExplained) changes.push(unnamed);
  const rated = changes.map((change) => Object.assign(change, rate(change), { words: say(change) }));
  // Equal words for what happens in several places, such as media types; where it is not worth the same, each counts.
  const distinct = new Map(rated.map((change) => [`${change.words} ${change.client} ${change.mock}`, change]));
  return [...distinct.values()].toSorted((one, other) => weigh(other.client) - weigh(one.client));
}

/** The bumps that these changes need, as from 1.0 on. */
export function sum(changes: Rating[]): { client: Bump; mock: Bump } {
  return { client: largest(changes.map(({ client }) => client)), mock: largest(changes.map(({ mock }) => mock)) };
}

type Node = Record<string, any>;

/**
 * What `redocly diff` 2.77 is silent about: the order of servers, the client's options for keys, values of examples and
 * how errors are worded.
 */
function findUnlisted(base: Node, revision: Node): Change[] {
  const modified = (path: string, typeName: string, property: string, before: unknown, after: unknown): Change[] =>
    isDeepStrictEqual(before, after)
      ? []
      : [
          {
            path,
            typeName,
            kind: "modified",
            impact: "patch",
            verdicts: [],
            property,
            base: { value: before },
            revision: { value: after },
          },
        ];
  const [before, after] = [readApi(base), readApi(revision)];
  const revised = examplesOf(after);
  const [keys, keysAfter] = [keyOptions(before), keyOptions(after)];
  const hasAll = keys.every((option) => keysAfter.includes(option));
  return [
    ...(hasAll ? [] : modified("#/components/securitySchemes", "SecurityScheme", "credentials", keys, keysAfter)),
    ...modified("#/servers", "ServerList", "default", before.servers[0]!.name, after.servers[0]!.name),
    ...modified("#/", "Root", "x-error-body", before.errorBody, after.errorBody),
    ...[...examplesOf(before)].flatMap(([path, value]) =>
      revised.has(path) ? modified(path, "Example", "value", value, revised.get(path)) : [],
    ),
  ];
}

/** The options by which the client takes keys: one needs no name. */
function keyOptions({ security, operations }: Api): string[] {
  const requirements = [security, ...operations.map((operation) => operation.security)].flat(2);
  const schemes = requirements.map(({ scheme }) => scheme).filter(({ type }) => type !== "mutualTLS");
  const names = [...new Set(schemes.map(({ key }) => key))];
  return names.length > 1 ? names.map((name) => `credentials.${name}`) : names.map(() => "apiKey");
}

/** The values of all named examples, by the JSON pointer of where they are used. */
function examplesOf({ operations, webhooks }: Api): Map<string, unknown> {
  const places = [...operations, ...webhooks].flatMap(({ parameters, body, responses }) => {
    const answers = responses.map(({ headers, contents }) => [headers, contents].flat());
    return [parameters, body?.contents ?? [], ...answers].flat();
  });
  return new Map(
    places.flatMap(({ pointer, examples }) =>
      examples.flatMap(({ name, value }) =>
        name === undefined ? [] : [[`${pointer}/${toPointer(["examples", name]).slice(2)}`, value] as const],
      ),
    ),
  );
}

/** A difference of which `redocly diff` and we know no name: never less than a patch. */
const unnamed: Change = {
  path: "#/",
  typeName: "Root",
  kind: "modified",
  impact: "patch",
  verdicts: [],
};

/** What a JSON pointer leads to, such as `PUT /book/{id}, answer 200, title`. */
function place(path: string): string {
  const steps = fromPointer(path);
  const parts: string[] = [];
  let field = "";
  for (let index = 0; index < steps.length; index += 1) {
    const [step = "", next = "", afterNext = ""] = steps.slice(index);
    const isOperation = step === "paths" && /^(get|put|post|delete|options|head|patch|trace)$/.test(afterNext);
    if (step === "paths") {
      parts.push(isOperation ? `${afterNext.toUpperCase()} ${next}` : next);
      index += isOperation ? 2 : 1;
    } else if (step === "requestBody") {
      parts.push("request");
    } else if (step === "responses" && next) {
      parts.push(`answer ${next}`);
      index += 1;
    } else if (step === "content" && next) {
      index += 1;
      if (!afterNext) parts.push(next);
    } else if (step === "properties" && next) {
      field += `${field && "."}${next}`;
      index += 1;
    } else if (step === "items") {
      field += "[]";
    } else if (step === "components" && next && afterNext) {
      parts.push(`${next.replace(/s$/, "")} ${afterNext}`);
      index += 2;
    } else if (step && step !== "schema") {
      parts.push(step);
    }
  }
  if (field) parts.push(field);
  return parts.join(", ") || "the document";
}

/** A value after its preposition; nothing where there is none, or too much of it for a line. */
function show(value: unknown, preposition = ""): string {
  const text = JSON.stringify(value);
  return text === undefined || text.length > 60 ? "" : `${preposition}\`${text}\``;
}

function say({ path, kind, verdicts, property, base, revision }: Change): string {
  const where = `\`${place(path)}\``;
  if (verdicts.length > 0) return `${where}: ${verdicts.map(({ message }) => message).join(" ")}`;
  if (kind === "modified" && property === undefined) return `${where}: its order or its extensions change.`;
  if (kind !== "modified") return `${where} is ${kind === "added" ? "new" : "gone"}.`;
  if (property === "key") return `${where} is renamed from ${show(base?.value)}.`;
  if (base?.value === undefined) return `${where}: \`${property}\` is set${show(revision?.value, " to ")}.`;
  if (revision?.value === undefined) return `${where}: \`${property}\` is removed.`;
  const [from, to] = [show(base.value, " from "), show(revision.value, " to ")];
  return `${where}: \`${property}\` changes${from && to && from + to}.`;
}

function weigh(bump: Bump): number {
  return ["none", "patch", "minor", "major"].indexOf(bump);
}
