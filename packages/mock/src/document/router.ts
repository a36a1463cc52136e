import { type Operation, type Server, serversOf } from "./operations.ts";

/** What a request is for. */
export interface Route {
  readonly operation: Operation;
  /** What stands in the path for each of its parameters, still percent-encoded. */
  readonly values: ReadonlyMap<string, string>;
}

/** Why a request is for no operation: nothing has its path, its method there, or its server. */
export interface NoRoute {
  readonly missing: "path" | "method" | "server" | "servers";
  /** The methods of its path. */
  readonly allowed: readonly string[];
}

/** Finds operations. */
export interface Router {
  /**
   * Finds the operation of a request. The paths of servers count: under `https://api.example/v1`, both `/v1/pets` and
   * `/pets` lead to `/pets`. A path without parameters goes before one with some. `HEAD` finds the `GET` where there is
   * no other (RFC 9110, section 9.3.2).
   *
   * @param path as sent, percent-encoded, without the query
   * @param server the address of the server that has to be among those of the operation
   */
  find(method: string, path: string, server?: string): Route | NoRoute;
  /** Operations that no request can reach, because others have their method and path: one sentence each. */
  readonly warnings: readonly string[];
}

/** Where the paths that begin alike part. */
interface Branch {
  readonly literals: Map<string, Branch>;
  readonly templates: Template[];
  /** The operations whose path ends here, by method, with the names of their parameters. */
  readonly ends: Map<string, { readonly operation: Operation; readonly names: readonly string[] }>;
}

/** A segment with parameters. */
interface Template {
  /** With one group for each parameter. */
  readonly pattern: RegExp;
  /** How many characters it has beside its parameters. */
  readonly literals: number;
  readonly branch: Branch;
}

interface Match {
  readonly branch: Branch;
  /** How many of its segments have no parameters. */
  readonly literals: number;
  readonly values: readonly string[];
}

/** The path of servers, and what they serve. */
interface Base {
  readonly pattern: RegExp;
  readonly operations: Set<Operation>;
}

/** A path can be written in many ways. */
const MAX_PLAIN = 1000;
const PARAMETER = /\{([^{}]+)\}/g;

/** Makes the router of a document. Finding an operation takes as long among a thousand as among ten. */
export function createRouter(operations: readonly Operation[]): Router {
  const root = createBranch();
  const warnings: string[] = [];
  for (const operation of operations) {
    const template = templateOf(operation);
    const { ends } = segmentsOf(template).reduce(branchOf, root);
    const other = ends.get(operation.method)?.operation;
    if (other) warnings.push(`${operation.route} is never reached: ${other.route} has the same method and path`);
    else
      ends.set(operation.method, { operation, names: Array.from(template.matchAll(PARAMETER), ([, name]) => name!) });
  }
  const bases = basesOf(operations);
  /** What was found for paths without parameters. */
  const plain = new Map<string, Route>();

  function* candidates(path: string): Generator<Match & { base?: Base }> {
    for (const base of bases.known) yield* under(base, path);
    yield* ranked(root, path);
    for (const base of bases.free) yield* under(base, path);
  }

  function* under(base: Base, path: string): Generator<Match & { base: Base }> {
    const found = base.pattern.exec(path);
    if (!found) return;
    for (const match of ranked(root, path.slice(found[0].length) || "/")) yield { ...match, base };
  }

  function find(method: string, path: string, server?: string): Route | NoRoute {
    const key = `${method} ${path}`;
    const known = server === undefined ? plain.get(key) : undefined;
    if (known) return known;
    const allowed = new Set<string>();
    const wrongServer: Operation[] = [];
    for (const { branch, values, base } of candidates(path)) {
      for (const { operation } of branch.ends.values()) {
        if (!base || base.operations.has(operation)) allowed.add(operation.method);
      }
      const end = branch.ends.get(method) ?? (method === "HEAD" ? branch.ends.get("GET") : undefined);
      if (!end || (base && !base.operations.has(end.operation))) continue;
      const { operation, names } = end;
      if (server !== undefined && !serversOf(operation.servers).some((one) => isServer(one, server))) {
        wrongServer.push(operation);
        continue;
      }
      const route = { operation, values: new Map(names.map((name, index) => [name, values[index]!])) };
      if (names.length === 0 && server === undefined && plain.size < MAX_PLAIN) plain.set(key, route);
      return route;
    }
    if (allowed.size === 0) return { missing: "path", allowed: [] };
    if (wrongServer.length === 0) return { missing: "method", allowed: [...allowed] };
    return { missing: operations.some(({ servers }) => servers) ? "server" : "servers", allowed: [...allowed] };
  }

  return { find, warnings };
}

function createBranch(): Branch {
  return { literals: new Map(), templates: [], ends: new Map() };
}

