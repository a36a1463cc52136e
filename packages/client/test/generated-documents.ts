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
  import type { Schema1st, SchemaRecord, SchemaRecord2 } from "./generated/schema.ts";
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
  const schemas: [SchemaRecord, SchemaRecord2, Schema1st] = [{ title: "" }, { label: "" }, { first: "" }];
  export default [first, second, red, noted, errors, ink, schemas];
  // @ts-expect-error parameters of the path item count
  await stations.getStationsLine();
`;

const text = { type: "string" };
const list = (items: object) => ({ type: "array", items });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const get = (schema: object) => ({ get: { responses: { 200: { description: "It.", ...json(schema) } } } });
const done = { 204: { description: "Done." } };

/** What only answers have, and what only requests have: in objects, lists, maps, by reference and by composition. */
export const directions = {
  openapi: "3.1.0",
  info: { title: "Accounts", version: "1.0.0" },
  paths: {
    "/accounts": {
      post: {
        operationId: "open",
        requestBody: { required: true, ...json(ref("Account")) },
        responses: { 201: { description: "Open.", ...json(ref("Account")) } },
      },
    },
    "/owners": {
      put: { operationId: "tell", requestBody: { required: true, ...json(ref("Owner")) }, responses: done },
      get: { operationId: "ask", responses: { 200: { description: "It.", ...json(ref("Owner")) } } },
    },
    "/drafts": {
      put: { operationId: "draft", requestBody: { required: true, ...json(ref("Draft")) }, responses: done },
    },
    "/tree": {
      put: {
        operationId: "plant",
        requestBody: { required: true, ...json(ref("Tree")) },
        responses: { 200: { description: "It.", ...json(ref("Tree")) } },
      },
    },
  },
  components: {
    schemas: {
      Id: { ...text, readOnly: true },
      Account: {
        allOf: [ref("Base"), { type: "object", required: ["pin"], properties: { pin: { ...text, writeOnly: true } } }],
        properties: {
          owners: { ...list(ref("Owner")) },
          byRole: { type: "object", additionalProperties: ref("Owner") },
          plan: ref("Plan"),
        },
      },
      Base: { type: "object", required: ["id", "name"], properties: { id: ref("Id"), name: text } },
      Owner: {
        type: "object",
        required: ["seen", "mail"],
        properties: { seen: { ...text, readOnly: true }, mail: text },
      },
      Plan: { type: "object", required: ["title"], properties: { title: text } },
      Draft: { type: "object", required: ["at", "note"], properties: { at: { ...text, readOnly: true }, note: text } },
      Tree: {
        type: "object",
        required: ["grown"],
        properties: { grown: { type: "boolean", readOnly: true }, branches: list(ref("Tree")) },
      },
      AccountRequest: fields("clash"),
    },
  },
};

export const directionsUse = `
  import type { SphereOperations } from "./generated/operations.ts";
  import type { Account, AccountRequest, AccountRequest2, Draft, Owner, OwnerRequest, Plan } from "./generated/schema.ts";
  declare const accounts: SphereOperations;
  const owner: OwnerRequest = { mail: "" };
  const wanted: AccountRequest2 = { name: "", pin: "", owners: [owner], byRole: { boss: owner }, plan: { title: "" } };
  const account: Account = await accounts.open({ body: wanted });
  const seen: string[] = [account.id, account.owners![0]!.seen, account.byRole!.boss!.seen];
  const kept: Owner = await accounts.ask();
  const plan: Plan | undefined = account.plan;
  const clash: AccountRequest = { clash: "" };
  const draft: Draft = { note: "" };
  await accounts.draft({ body: draft });
  const tree = await accounts.plant({ body: { branches: [{ branches: [] }] } });
  const grown: boolean | undefined = tree.branches?.[0]?.grown;
  export default [seen, kept, plan, clash, grown];
  // @ts-expect-error an answer has no members that are for requests
  account.pin;
  // @ts-expect-error a request has no members that are for answers
  await accounts.open({ body: { ...wanted, id: "1" } satisfies AccountRequest2 });
  // @ts-expect-error nor have the objects in it
  await accounts.open({ body: { name: "", pin: "", owners: [{ mail: "", seen: "" }] } });
  // @ts-expect-error what is for requests is required there
  await accounts.open({ body: { name: "" } });
  // @ts-expect-error a recursive one has none either
  await accounts.plant({ body: { branches: [{ grown: true }] } });
