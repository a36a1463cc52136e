import { expect, test } from "vitest";
import { fromPointer, toPointer } from "../src/pointer.ts";

test.each([
  [["paths", "/pets/{id}", "get"], "#/paths/~1pets~1{id}/get"],
  [["components", "schemas", "a~b/c"], "#/components/schemas/a~0b~1c"],
  [["paths", "/b%C3%BCcher"], "#/paths/~1b%25C3%25BCcher"],
  [["tags", 0], "#/tags/0"],
  [[], "#"],
])("a pointer leads where it came from: %j", (keys, pointer) => {
  expect(toPointer(keys)).toBe(pointer);
  expect(fromPointer(pointer)).toEqual(keys.map(String));
});

test.each([
  ["#/paths/~1pets~1%7Bid%7D/get", ["paths", "/pets/{id}", "get"]],
  // ~01 is ~1, not a slash (RFC 6901, section 4).
  ["#/a~01b", ["a~1b"]],
  ["#/100%", ["100%"]],
  ["#/", [""]],
])("%s is decoded as RFC 6901 says", (pointer, keys) => {
  expect(fromPointer(pointer)).toEqual(keys);
});
