import { compilePattern } from "./keywords.ts";

/** Characters in the order in which they are preferred. */
const CHARACTERS = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:/@+ ,;!#$%&'()*=?[]^`{|}~\"\\<>\t\néñßжλ中あ€",
];
/** How many more repetitions than needed are tried, for the sake of a length. */
const MAX_MORE = 64;
const MAX_LENGTH = 10_000;

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const GROUP = /\((?:\?(?:([=!]|<[=!])|:|<([^>]+)>|[a-z-]+:))?/y;
const REFERENCE = /\\(?:([1-9]\d*)|k<([^>]+)>)/y;
const BOUNDARY = /[\^$]|\\[bB]/y;
/** One character, or a class of them. */
const ATOM = /\[(?:\\[^]|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[^])|[^]/uy;

/** What a text is to be like. */
interface Wanted {
  /** In characters, as all of JSON Schema counts. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Another number gives another text, as far as the pattern allows. */
  readonly variant: number;
}

/** What one text is written by. */
interface Writing {
  /** Repetitions beyond the least. */
  readonly more: number;
  /** Whether what a lookaround asks for is written where it stands. */
  readonly ahead: boolean;
  /** One of so many. */
  choose(count: number): number;
  readonly groups: Map<string, string>;
}

type Part = (writing: Writing) => string;

/**
 * A text that a pattern matches: the shortest that comes to mind, or longer where it has to be.
 *
 * @param pattern a regular expression of ECMAScript
 * @returns `undefined` where none is found, as for a pattern that is malformed or that matches nothing
 * @example
 * matching("^\\d{3}-[A-Z]+$", { minLength: 0, maxLength: 6, variant: 0 }); // "000-A"
 */
export function matching(pattern: string, { minLength, maxLength, variant }: Wanted): string | undefined {
  const expression = compilePattern(pattern);
  if (!expression || minLength > MAX_LENGTH) return undefined;
  const write = readPattern(pattern, expression.flags);
  const isWithin = (text: string) => {
    const { length } = [...text];
    return length >= minLength && length <= maxLength;
  };
  for (const ahead of [false, true]) {
    for (const more of [...Array(MAX_MORE).keys(), minLength]) {
      const text = write({ more, ahead, choose: chooser(variant), groups: new Map() });
      const { length } = [...text];
      const padding = "a".repeat(Math.max(minLength - length, 0));
      const fits = [text, text + padding, padding + text].find(
        (candidate) => isWithin(candidate) && expression.test(candidate),
      );
      if (fits !== undefined) return fits;
      // It only grows from here.
      if (length > Math.max(minLength, Math.min(maxLength, MAX_LENGTH))) break;
    }
  }
  return undefined;
}

/**
 * Makes choices by a number: each number makes others, 0 takes the first each time.
 *
 * @example
 * const choose = chooser(5);
 * [choose(2), choose(3)]; // [1, 2]
 */
export function chooser(variant: number): (count: number) => number {
  let rest = variant;
  return (count) => {
    const chosen = rest % count;
    rest = Math.floor(rest / count);
    return chosen;
  };
}

/** Turns a pattern into what writes texts that it matches. */
function readPattern(pattern: string, flags: string): Part {
  let index = 0;
  let groups = 0;

  function take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = index;
    const found = token.exec(pattern);
    if (found) index = token.lastIndex;
    return found;
  }

  function alternatives(): Part {
    const branches = [sequence()];
    while (pattern[index] === "|") {
      index++;
      branches.push(sequence());
    }
    return (writing) => branches[writing.choose(branches.length)]!(writing);
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (index < pattern.length && pattern[index] !== "|" && pattern[index] !== ")") {
      if (!take(BOUNDARY)) parts.push(repeated(part()));
    }
    return (writing) => parts.map((write) => write(writing)).join("");
  }

  function repeated(write: Part): Part {
    const quantifier = take(QUANTIFIER);
    if (!quantifier) return write;
    const [sign, least, comma, most] = quantifier;
    const min = least === undefined ? (sign.startsWith("+") ? 1 : 0) : Number(least);
    const limit = sign.startsWith("?") ? 1 : least === undefined || (comma && !most) ? Infinity : Number(most || least);
    return (writing) => {
      const count = Math.min(min + writing.more, limit, MAX_LENGTH);
      return Array.from({ length: count }, () => write(writing)).join("");
    };
  }

  function part(): Part {
    const group = take(GROUP);
    if (group) {
      const [opening, look, name] = group;
      const number = opening === "(" || name ? String(++groups) : "";
      const write = alternatives();
      index++;
      if (look) return look.endsWith("=") ? (writing) => (writing.ahead ? write(writing) : "") : () => "";
      return (writing) => {
        const text = write(writing);
        writing.groups.set(number, text);
        if (name) writing.groups.set(name, text);
        return text;
      };
    }
    const reference = take(REFERENCE);
    if (reference) return ({ groups: written }) => written.get(reference[1] ?? reference[2]!) ?? "";
    const characters = charactersOf(take(ATOM)![0], flags);
    return ({ choose }) => characters[choose(characters.length)] ?? "";
  }

  return alternatives();
}

/** The characters that one part of a pattern matches, or some of them. */
function charactersOf(atom: string, flags: string): string[] {
  const expression = new RegExp(`^${atom}$`, `${flags}s`);
  const known = CHARACTERS.filter((character) => expression.test(character));
  if (known.length > 0) return known;
  for (let code = 0; code < 0x30000; code++) {
    const character = String.fromCodePoint(code);
    if (expression.test(character)) return [character];
  }
  return [];
}
