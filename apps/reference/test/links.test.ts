import { readApi } from "@spherepay/openapi";
import { listDocuments } from "@spherepay/openapi/documents";
import { expect, it } from "vitest";
import { writeLinks } from "../src/links.ts";
import { json, readPage } from "./read-page.ts";

const { document } = (await listDocuments()).find(({ name }) => name === "webhooks-links-callbacks")!;
const { operations } = readApi(document);
const linksOf = (id: string, status: string) =>
  operations.find((operation) => operation.id === id)!.responses.find((one) => one.status === status)!.links;

it("each link says where it leads, what for, and what is passed on: from where, or as it is", () => {
  expect(writeLinks(linksOf("bookRepair", "201"), ({ id }) => `${id}.md`).split("\n")).toEqual([
    "- `readRepair`: [Read a repair](readRepair.md). Reads the repair that was booked. Passes `repair` from `$response.body#/id`.",
    "- `changeRepair`: [Say more of what is broken](changeRepair.md). Says more of what is broken. " +
      'Passes `repair` from `$response.body#/id`, the body `{"problem":"Flat tyre and a bent wheel"}`.',
    "- `cancelRepair`: [Cancel a repair](cancelRepair.md). The place of the parameter stands before its name. " +
      "Passes `repair` from `$response.body#/id`.",
    "- `readBicycle`: [Read a bicycle](readBicycle.md). Reads the bicycle that the request named. " +
      "Passes `bicycle` from `$request.body#/bicycle`.",
    "- `follow`: [Follow a repair by its address](followRepair.md). Follows the header. " +
      "Passes `where` from `$response.header.Location`.",
  ]);
  expect(writeLinks(linksOf("readRepair", "200"), ({ id }) => id)).toBe(
    "- `readBicycle`: [Read a bicycle](readBicycle) at `https://archive.workshop.example/{year}`. " +
      "Passes `bicycle` from `$response.body#/bicycle`.",
  );
});

it("a link into another document shows the reference as it is written", () => {
  const link = {
    name: "elsewhere",
    operationRef: "https://a.example/openapi.json#/paths/~1b/get",
    parameters: [],
    pointer: "",
  };
  expect(writeLinks([link], () => "")).toBe("- `elsewhere`: `https://a.example/openapi.json#/paths/~1b/get`.");
});

it("the page shows them under the answer, once, also where operations share it", async () => {
  const page = await readPage({
    "/shelves": {
      get: {
        operationId: "listShelves",
        summary: "List",
        responses: { 200: { $ref: "#/paths/~1shelves/post/responses/200" } },
      },
      post: {
        operationId: "addShelf",
        responses: {
          200: {
            description: "The shelf.",
            ...json({ id: 7 }),
            links: { list: { operationId: "listShelves", parameters: { after: 7 } } },
          },
        },
      },
    },
  });
  for (const section of ["other/listshelves", "other/addshelf"]) {
    const links = [...page.getElementById(section)!.querySelectorAll("li > code + a")];
    expect(links.map((link) => link.parentElement!.textContent)).toEqual(["list: List. Passes after 7."]);
    expect(links[0]!.getAttribute("href")).toBe("#other/listshelves");
  }
});
