/**
 * Small changes of a spec, and what each is worth to the users of the client and of the mock. The spec has one field for
 * each direction, so that a change concerns requests, or answers, or both.
 */
import { parse } from "yaml";
import type { Bump } from "../src/bump.ts";

/** An OpenAPI document, or a part of one. */
export type Node = Record<string, any>;
/** A change, and its bumps from 1.0 on. */
export type Case = [change: string, edit: (document: Node) => void, client: Bump, mock: Bump];

/** What is changed. */
export const library: Node = parse(`
openapi: 3.1.0
info: { title: Library, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers:
  - { url: https://sandbox.example.com, x-name: sandbox }
  - url: https://{region}.example.com
    x-name: production
    variables: { region: { default: api, enum: [api, eu] } }
security: [{ apiKey: [] }]
tags: [{ name: Book, description: Books. }]
paths:
  /book/{id}:
    put:
      operationId: writeBook
      tags: [Book]
      summary: Write book
      description: Writes a book.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: tone, in: query, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/NewBook" }
            examples: { short: { $ref: "#/components/examples/Short" } }
      responses:
        "200":
          description: Written.
          headers: { X-Left: { schema: { type: integer } } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
              examples: { written: { value: { id: book_1, state: draft } } }
        "400": { $ref: "#/components/responses/Refused" }
        "429": { $ref: "#/components/responses/Refused" }
    get:
      operationId: readBook
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Nothing. } }
components:
  securitySchemes: { apiKey: { type: http, scheme: bearer } }
  examples: { Short: { value: { title: Ulysses, genre: novel } } }
  schemas:
    NewBook:
      type: object
      required: [title, serial]
      properties:
        serial: { type: string, readOnly: true }
        title: { type: string, description: Its title., maxLength: 80, examples: [Ulysses] }
        genre: { type: string, enum: [novel, essay] }
        pages: { type: integer, minimum: 1 }
        language: { type: string, default: en }
        note: { type: string }
        edition:
          allOf:
            - { type: object, properties: { year: { type: integer } } }
            - { type: object, properties: { city: { type: string } } }
    Book:
      type: object
      required: [id, state]
      properties:
        id: { type: string, pattern: ^book_ }
        state: { type: string, enum: [draft, printed] }
        shelf: { type: string }
        password: { type: string, writeOnly: true }
        weight: { type: [number, "null"] }
        cover: { oneOf: [{ type: string }, { type: integer }] }
        more: { type: object, additionalProperties: true }
        words: { type: array, items: { type: string } }
        owner:
          oneOf: [{ $ref: "#/components/schemas/Person" }, { $ref: "#/components/schemas/Company" }]
          discriminator:
            propertyName: kind
            mapping: { person: "#/components/schemas/Person", company: "#/components/schemas/Company" }
    Person:
      type: object
      required: [kind]
      properties: { kind: { type: string }, age: { type: integer } }
    Company:
      type: object
      required: [kind]
      properties: { kind: { type: string }, seat: { type: string } }
    Refusal:
      type: object
      x-error-body: { fields: { error: $fields }, general: { error: { general: $message } } }
      properties: { error: { type: object } }
  responses:
    Refused:
      description: Refused.
      content: { application/json: { schema: { $ref: "#/components/schemas/Refusal" } } }
`);

/** The operation that most changes concern. */
export const put = (document: Node): Node => document["paths"]["/book/{id}"].put;
const answer = (document: Node): Node => put(document)["responses"]["200"].content["application/json"];
/** What requests hold. */
export const asked = (document: Node): Node => document["components"].schemas.NewBook;
/** What answers hold. */
export const answered = (document: Node): Node => document["components"].schemas.Book;

