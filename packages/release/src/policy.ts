/**
 * What a change of the spec is worth to the users of our packages.
 *
 * `redocly diff` rates what a change does to a program that speaks HTTP, and that is what our packages follow, except
 * where a row here says otherwise. The first row that fits holds. A client's user also has a compiler: a name that is
 * gone or a type that is wider breaks the build of a program that still works on the wire. A mock's user has tests: they
 * meet the wire and no types.
 */
import type { Bump } from "./bump.ts";

/** A change as `redocly diff --format=json` lists it, or as `spec-changes.ts` adds it. */
export interface Change {
  /** JSON pointer of what changed. */
  path: string;
  /** Type of the node, such as `Schema`. */
  typeName: string;
  kind: "added" | "removed" | "modified";
  /** The bump that Redocly gives it. */
  impact: Bump;
  /** The rules that it breaks; none where Redocly finds it harmless. */
  verdicts: { ruleId: string; message: string }[];
  /** What of the node was modified. */
  property?: string;
  base?: { value: unknown };
  revision?: { value: unknown };
}

/** Where we differ from Redocly. */
interface Row {
  /** The change, in words. */
  change: string;
  fits: (change: Change) => boolean;
  /** For the client's users; Redocly's rating where absent. */
  client?: Bump;
  /** For the mock's users; Redocly's rating where absent. */
  mock?: Bump;
  why: string;
}

const words = new Set(
  "Info Contact License Tag TagList TagGroup ExternalDocs Example ExamplesMap SpecExtension".split(" "),
);
const limits = (
  "minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum " +
  "multipleOf minItems maxItems uniqueItems minProperties maxProperties"
).split(" ");
const typedComponents = /^#\/components\/(schemas|responses|parameters|requestBodies|headers|pathItems)(\/[^/]+)?$/;
const answerExamples = /\/responses\/[^/]+\/content\/[^/]+\/examples(\/[^/]+)?$/;
// What follows a field's name is not a keyword.
const keyword = (names: string) => new RegExp(`(?<!/properties)/(${names})$`);

const isModified = ({ kind, typeName, property }: Change, type: string, ...properties: string[]) =>
  kind === "modified" && typeName === type && properties.includes(property ?? "");
const breaks = ({ verdicts }: Change, ...rules: string[]) => verdicts.some(({ ruleId }) => rules.includes(ruleId));
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const loses = ({ base, revision }: Change) =>
  base?.value === undefined || list(base.value).some((one) => !list(revision?.value).includes(one));
const isReordered = ({ base, revision }: Change) => {
  const [before, after] = [list(base?.value), list(revision?.value)];
  return before.length > 0 && before.length === after.length && before.every((one) => after.includes(one));
};

