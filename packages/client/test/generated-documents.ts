/** Documents from which the tests generate a client, each with a program that uses it. */

/** A body in JSON, as a document describes it. */
export const json = (schema: object) => ({ content: { "application/json": { schema } } });
const pet = { $ref: "#/components/schemas/Pet" };

/** A document with every kind of operation that becomes a method. */
export const petStore = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example", "x-name": "live" }],
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }],
        responses: { 200: { description: "Pets.", ...json({ type: "array", items: pet }) } },
      },
      post: {
        operationId: "addPet",
        requestBody: { $ref: "#/components/requestBodies/NewPet" },
        responses: {
          201: { description: "Added.", ...json(pet) },
          409: { $ref: "#/components/responses/Conflict" },
          default: { description: "Failed." },
        },
      },
    },
    "/pets/{petId}/photos/{photo}": {
      parameters: [
        { name: "petId", in: "path", required: true, schema: { type: "string" } },
        { $ref: "#/components/parameters/photo" },
      ],
      delete: { operationId: "delete-photo", responses: { 204: { description: "Gone." } } },
      put: {
        operationId: "tagPhoto",
        summary: "Tag a photo",
        description: "Ends a comment: */",
        requestBody: { ...json({ type: "object", properties: { tag: { type: "string" } } }) },
        responses: { 200: { description: "Tagged.", ...json(pet) }, 204: { description: "Tagged already." } },
      },
    },
  },
  components: {
    schemas: { Pet: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
    parameters: { photo: { name: "photo", in: "path", required: true, schema: { type: "integer" } } },
    requestBodies: {
      NewPet: {
        required: true,
        content: { "multipart/form-data": { schema: pet }, "application/vnd.pet+json": { schema: pet } },
      },
    },
    responses: {
      Conflict: { description: "There is one.", ...json({ type: "object", properties: { why: { type: "string" } } }) },
    },
  },
};

/** A program that uses it. */
export const petStoreUse = `
  import type { SphereOperations } from "./generated/operations.ts";
  declare const pets: SphereOperations;
  const list: { name: string }[] = await pets.listPets();
  await pets.listPets({ params: { query: { limit: 3 } } });
  const { name }: { name: string } = await pets.addPet({ body: { name: list[0]!.name } });
  const gone: undefined = await pets["delete-photo"]({ params: { path: { petId: name, photo: 1 } } });
  const tagged: { name: string } | undefined = await pets.tagPhoto({ params: { path: { petId: name, photo: 1 } }, body: {} });
  const { data, response } = await pets.addPet({ body: { name } }, { timeout: 10 }).withResponse();
  export default [gone, tagged, data.name, response.status];
  // @ts-expect-error the body is required
  await pets.addPet({});
  // @ts-expect-error the path parameters are required
  await pets["delete-photo"]();
  // @ts-expect-error the type of a parameter is checked
  await pets.listPets({ params: { query: { limit: "3" } } });
  // @ts-expect-error an answer has the fields of its schema only
  (await pets.addPet({ body: { name } })).age;
`;

/** The schema of an object with one field. */
export const fields = (name: string) => ({
  type: "object",
  required: [name],
  properties: { [name]: { type: "string" } },
});

/** What an author may write in another place or in another way: no server, no ids, references to references. */
export const elsewhere = {
  openapi: "3.1.0",
  info: { title: "Stations", version: "1.0.0" },
  paths: {
    "/stations/{line}": { $ref: "#/components/pathItems/Stations" },
    "/lines/{line}": { $ref: "#/components/pathItems/Stations" },
    "/ping": { get: { operationId: "ping", responses: { default: { description: "Any.", ...json(fields("pong")) } } } },
    "/signals": {
      get: { operationId: "signals#all", responses: { 200: { description: "All.", ...json(fields("red")) } } },
    },
    "/notes": {
      post: {
        requestBody: { content: { "*/*": { schema: fields("note") } } },
        responses: { "2XX": { description: "Noted." }, 500: { description: "Ink.", content: { "text/plain": {} } } },
      },
    },
  },
  components: {
    schemas: { Record: fields("title"), record: fields("label"), "1st": fields("first") },
    pathItems: {
      Stations: { $ref: "#/components/pathItems/Line" },
      Line: {
        parameters: [{ name: "line", in: "path", required: true, schema: { type: "integer" } }],
        get: {
          responses: {
            200: { description: "Stations.", content: { "text/json": { schema: fields("station") } } },
            404: { $ref: "#/components/responses/Missing" },
            "4XX": { description: "No.", content: { "application/problem+json": { schema: fields("title") } } },
            default: { description: "Oh.", content: { "Application/JSON": { schema: fields("message") } } },
          },
        },
      },
    },
    responses: {
      Missing: { $ref: "#/components/responses/Gone" },
      Gone: { description: "Gone.", ...json(fields("gone")) },
    },
  },
};

/** A program that uses it. */
export const elsewhereUse = `
  import type { SphereOperations, OperationTypes } from "./generated/operations.ts";
  import type { Record_2, Schema1st, SchemaRecord } from "./generated/schema.ts";
  declare const stations: SphereOperations;
  const first: { station: string } = await stations.getStationsLine({ params: { path: { line: 1 } } });
  const second: { station: string } = await stations.getLinesLine({ params: { path: { line: 1 } } });
  const { pong }: { pong: string } = await stations.ping();
  const { red }: { red: string } = await stations["signals#all"]();
  const noted: undefined = await stations.postNotes({ body: { note: pong } });
  const errors: OperationTypes["getStationsLine"]["errors"] = {
    404: { gone: "" }, "4XX": { title: "" }, default: { message: "" },
  };
  const ink: OperationTypes["postNotes"]["errors"][500] = "unknown";
  const schemas: [SchemaRecord, Record_2, Schema1st] = [{ title: "" }, { label: "" }, { first: "" }];
  export default [first, second, red, noted, errors, ink, schemas];
  // @ts-expect-error parameters of the path item count
  await stations.getStationsLine();
`;