/** The changes, by what they concern. */
export const cases: Record<string, Case[]> = {
  Words: [
    ["a description", (document) => (put(document)["description"] = "Other."), "patch", "patch"],
    ["a summary", (document) => (put(document)["summary"] = "Store book"), "patch", "patch"],
    ["a field's example", (document) => (asked(document)["properties"].title.examples = ["Emma"]), "patch", "patch"],
    [
      "an example's value",
      (document) => (document["components"].examples.Short.value.title = "Emma"),
      "patch",
      "patch",
    ],
    [
      "the value of an answer's example",
      (document) => (answer(document)["examples"].written.value.id = "book_2"),
      "patch",
      "patch",
    ],
    [
      "an answer's example is renamed",
      (document) => (answer(document)["examples"] = { made: answer(document)["examples"].written }),
      "patch",
      "major",
    ],
    ["an answer's example is gone", (document) => delete answer(document)["examples"], "patch", "major"],
    [
      "another example",
      (document) =>
        (put(document)["requestBody"].content["application/json"].examples.long = { value: { title: "A" } }),
      "patch",
      "patch",
    ],
    ["another tag", (document) => document["tags"].push({ name: "Shelf", description: "Shelves." }), "patch", "patch"],
    [
      "an extension that says nothing to us",
      (document) => (put(document)["x-evidence"] = "inferred"),
      "patch",
      "patch",
    ],
    [
      "an extension with more to say",
      (document) => (asked(document)["properties"].genre["x-enumDescriptions"] = { novel: "Long." }),
      "patch",
      "patch",
    ],
    [
      "another order",
      (document) => (answered(document)["required"] = answered(document)["required"].toReversed()),
      "patch",
      "patch",
    ],
    ["an operation is deprecated", (document) => (put(document)["deprecated"] = true), "minor", "patch"],
  ],
  Operations: [
    [
      "a new operation",
      (document) =>
        (document["paths"]["/shelf"] = {
          get: { operationId: "readShelf", responses: { 204: { description: "Yes." } } },
        }),
      "minor",
      "minor",
    ],
    ["an operation is gone", (document) => delete document["paths"]["/book/{id}"].get, "major", "major"],
    ["an operationId is renamed", (document) => (put(document)["operationId"] = "storeBook"), "major", "patch"],
    ["a path is renamed", (document) => movePath(document, "/books/{id}"), "major", "major"],
    [
      "a parameter of the path is renamed",
      (document) => {
        for (const method of ["put", "get"]) document["paths"]["/book/{id}"][method].parameters[0].name = "book";
        movePath(document, "/book/{book}");
      },
      "major",
      "patch",
    ],
  ],
  Servers: [
    [
      "a server has another address",
      (document) => (document["servers"][0].url = "https://new.example.com"),
      "major",
      "none",
    ],
    ["a server has another name", (document) => (document["servers"][0]["x-name"] = "test"), "major", "none"],
    [
      "a server is added",
      (document) => document["servers"].push({ url: "https://eu.example.com", "x-name": "eu" }),
      "minor",
      "none",
    ],
    ["a server is gone", (document) => document["servers"].pop(), "major", "none"],
    [
      "another server comes first",
      (document) => (document["servers"] = document["servers"].toReversed()),
      "major",
      "none",
    ],
    [
      "a part of an address has another default",
      (document) => (document["servers"][1].variables.region.default = "eu"),
      "major",
      "none",
    ],
    [
      "a part of an address has one value less",
      (document) => document["servers"][1].variables.region.enum.pop(),
      "major",
      "none",
    ],
    [
      "a part of an address has one value more",
      (document) => document["servers"][1].variables.region.enum.push("us"),
      "minor",
      "none",
    ],
    [
      "a part of an address may be any text",
      (document) => delete document["servers"][1].variables.region.enum,
      "minor",
      "none",
    ],
    [
      "a part of an address has another name",
      (document) => {
        const [, server] = document["servers"];
        server.url = "https://{place}.example.com";
        server.variables = { place: server.variables.region };
      },
      "major",
      "none",
    ],
    [
      "a server has another name, and members another order",
      (document) => {
        document["servers"][0]["x-name"] = "test";
        const { cover } = answered(document)["properties"];
        cover.oneOf = cover.oneOf.toReversed();
      },
      "major",
      "patch",
    ],
  ],
  Security: [
    [
      "a second key is required",
      (document) => {
        document["components"].securitySchemes.second = { type: "apiKey", in: "header", name: "X-Key" };
        document["security"][0].second = [];
      },
      "major",
      "major",
    ],
    [
      "another key will do too",
      (document) => {
        document["components"].securitySchemes.second = { type: "apiKey", in: "header", name: "X-Key" };
        document["security"].push({ second: [] });
      },
      "major",
      "minor",
    ],
    ["no key is required any more", (document) => (document["security"] = []), "major", "patch"],
    ["one operation requires no key", (document) => (put(document)["security"] = []), "minor", "minor"],
    ["a key may be left out", (document) => document["security"].push({}), "minor", "minor"],
    [
      "the key travels otherwise",
      (document) => (document["components"].securitySchemes.apiKey = { type: "apiKey", in: "header", name: "X-Key" }),
      "major",
      "major",
    ],
  ],
  Parameters: [
    [
      "an optional one is added",
      (document) => put(document)["parameters"].push(query("size", false)),
      "minor",
      "minor",
    ],
    ["a required one is added", (document) => put(document)["parameters"].push(query("size", true)), "major", "major"],
    ["one is gone", (document) => put(document)["parameters"].pop(), "major", "major"],
    ["one becomes required", (document) => (put(document)["parameters"][1].required = true), "major", "major"],
    ["one becomes optional", (document) => (put(document)["parameters"][2].required = false), "minor", "minor"],
    [
      "a header is written in another case",
      (document) => (put(document)["parameters"][1].name = "x-trace"),
      "major",
      "patch",
    ],
  ],
  Requests: [
    [
      "an optional field is added",
      (document) => (asked(document)["properties"].size = { type: "string" }),
      "minor",
      "minor",
    ],
    [
      "a required field is added",
      (document) => {
        asked(document)["properties"].size = { type: "string" };
        asked(document)["required"].push("size");
      },
      "major",
      "major",
    ],
    ["a field is gone", (document) => delete asked(document)["properties"].note, "major", "patch"],
    ["a field becomes required", (document) => asked(document)["required"].push("pages"), "major", "major"],
    ["a field becomes optional", (document) => (asked(document)["required"] = []), "minor", "minor"],
    ["an enum is widened", (document) => asked(document)["properties"].genre.enum.push("poem"), "minor", "minor"],
    ["an enum is narrowed", (document) => asked(document)["properties"].genre.enum.pop(), "major", "major"],
    [
      "a type is widened",
      (document) => (asked(document)["properties"].pages.type = ["integer", "null"]),
      "minor",
      "minor",
    ],
    ["a type is another one", (document) => (asked(document)["properties"].pages.type = "string"), "major", "major"],
    [
      "a text may be shorter only",
      (document) => (asked(document)["properties"].title.maxLength = 40),
      "patch",
      "major",
    ],
    ["a text may be longer", (document) => (asked(document)["properties"].title.maxLength = 160), "patch", "minor"],
    ["a text must look so", (document) => (asked(document)["properties"].note.pattern = "^[a-z]+$"), "patch", "major"],
    [
      "a default is another one",
      (document) => (asked(document)["properties"].language.default = "fr"),
      "patch",
      "patch",
    ],
    ["a default is added", (document) => (asked(document)["properties"].note.default = "none"), "patch", "minor"],
    ["unknown fields are refused", (document) => (asked(document)["additionalProperties"] = false), "major", "major"],
    ["a part of a field is gone", (document) => asked(document)["properties"].edition.allOf.pop(), "major", "patch"],
    [
      "a part of a field is required",
      (document) => (asked(document)["properties"].edition.allOf[0].required = ["year"]),
      "major",
      "major",
    ],
    [
      "unknown fields look so",
      (document) => (asked(document)["patternProperties"] = { "^x-": { type: "integer" } }),
      "major",
      "major",
    ],
    [
      "a field is for reading only",
      (document) => (asked(document)["properties"].note.readOnly = true),
      "major",
      "major",
    ],
    [
      "a field is not for reading only any more",
      (document) => delete asked(document)["properties"].serial.readOnly,
      "major",
      "major",
    ],
    ["the body becomes optional", (document) => (put(document)["requestBody"].required = false), "minor", "minor"],
    [
      "an operation takes a body from now on",
      (document) =>
        (document["paths"]["/book/{id}"].get.requestBody = {
          required: true,
          content: { "application/json": { schema: { type: "object" } } },
        }),
      "major",
      "major",
    ],
    [
      "another media type is taken",
      (document) => (put(document)["requestBody"].content["application/xml"] = { schema: { type: "object" } }),
      "minor",
      "minor",
    ],
  ],
  Answers: [
    ["a field is added", (document) => (answered(document)["properties"].size = { type: "string" }), "minor", "minor"],
    ["a field is gone", (document) => delete answered(document)["properties"].shelf, "major", "major"],
    ["a field becomes required", (document) => answered(document)["required"].push("shelf"), "minor", "minor"],
    ["a field becomes optional", (document) => answered(document)["required"].pop(), "major", "major"],
    ["an enum is widened", (document) => answered(document)["properties"].state.enum.push("lost"), "major", "major"],
    ["an enum is narrowed", (document) => answered(document)["properties"].state.enum.pop(), "major", "minor"],
    [
      "a text becomes an enum",
      (document) => (answered(document)["properties"].shelf.enum = ["a", "b"]),
      "major",
      "minor",
    ],
    [
      "a field may be null",
      (document) => (answered(document)["properties"].shelf.type = ["string", "null"]),
      "major",
      "major",
    ],
    [
      "a field is not for writing only any more",
      (document) => delete answered(document)["properties"].password.writeOnly,
      "minor",
      "minor",
    ],
    [
      "a field is never null",
      (document) => (answered(document)["properties"].weight.type = "number"),
      "minor",
      "minor",
    ],
    [
      "a union gains a member",
      (document) => answered(document)["properties"].cover.oneOf.push({ type: "object" }),
      "major",
      "major",
    ],
    ["a union loses a member", (document) => answered(document)["properties"].cover.oneOf.pop(), "major", "minor"],
    [
      "a text looks otherwise",
      (document) => (answered(document)["properties"].id.pattern = "^[a-z]+$"),
      "patch",
      "major",
    ],
    [
      "a union is told apart by another value",
      (document) => {
        const { mapping } = answered(document)["properties"].owner.discriminator;
        mapping.human = mapping.person;
        delete mapping.person;
      },
      "major",
      "minor",
    ],
    [
      "a union is not told apart any more",
      (document) => delete answered(document)["properties"].owner.discriminator,
      "major",
      "patch",
    ],
    [
      "unknown fields are not announced any more",
      (document) => delete answered(document)["properties"].more.additionalProperties,
      "major",
      "patch",
    ],
    [
      "a list becomes a tuple",
      (document) => (answered(document)["properties"].words.prefixItems = [{ type: "string" }]),
      "major",
      "major",
    ],
    [
      "another error status",
      (document) => (put(document)["responses"]["409"] = { $ref: "#/components/responses/Refused" }),
      "minor",
      "minor",
    ],
    ["an error status is gone", (document) => delete put(document)["responses"]["429"], "major", "major"],
    [
      "another success status",
      (document) => (put(document)["responses"]["202"] = { description: "Later." }),
      "major",
      "minor",
    ],
    [
      "a header is added",
      (document) => (put(document)["responses"]["200"].headers["X-All"] = { schema: { type: "integer" } }),
      "minor",
      "minor",
    ],
    ["a header is gone", (document) => delete put(document)["responses"]["200"].headers, "major", "major"],
    [
      "another media type is offered",
      (document) => (put(document)["responses"]["200"].content["application/xml"] = { schema: { type: "object" } }),
      "minor",
      "minor",
    ],
    [
      "errors keep their messages elsewhere",
      (document) => (document["components"].schemas.Refusal["x-error-body"].fields = { problems: "$fields" }),
      "major",
      "major",
    ],
    [
      "errors are worded in one answer otherwise",
      (document) => {
        const { schemas, responses } = structuredClone(document["components"]);
        const [content] = Object.values<Node>(responses.Refused.content);
        content!["schema"] = { ...schemas.Refusal, "x-error-body": { fields: { problems: "$fields" } } };
        put(document)["responses"]["400"] = responses.Refused;
      },
      "major",
      "major",
    ],
  ],
  Names: [
    [
      "no answer is named any more",
      (document) => {
        const { Refused } = document["components"].responses;
        delete document["components"].responses;
        for (const status of ["400", "429"]) put(document)["responses"][status] = structuredClone(Refused);
      },
      "major",
      "patch",
    ],
    [
      "a schema is renamed",
      (document) => {
        const { schemas } = document["components"];
        schemas.Volume = schemas.Book;
        delete schemas.Book;
        put(document)["responses"]["200"].content["application/json"].schema.$ref = "#/components/schemas/Volume";
      },
      "major",
      "patch",
    ],
  ],
};

function query(name: string, required: boolean): Node {
  return { name, in: "query", required, schema: { type: "string" } };
}

function movePath(document: Node, path: string): void {
  document["paths"] = { [path]: document["paths"]["/book/{id}"] };
}
