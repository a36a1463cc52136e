import { expect, it } from "vitest";
import { json, panel, readPage, titles } from "../read-page.ts";

it("is made of forty operations, each with all fields of its answer, in the time that a test may take", async () => {
  const wrap = (schema: object, level: number): object =>
    level === 0
      ? schema
      : wrap({ type: "array", items: { type: "object", properties: { [`l${level}`]: schema } } }, level - 1);
  const schema = { type: "object", properties: { top: wrap({ type: "string", description: "Deepest." }, 5) } };
  const answers = {
    200: { description: "One.", content: { "application/json": { schema } } },
    404: { description: "None.", ...json({ b: 2 }) },
  };
  const names = Array.from({ length: 40 }, (_, number) => `shelf${number}`);
  const page = await readPage(
    Object.fromEntries(names.map((name) => [`/${name}`, { get: { operationId: name, responses: answers } }])),
  );
  for (const name of names) {
    expect(titles(panel(page, `other/${name}`, "response"))).toEqual(["200", "404"]);
    expect(page.getElementById(`other/${name}`)!.textContent).toContain("Deepest.");
  }
});
