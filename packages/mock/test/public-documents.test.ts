import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { listDocuments } from "@spherepay/openapi/documents";
import { type Fault, testDocuments } from "./public-documents.ts";

const OVERLAP = "the schemas of its oneOf take the same values";

const FAULTS: Fault[] = [
  [
    "3.0/json/discriminators.json",
    OVERLAP,
    "PATCH /discriminator-with-mapping",
    "PATCH /discriminator-with-no-mapping",
    "PATCH /embedded-discriminator",
    "PATCH /oneof-allof-top-level-disc",
    "PATCH /mapping-with-duplicate-schemas",
    "PATCH /mapping-of-schema-names",
    "POST /potentially-undefined-formData",
  ],
  [
    "3.0/json/polymorphism.json",
    OVERLAP,
    "PATCH /pets",
    "POST /anything/one-of-object",
    "POST /anything/one-of-object-ref",
  ],
  [
    "/json/parameters-style.json",
    "an object without members is written as nothing, and a path needs something",
    "GET /anything/path/matrix/{primitive}/{array}/{object}",
    "POST /anything/path/matrix/{primitive}/{array}/{object}",
    "GET /anything/path/label/{primitive}/{array}/{object}",
    "POST /anything/path/label/{primitive}/{array}/{object}",
    "GET /anything/path/simple/{primitive}/{array}/{object}",
    "POST /anything/path/simple/{primitive}/{array}/{object}",
    "GET /anything/path/{primitive}/{array}/{object}",
  ],
  [
    "/json/schema-types.json",
    "allOf of types that have no value in common",
    "PUT /anything/quirks/polymorphism",
    "PATCH /anything/quirks/polymorphism",
  ],
  [
    "3.0/json/request-examples.json",
    "the example is a text, and its schema takes none",
    "PATCH /requestBody-primitive-example",
    "PUT /requestBody-primitive-example",
  ],
];

const examples = dirname(createRequire(import.meta.url).resolve("@readme/oas-examples/package.json"));
const EMPTY = /\/(?:title|webhooks)\.json$/;
const files = (
  await Promise.all(
    ["3.0/json", "3.1/json"].map((folder) =>
      readdir(join(examples, folder), { recursive: true }).then((names) =>
        names.map((name) => join(examples, folder, name)),
      ),
    ),
  )
)
  .flat()
  .filter((file) => file.endsWith(".json") && !EMPTY.test(file));
testDocuments([...files, ...(await listDocuments()).map(({ file }) => file)], FAULTS);
