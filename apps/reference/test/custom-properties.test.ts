import { expect, it } from "vitest";
import { resolveCustomProperties } from "../src/custom-properties.ts";

const resolve = (css: string, { overrides = "", html = "" } = {}) =>
  resolveCustomProperties(css, overrides, html).trim();

it.each([
  ["a value", ":root{--a:1px} p{margin:var(--a)}", "p{margin:1px}"],
  ["a value among others", ":root{--a:1px} p{margin:0 var(--a) calc(var(--a) * 2)}", "p{margin:0 1px calc(1px * 2)}"],
  ["a value of a value", ":root{--a:var(--b);--b:1px} p{margin:var(--a)}", "p{margin:1px}"],
  ["the last of several values", ":root{--a:1px} :root{--a:2px} p{margin:var(--a)}", "p{margin:2px}"],
  ["a fallback for what nobody sets", "p{margin:var(--a, 0 var(--b, 1px))}", "p{margin:0 1px}"],
  ["no fallback for what is set", ":root{--a:1px} p{margin:var(--a, 2px)}", "p{margin:1px}"],
])("puts %s where it is used", (_, css, expected) => {
  expect(resolve(css)).toBe(expected);
});

it.each([
  ["nobody sets", "p{margin:var(--a)}"],
  ["depends on itself", ":root{--a:var(--b);--b:var(--a)} p{margin:var(--a)}"],
  ["a rule below the root sets too", ":root{--a:1px} p{margin:var(--a)} .x{--a:2px}"],
  ["a rule for some screens sets too", ":root{--a:1px} p{margin:var(--a)} @media print{:root{--a:2px}}"],
  ["depends on one that another rule sets", ":root{--a:var(--b);--b:1px} p{margin:var(--a)} .x{--b:2px}"],
  ["is a keyword for the property itself", ":root{--a:unset} p{margin:var(--a)}"],
  ["may not be valid where it is used", ":root{--a:none} p{color:var(--a)}"],
])("leaves a property that %s as it is", (_, css) => {
  expect(resolve(css)).toBe(css);
});

it("keeps a property that an element uses or sets", () => {
  const css = ":root{--a:1px;--b:2px} p{margin:var(--a) var(--b)}";
  expect(resolve(css, { html: '<svg fill="var(--a)"><i style="--b: 3px">' })).toBe(
    ":root{--a:1px;--b:2px} p{margin:1px var(--b)}",
  );
});

it("follows what other rules set anew", () => {
  expect(resolve(":root{--a:1px} p{margin:var(--a)}", { overrides: "html:root:root{--a:2px}" })).toBe("p{margin:2px}");
});

it("makes colours depend on the scheme, and repeats other rules for a system that is dark", () => {
  expect(resolve(":root{--a:#fff} :root.dark{--a:#000} p{border:1px solid var(--a)}")).toBe(
    "p{border:1px solid light-dark(#fff,#000)}",
  );
  expect(resolve(":root{--a:var(--b);--b:#fff} :root.dark{--b:#000} p{color:var(--a)}")).toBe(
    "p{color:light-dark(#fff,#000)}",
  );
  const other = resolve(":root{--a:1px} :root.dark{--a:2px} p{margin:var(--a)}").replaceAll(/\s+/g, "");
  expect(other).toBe(
    ":root{--a:1px}:root.dark{--a:2px}p{margin:var(--a)}" +
      "@media(prefers-color-scheme:dark){:root:not(.light){--a:2px}}",
  );
});
