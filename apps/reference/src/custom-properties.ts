import { atRule, parse, type Root, type Rule } from "postcss";
import parseValue from "postcss-value-parser";

type Scheme = "light" | "dark";

/** Selectors of the whole page, and the colour schemes in which they set properties. */
const roots: Record<string, readonly Scheme[]> = {
  ":root": ["light", "dark"],
  "html:root:root": ["light", "dark"],
  ":root.dark": ["dark"],
};

/**
 * Values that say something else where they are used: a keyword for all properties sets the custom property itself, and
 * `none`, where it is not valid, counts as unset only from a custom property
 * (https://www.w3.org/TR/css-variables-1/#invalid-variables).
 */
const keyword = /^(?:none|initial|inherit|unset|revert|revert-layer)$/;

const color = /#[\da-f]{3,8}\b|\b(?:rgb|hsl)a?\([^()]*\)|\b(?:transparent|white|black)\b/gi;

/**
 * Puts the values of custom properties where they are used, and has colours follow the system without a script. Redoc
 * sets hundreds of properties, which a browser would have to take in before it shows anything.
 *
 * Properties that are not the same on the whole page stay as they are.
 *
 * @param css rules that use the properties, with `:root.dark` for the dark scheme
 * @param overrides rules beside them that set some of the properties anew
 * @param html the elements that the rules are for
 * @returns rules whose colours follow `color-scheme`, or the system until the root has the class `light` or `dark`
 */
export function resolveCustomProperties(css: string, overrides: string, html: string): string {
  const root = parse(css);
  const properties = readProperties([root, parse(overrides)], html);
  const resolving = new Set<string>();
  const values = new Map<string, string | undefined>();
  const usedInHtml = new Set([...html.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!));

  /** What a property is in one scheme; undefined when that depends on the place. */
  function valueIn(name: string, scheme: Scheme): string | undefined {
    const given = properties.get(name)?.[scheme];
    // A property that depends on itself has no value (https://www.w3.org/TR/css-variables-1/#cycles).
    if (given === undefined || resolving.has(name)) return undefined;
    resolving.add(name);
    const value = resolve(given, (other) => valueIn(other, scheme));
    resolving.delete(name);
    return value.includes("var(") || keyword.test(value) ? undefined : value;
  }

  /** What a property is in both schemes, when one value can say so. */
  function valueOf(name: string): string | undefined {
    if (!values.has(name)) {
      const light = valueIn(name, "light");
      const dark = valueIn(name, "dark");
      values.set(name, light !== undefined && dark !== undefined ? unite(light, dark) : undefined);
    }
    return values.get(name);
  }

  function resolve(text: string, read: (name: string) => string | undefined): string {
    if (!text.includes("var(")) return text;
    const parsed = parseValue(text);
    parsed.walk((node) => {
      if (node.type !== "function" || node.value !== "var") return;
      const [name, , ...fallback] = node.nodes;
      const isSet = properties.has(name!.value);
      const value = isSet || fallback.length === 0 ? read(name!.value) : resolve(parseValue.stringify(fallback), read);
      if (value !== undefined) Object.assign(node, { type: "word", value: value.trim() });
    }, true);
    return parsed.toString();
  }

  root.walkDecls((declaration) => {
    const { prop, parent } = declaration;
    const isResolved = selectorOf(parent) in roots && valueOf(prop) !== undefined && !usedInHtml.has(prop);
    if (isResolved) declaration.remove();
    else declaration.value = resolve(declaration.value, valueOf);
  });
  root.walkRules((rule) => void (rule.nodes.length === 0 && rule.remove()));
  followSystem(root);
  return root.toString();
}

/** What the page's root sets, by name. Of properties that are set elsewhere too, it is not known. */
function readProperties(sheets: Root[], html: string): Map<string, Partial<Record<Scheme, string>>> {
  const properties = new Map<string, Partial<Record<Scheme, string>>>();
  const others = new Set([...html.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name!));
  for (const sheet of sheets) {
    sheet.walkDecls(/^--/, ({ prop, value, parent }) => {
      const schemes = roots[selectorOf(parent)];
      if (!schemes) return void others.add(prop);
      const known = properties.get(prop) ?? {};
      for (const scheme of schemes) known[scheme] = value;
      properties.set(prop, known);
    });
  }
  for (const name of others) properties.set(name, {});
  return properties;
}

/** The selector of a rule that always holds. */
function selectorOf(parent: unknown): string {
  const rule = parent as Rule | undefined;
  return rule?.type === "rule" && rule.parent?.type === "root" ? rule.selector : "";
}

/** One value for both schemes, when they differ in colours alone. */
function unite(light: string, dark: string): string | undefined {
  if (light === dark) return light;
  if (light.replaceAll(color, "") !== dark.replaceAll(color, "")) return undefined;
  const others = dark.match(color)!.values();
  return light.replaceAll(color, (one) => {
    const other = others.next().value!;
    return one === other ? one : `light-dark(${one},${other})`;
  });
}

/** Repeats the rules for the dark scheme, for a system that has it. */
function followSystem(root: Root): void {
  const media = atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
  root.walkRules(/:root\.dark/, (rule) => {
    media.append(rule.clone({ selector: rule.selector.replaceAll(":root.dark", ":root:not(.light)") }));
  });
  if (media.nodes) root.append(media);
}