`;

/** Bodies and answers of every kind. */
export const bodies = {
  openapi: "3.1.0",
  info: { title: "Files", version: "1.0.0" },
  paths: {
    "/files": {
      post: {
        operationId: "upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": { schema: ref("Upload"), encoding: { cover: { contentType: "image/png" } } },
          },
        },
        responses: { 200: { description: "Kept.", ...json(ref("Upload")) } },
      },
      put: {
        operationId: "replace",
        requestBody: { required: true, content: { "image/*": {} } },
        responses: { 200: { description: "It.", content: { "image/png": {}, "image/jpeg": {} } } },
      },
      patch: {
        operationId: "rename",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: { type: "object", required: ["name"], properties: { name: text, tags: list(text) } },
              encoding: { tags: { style: "pipeDelimited", explode: false } },
            },
          },
        },
        responses: { 200: { description: "It.", content: { "text/plain": {} } } },
      },
      get: {
        operationId: "watch",
        responses: { 200: { description: "Names.", content: { "text/event-stream": { schema: text } } } },
      },
    },
    "/notes": {
      put: {
        operationId: "note",
        requestBody: { required: true, content: { "text/markdown": {} } },
        responses: {
          200: { description: "One.", ...json(fields("id")) },
          202: { description: "Later.", content: { "text/plain": {} } },
          303: { description: "Elsewhere." },
        },
      },
      patch: {
        operationId: "mend",
        requestBody: { content: { "application/merge-patch+json": { schema: fields("id") } } },
        responses: {
          200: {
            description: "It.",
            content: { "application/problem+json": {}, "application/json": { schema: fields("id") } },
          },
          "4XX": { description: "No.", ...json(fields("why")) },
          404: { description: "None.", ...json(fields("where")) },
          default: { description: "Oh.", ...json(fields("oh")) },
        },
      },
      get: { operationId: "any", responses: { default: { description: "Any.", ...json(fields("any")) } } },
      delete: { operationId: "drop", responses: { 404: { description: "None." } } },
    },
  },
  components: {
    schemas: {
      Upload: {
        type: "object",
        required: ["file"],
        properties: {
          file: { ...text, format: "binary" },
          more: list({ type: "string", contentMediaType: "application/octet-stream" }),
          cover: { type: "string", contentMediaType: "image/png" },
          thumb: { ...text, format: "byte" },
          about: { type: "object", properties: { raw: { ...text, format: "binary" } } },
          stamp: ref("Stamp"),
          any: { anyOf: [ref("Stamp"), list(ref("Stamp")), { type: "null" }] },
        },
      },
      Stamp: { ...text, format: "binary" },
    },
  },
};

export const bodiesUse = `
  import { isSphereApiError } from "./errors.ts";
  import type { OperationTypes, SphereOperations } from "./generated/operations.ts";
  import type { Upload, UploadForm } from "./generated/schema.ts";
  declare const files: SphereOperations;
  const file = new File(["a"], "a.txt");
  const form: UploadForm = { file, more: [file, new Blob()], cover: file, thumb: "aa==", about: { raw: "" }, stamp: file, any: [file] };
  const kept: Upload = await files.upload({ body: form });
  const name: string = kept.file;
  await files.upload({ body: new FormData() });
  const image: Blob = await files.replace({ body: new Uint8Array() });
  await files.replace({ body: image });
  await files.replace({ body: new ArrayBuffer(1) });
  const renamed: string = await files.rename({ body: { name, tags: ["a"] } });
  await files.rename({ body: new URLSearchParams() });
  const stream: Response = await files.watch();
  const noted: { id: string } | string | undefined = await files.note({ body: "# Note" });
  const { id }: { id: string } = await files.mend();
  const { any }: { any: string } = await files.any();
  const dropped: unknown = await files.drop();
  const errors: OperationTypes["mend"]["errors"] = { "4XX": { why: "" }, 404: { where: "" }, default: { oh: "" } };
  try {
    await files.mend();
  } catch (error) {
    if (isSphereApiError(error, "mend", 404)) error.body satisfies { where: string };
    if (isSphereApiError(error, "mend", 409)) error.body satisfies { why: string };
    if (isSphereApiError(error, "mend", 500)) error.body satisfies { oh: string };
  }
  export default [renamed, stream, noted, id, any, dropped, errors];
  // @ts-expect-error a binary field is no text
  await files.upload({ body: { file: "text" } });
  // @ts-expect-error bytes are no text
  await files.replace({ body: "text" });
  // @ts-expect-error a text is no object
  await files.note({ body: {} });