/** The path of an operation: requests have no fragment, and their query is read apart. */
function templateOf({ path }: Operation): string {
  return path.replace(/[?#][^{}]*$/, "");
}

function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

/** The branch that a segment of a template leads to. */
function branchOf(parent: Branch, segment: string): Branch {
  const literals = segment.split(PARAMETER).filter((_, index) => index % 2 === 0);
  if (literals.length === 1) {
    const name = decode(segment);
    const branch = parent.literals.get(name) ?? createBranch();
    parent.literals.set(name, branch);
    return branch;
  }
  const pattern = new RegExp(`^${literals.map(toPattern).join("(.*?)")}$`);
  const known = parent.templates.find((other) => other.pattern.source === pattern.source);
  if (known) return known.branch;
  const branch = createBranch();
  parent.templates.push({ pattern, literals: literals.join("").length, branch });
  parent.templates.sort((one, other) => other.literals - one.literals);
  return branch;
}

/** Matches a text whether or not its characters are percent-encoded. */
function toPattern(literal: string): string {
  return Array.from(decode(literal), (character) => {
    if (/[\w~-]/.test(character)) return character;
    const encoded = Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).padStart(2, "0")}`,
    ).join("");
    return `(?:${escapeRegExp(character)}|${encoded}|${encoded.toUpperCase()})`;
  }).join("");
}

/** The branches that a path leads to: those with most segments without parameters first. */
function ranked(root: Branch, path: string): Match[] {
  const segments = segmentsOf(path);
  const found: Match[] = [];
  const walk = (branch: Branch, index: number, literals: number, values: readonly string[]): void => {
    if (index === segments.length) {
      if (branch.ends.size > 0) found.push({ branch, literals, values });
      return;
    }
    const segment = segments[index]!;
    const literal = branch.literals.get(decode(segment));
    if (literal) walk(literal, index + 1, literals + 1, values);
    for (const template of branch.templates) {
      const match = template.pattern.exec(segment);
      if (match) walk(template.branch, index + 1, literals, [...values, ...match.slice(1)]);
    }
  };
  walk(root, 0, 0, []);
  return found.length > 1 ? found.toSorted((one, other) => other.literals - one.literals) : found;
}

/** The paths of the servers of all operations, the longest first: those that are known, and those that may be any. */
function basesOf(operations: readonly Operation[]): { known: Base[]; free: Base[] } {
  const bases = { known: new Map<string, Base>(), free: new Map<string, Base>() };
  const patterns = new Map<unknown, { known: string[]; free: string[] }>();
  for (const operation of operations) {
    const list = operation.servers;
    if (!list) continue;
    const ofList = patterns.get(list.value) ?? basePatterns(serversOf(list));
    patterns.set(list.value, ofList);
    for (const kind of ["known", "free"] as const) {
      for (const source of ofList[kind]) {
        const base = bases[kind].get(source) ?? { pattern: new RegExp(source), operations: new Set() };
        bases[kind].set(source, base);
        base.operations.add(operation);
      }
    }
  }
  const longest = (map: Map<string, Base>) =>
    [...map.values()].toSorted((one, other) => other.pattern.source.length - one.pattern.source.length);
  return { known: longest(bases.known), free: longest(bases.free) };
}

function basePatterns(servers: readonly Server[]): { known: string[]; free: string[] } {
  const paths = servers.map((server) => ({ server, path: basePath(server) })).filter(({ path }) => path !== "/");
  const patternOf = ({ server, path }: (typeof paths)[number], isFree: boolean) => {
    const parts = path.split(PARAMETER).map((part, index) => {
      if (index % 2 === 0) return escapeRegExp(part);
      const { default: usual = part, values = [] } = server.variables.get(part) ?? {};
      const choices = [usual, ...values].map((value) => escapeRegExp(value.replace(/^\/+|\/+$/g, "")));
      return `(?:${choices.join("|")}${isFree && values.length === 0 ? "|[^/]+" : ""})`;
    });
    return `^${parts.join("")}(?=/|$)`;
  };
  const isFree = ({ server, path }: (typeof paths)[number]) =>
    [...path.matchAll(PARAMETER)].some(([, name]) => !server.variables.get(name!)?.values.length);
  return {
    known: paths.map((path) => patternOf(path, false)),
    free: paths.filter(isFree).map((path) => patternOf(path, true)),
  };
}

/** The path of a server's address, with its variables. */
function basePath({ url, variables }: Server): string {
  const whole = url.replaceAll(PARAMETER, (variable, name: string) => {
    const usual = variables.get(name)?.default ?? "";
    return usual.includes("//") ? usual : variable;
  });
  const path = whole.replace(/^(?:[^/?#]*:)?\/\/[^/?#]*/, "").replace(/[?#].*$/, "");
  return `/${path.replace(/^[./]+|\/+$/g, "")}`;
}

function isServer({ url, variables }: Server, address: string): boolean {
  const parts = url.split(PARAMETER).map((part, index) => {
    if (index % 2 === 0) return escapeRegExp(part);
    const { values = [] } = variables.get(part) ?? {};
    return values.length === 0 ? ".*" : `(?:${values.map((value) => escapeRegExp(value)).join("|")})`;
  });
  return new RegExp(`^${parts.join("")}$`).test(address);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