/** Every difference from Redocly, with its reason. */
export const policy: Row[] = [
  // Words.
  {
    change: "An answer's named example is renamed or removed",
    fits: ({ path, kind, property }) => answerExamples.test(path) && (kind === "removed" || property === "key"),
    client: "patch",
    mock: "major",
    why: "Redocly calls it a patch. The mock's users ask for it by its name, with `Prefer: example=`.",
  },
  {
    change: "A tag, an example, a link to more documentation, the title, contact or licence, an extension",
    fits: ({ typeName }) => words.has(typeName),
    client: "patch",
    mock: "patch",
    why: "Redocly calls an added one minor. It reaches comments, the mock's sample answers and the reference only.",
  },
  {
    change: "Something is deprecated",
    fits: (change) => change.property === "deprecated" && change.revision?.value === true,
    client: "minor",
    mock: "patch",
    why: "Redocly calls it a patch. The editor strikes the name out, and semver.org (7) wants a minor for that.",
  },

  // Names.
  {
    change: "An operationId is renamed",
    fits: (change) => breaks(change, "operation-id-changed"),
    client: "major",
    mock: "patch",
    why: "It is the client's method. It never travels, so the mock's users do not see it.",
  },
  {
    change: "A path is the same but for the name of its parameter, or a header but for its case",
    fits: (change) => isModified(change, "PathItem", "key") || isModified(change, "Parameter", "name", "in"),
    client: "major",
    why: "Redocly calls it a patch, because it travels as before. `params.path` and `http.GET` take it by its name.",
  },
  {
    change: "A named schema or answer is renamed or removed",
    fits: (change) =>
      typedComponents.test(change.path) &&
      (change.kind === "removed" || (change.kind === "modified" && change.property === "key")),
    client: "major",
    mock: "patch",
    why: "Redocly calls it a patch, because names do not travel. The client exports a type of that name.",
  },
  {
    change: "A named schema or answer is added",
    fits: (change) => typedComponents.test(change.path) && change.kind === "added",
    client: "minor",
    mock: "patch",
    why: "Redocly calls it a patch. The client exports a new type.",
  },
  {
    change: "The x-name of a server changes, or the first server does",
    fits: (change) => isModified(change, "Server", "x-name") || isModified(change, "ServerList", "default"),
    client: "major",
    mock: "none",
    why: "Redocly does not know the extension, and not that the first is the client's default `environment`.",
  },
  {
    change: "A part of a server's address has another default, or may have fewer values",
    fits: (change) =>
      isModified(change, "ServerVariable", "default") ||
      (isModified(change, "ServerVariable", "enum") && change.revision?.value !== undefined && loses(change)),
    client: "major",
    mock: "none",
    why: "Redocly calls it a patch. The client calls another address, or its `variables` take less.",
  },
  {
    change: "A part of a server's address may have more values",
    fits: (change) => isModified(change, "ServerVariable", "enum"),
    client: "minor",
    mock: "none",
    why: "Redocly calls it a patch. It is a new way to call.",
  },
  {
    change: "A server is added, moved or removed",
    fits: ({ typeName }) => typeName.startsWith("Server"),
    mock: "none",
    why: "The mock answers on its own address. The client calls the new one, which a firewall may not know: as rated.",
  },

  // Requests.
  {
    change: "A field that requests could hold is gone",
    fits: (change) =>
      change.typeName === "Schema" && change.kind === "removed" && /\/properties\/[^/]+$/.test(change.path),
    client: "major",
    why: "Redocly calls it a patch where unknown fields are allowed. The compiler does not allow them in a literal.",
  },
  {
    change: "Unknown fields had been allowed expressly, and are not any more",
    fits: (change) =>
      isModified(change, "Schema", "additionalProperties") &&
      change.base?.value === true &&
      change.revision?.value !== true,
    client: "major",
    why: "Redocly calls it a patch where they are not forbidden. The type loses its index signature.",
  },
  {
    change: "An operation takes a body and did not before",
    fits: ({ typeName, kind, revision }) =>
      typeName === "RequestBody" &&
      kind === "added" &&
      (revision?.value as { required?: boolean } | undefined)?.required === true,
    client: "major",
    mock: "major",
    why: "Redocly calls it minor even when the body is required.",
  },
  {
    change: "A field is for reading or for writing only",
    fits: (change) => isModified(change, "Schema", "readOnly", "writeOnly") && change.revision?.value === true,
    client: "major",
    mock: "major",
    why: "Redocly calls it a patch. It is no longer sent or no longer answered, as if it were gone there.",
  },
  {
    change: "A field of a request is not for reading only any more",
    fits: (change) => isModified(change, "Schema", "readOnly") && change.path.includes("/requestBody/"),
    client: "major",
    mock: "major",
    why: "Redocly calls it a patch, and does not tell whether it is required: then it must be sent from now on.",
  },
  {
    change: "Any other field is not for reading or for writing only any more",
    fits: (change) => isModified(change, "Schema", "readOnly", "writeOnly"),
    client: "minor",
    mock: "minor",
    why: "Redocly calls it a patch. Answers have a field more.",
  },
  {
    change: "A default is added or removed",
    fits: (change) =>
      isModified(change, "Schema", "default") &&
      (change.base?.value === undefined || change.revision?.value === undefined),
    client: "patch",
    mock: "minor",
    why: "Redocly calls it a patch. The types do not know it, and the mock makes its answers with it.",
  },
  {
    change: "A request may leave out what it had to say",
    fits: (change) =>
      (isModified(change, "RequestBody", "required") || isModified(change, "Parameter", "required")) &&
      change.verdicts.length === 0,
    client: "minor",
    mock: "minor",
    why: "Redocly calls it a patch. It is a new way to call, as an optional field is.",
  },

  // Values. Redocly gives no verdict on what widens a request or narrows an answer.
  {
    change: "A limit on a value, such as maxLength, pattern or minimum, that Redocly objects to",
    fits: (change) => isModified(change, "Schema", ...limits) && change.verdicts.length > 0,
    client: "patch",
    why: "The types have no limits, and the client sends what it is given. What the API refuses, it refuses all versions.",
  },
  {
    change: "Any other limit on a value",
    fits: (change) => isModified(change, "Schema", ...limits),
    client: "patch",
    mock: "minor",
    why: "Redocly calls it a patch. The mock takes more than before.",
  },
  {
    change: "An answer's enum loses a member, or its text becomes an enum",
    fits: (change) => isModified(change, "Schema", "enum", "const") && change.verdicts.length === 0 && loses(change),
    client: "major",
    mock: "minor",
    why: 'Redocly calls it a patch. `case "gone":` and `=== "gone"` do not compile any more (TS2678, TS2367).',
  },
  {
    change: "An answer's oneOf or anyOf loses a member",
    fits: ({ path, kind, verdicts }) =>
      kind === "removed" && verdicts.length === 0 && /\/(oneOf|anyOf)\/\d+$/.test(path),
    client: "major",
    mock: "minor",
    why: "Redocly calls it a patch. Code that tells the members apart does not compile any more.",
  },
  {
    change: "A request's allOf loses a member",
    fits: ({ path, kind }) => kind === "removed" && keyword("allOf|allOf/\\d+").test(path),
    client: "major",
    why: "Redocly calls it a patch where unknown fields are allowed. The type loses the fields of the member.",
  },
  {
    change: "The discriminator of a union is another one, or knows a member by another value",
    fits: ({ path, kind, typeName }) =>
      typeName === "Discriminator" || (kind !== "added" && /\/discriminator\/mapping\/[^/]+$/.test(path)),
    client: "major",
    why: "Redocly calls it a patch, or minor. The client's types make it the literal that tells the members apart.",
  },
  {
    change: "Fields are described by a pattern of their names, or items by their place",
    fits: ({ path, kind }) =>
      kind !== "modified" &&
      keyword("patternProperties|patternProperties/[^/]+|prefixItems|prefixItems/\\d+").test(path),
    client: "major",
    mock: "major",
    why: "Redocly calls an added one minor. The type becomes a tuple or gets an index, and the mock refuses more.",
  },
  {
    change: "A request's enum gains a member, a request's type widens or an answer's narrows",
    fits: (change) =>
      isModified(change, "Schema", "enum", "const", "type", "required", "nullable") &&
      change.verdicts.length === 0 &&
      !isReordered(change),
    client: "minor",
    mock: "minor",
    why: "Redocly calls it a patch. Requests may say more, or answers promise more.",
  },
  {
    change: "An operation has another answer that is a success",
    fits: ({ typeName, kind, path }) => typeName === "Response" && kind === "added" && /\/responses\/2..$/.test(path),
    client: "major",
    mock: "minor",
    why: "Redocly calls it minor. The method then resolves to either body, and code that reads one does not compile.",
  },

  // What Redocly does not list.
  {
    change: "The client's option for a key is gone, or has another name",
    fits: ({ property }) => property === "credentials",
    client: "major",
    mock: "none",
    why: "Redocly rates what travels. One key is the client's `apiKey`; each of several has its name in `credentials`.",
  },
  {
    change: "The place of messages in an error body (x-error-body)",
    fits: ({ property }) => property === "x-error-body",
    client: "major",
    mock: "major",
    why: "Redocly does not look inside extensions. `fieldErrors` and the mock's errors are made by it.",
  },
];

/** Redocly's rating and the reason for ours, where it is another one. */
export interface Rating {
  client: Bump;
  mock: Bump;
  /** Set where a row of the policy holds. */
  why?: string;
}

/**
 * Rates a change for the users of both packages, as from 1.0 on.
 *
 * @param change one entry of `redocly diff --format=json`
 */
export function rate(change: Change): Rating {
  const row = policy.find(({ fits }) => fits(change));
  const { client = change.impact, mock = change.impact, why } = row ?? {};
  return { client, mock, ...(why !== undefined && { why }) };
}
