import { expect, test } from "vitest";
import { checkRandomScripts } from "../random-faults.ts";

test("whatever the server does, a customer is created at most once and the error says what became of it", async () => {
  expect(await checkRandomScripts(150, "POST")).toEqual([]);
}, 300_000);

test("whatever the server does, what is safe to repeat is repeated and the error says what became of it", async () => {
  expect(await checkRandomScripts(50, "GET", "PUT")).toEqual([]);
}, 300_000);
