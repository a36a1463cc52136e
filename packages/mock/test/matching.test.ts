import { expect, test } from "vitest";
import { matching } from "../src/document/matching.ts";

const ANY = { minLength: 0, maxLength: Infinity, variant: 0 };

test.each([
  ["^\\d{3}-[A-Z]+$"],
  ["^[\\w-.]+$"],
  ["^(?=.*[A-Z])(?=.*\\d).{8,}$"],
  ["^(?!x)[a-z]{3}$"],
  ["(?<=a)b"],
  ["(a|b)\\1{2}c"],
  ["^(?<year>\\d{4})-\\k<year>$"],
  ["^\\p{Lu}\\p{Ll}+$"],
  ["^[^\\s/]{3,5}$"],
  ["^\\u{1F600}$"],
  ["^[^\\]\\\\]$"],
  ["^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$"],
  ["^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)$"],
  ["^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$"],
  ["\\bword\\b"],
  ["^\\x41\\u0042\\cJ\\t$"],
  ["^a{2000}$"],
  ["^(((a+)+)+)+$"],
  [""],
])("a text matches %s", (pattern) => {
  const text = matching(pattern, ANY);
  expect(text).toBeDefined();
  expect(text).toMatch(new RegExp(pattern, pattern.includes("-.") ? "" : "u"));
});

test.each([
  ["^[a-z]+$", 30, 30],
  ["^.{3,50}$", 50, 50],
  ["^[a-f0-9]{8}(?:-[a-f0-9]{4})*$", 20, 30],
  ["^(foo|barbar)?$", 3, 5],
  ["abc", 10, 12],
  ["^((a+)+)+$", 5_000, 5_000],
  ["^😀+$", 2, 2],
])("a text that matches %s has from %d to %d characters", (pattern, minLength, maxLength) => {
  const text = matching(pattern, { minLength, maxLength, variant: 0 })!;
  expect(text).toMatch(new RegExp(pattern, "u"));
  expect([...text].length).toBeGreaterThanOrEqual(minLength);
  expect([...text].length).toBeLessThanOrEqual(maxLength);
});

test("each variant is another text, as far as there are others", () => {
  const texts = Array.from({ length: 50 }, (_, variant) => matching("^[A-F]\\d[xy]$", { ...ANY, variant }));
  expect(new Set(texts).size).toBe(50);
});

test.each(["(((", "a{2}^b", "^$.", "\\A"])("no text matches %s", (pattern) => {
  expect(matching(pattern, ANY)).toBeUndefined();
});

test("no text is found that is too long or too short", () => {
  expect(matching("^a{3}$", { ...ANY, minLength: 4 })).toBeUndefined();
  expect(matching("^a{3}$", { ...ANY, maxLength: 2 })).toBeUndefined();
});
