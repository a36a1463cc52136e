import { expect, test } from "vitest";
import { readApi } from "../src/index.ts";
import { documentWith } from "./document.ts";

const statement = (name: string) => ({
  "x-error-body": { fields: { [name]: { list: "$fields" } }, general: { at: "$now", [name]: "$message" } },
});
const answer = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const errorBody = (responses: object, components: object = {}, more: object = {}) =>
  readApi(documentWith({ paths: { "/pets": { post: { responses, ...more } } }, components })).errorBody;

test("an envelope that nothing answers with does not count, wherever it stands", () => {
  const schemas = {
    Old: { type: "object", ...statement("problems") },
    Used: { type: "object", ...statement("error") },
  };
  expect(errorBody({ "400": answer({ $ref: "#/components/schemas/Used" }) }, { schemas })).toEqual({
    fields: { template: { error: { list: "$fields" } }, path: ["error", "list"] },
    general: { template: { at: "$now", error: "$message" }, path: ["error"] },
  });
  expect(errorBody({ "400": { description: "" } }, { schemas })).toBeUndefined();
});

test.each([
  ["defined in place", { "400": answer(statement("a")) }, {}],
  [
    "behind a named answer",
    { default: { $ref: "#/components/responses/E" } },
    { responses: { E: answer(statement("a")) } },
  ],
  ["behind a reference", { "4XX": answer({ $ref: "#/components/schemas/E" }) }, { schemas: { E: statement("a") } }],
  ["in a composition", { "500": answer({ allOf: [{ type: "object" }, statement("a")] }) }, {}],
  [
    "in an alternative",
    { "500": answer({ oneOf: [{ type: "object" }, { type: "array", items: statement("a") }] }) },
    {},
  ],
])("an envelope counts %s", (_, responses, components) => {
  expect(errorBody(responses, components)?.general.path).toEqual(["a"]);
});

test("a success and a request word no error", () => {
  const request = { requestBody: { content: { "application/json": { schema: statement("a") } } } };
  expect(errorBody({ "200": answer(statement("a")), "302": answer(statement("a")) }, {}, request)).toBeUndefined();
});

test("the first of several answers holds", () => {
  expect(errorBody({ "422": answer(statement("b")), "400": answer(statement("a")) })?.general.path).toEqual(["a"]);
});

test("a template without its sign has no way to it", () => {
  const schema = { "x-error-body": { general: { message: "Sorry" } } };
  expect(errorBody({ "400": answer(schema) })).toEqual({
    fields: { template: undefined, path: [] },
    general: { template: { message: "Sorry" }, path: [] },
  });
});