`;

/** OpenAPI 3.2, and names that are somebody else's. */
export const names = {
  openapi: "3.2.0",
  info: { title: "Names", version: "1.0.0" },
  servers: [{ url: "https://{region}.names.example", variables: { region: { default: "eu", enum: ["eu", "us"] } } }],
  paths: {
    "/a b/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      query: {
        operationId: "search",
        requestBody: { ...json(fields("term")) },
        responses: { 200: { $ref: "#/components/responses/Found" } },
      },
      additionalOperations: { COPY: { operationId: "copy", responses: done } },
      // oxlint-disable-next-line unicorn/no-thenable -- what it is about
      get: { operationId: "then", responses: done },
      put: { operationId: "then_", responses: done },
      post: { operationId: "__proto__", responses: done },
      delete: { operationId: "constructor", responses: done },
      patch: { operationId: "new", responses: done },
      head: { operationId: "http", responses: done },
      options: { operationId: "Http", responses: done },
    },
    "/self": get({
      oneOf: [
        ref("Servers"),
        ref("SphereError"),
        ref("Response"),
        ref("paths"),
        ref("Operations"),
        ref("string"),
        ref("a-b"),
        ref("A_b"),
      ],
    }),
    // An icon of a font.
    "/json": { get: { operationId: "toJSON", summary: "\uE000Icon", responses: done } },
    "/loop": get({
      type: "object",
      properties: { next: { $ref: "#/paths/~1loop/get/responses/200/content/application~1json/schema" } },
    }),
  },
  components: {
    responses: {
      Found: { description: "Found.", content: { "application/json": { $ref: "#/components/mediaTypes/Found" } } },
    },
    mediaTypes: {
      Found: {
        schema: {
          type: "object",
          required: ["__proto__"],
          properties: JSON.parse(
            '{ "__proto__": { "type": "string" }, "constructor": { "type": "number" } }',
          ) as object,
        },
      },
    },
    schemas: {
      user: fields("h"),
      User: fields("i"),
      Servers: { type: "object", properties: { record: ref("Record"), blob: ref("Blob"), call: ref("SphereCall") } },
      Record: fields("r"),
      Blob: fields("b"),
      SphereCall: fields("s"),
      SphereError: fields("a"),
      Response: fields("b"),
      paths: fields("c"),
      Operations: fields("d"),
      string: fields("e"),
      "a-b": fields("f"),
      A_b: fields("g"),
    },
  },
};

export const namesUse = `
  import { createSphereClient } from "./index.ts";
  import type { AB, A_b, Operations, Paths, SchemaResponse, SchemaSphereError, SphereError, String } from "./index.ts";
  import type { User, User2, paths } from "./index.ts";
  const names = createSphereClient({ variables: { region: "us" } });
  const params = { path: { id: "1" } };
  const found = await names.search({ params, body: { term: "" } });
  const own: string = found["__proto__"];
  await names.copy({ params });
  await names.then_({ params });
  await names.then__({ params });
  await names.__proto___({ params });
  await names.constructor({ params });
  await names.new({ params });
  await names.http({ params });
  await names.Http({ params });
  const all: AB & A_b & Operations & Paths & SchemaResponse & SchemaSphereError & String = null!;
  const users: [User2, User] = [{ h: "" }, { i: "" }];
  await names.toJSON_();
  const texts: string[] = [all.a, all.b, all.c, all.d, all.e, all.f, all.g];
  const error: Error = null! as SphereError;
  const loop = await names.getLoop();
  export default [own, users, texts, error, loop.next?.next?.next];
  // @ts-expect-error the region is one of two
  createSphereClient({ variables: { region: "moon" } });
  // @ts-expect-error no false entry for what openapi-fetch has no method for
  null! as paths["/a b/{id}"]["query"];
`;
