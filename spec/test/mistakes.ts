/** In a file of the spec one text stands for another. A file that is not there yet has no text. */
export type Edit = readonly [file: string, search: string, replacement: string];

const operation = "paths/v2_customer.yaml";
const kycLink = "paths/v2_customer_{customer_id}_kyc-link.yaml";
const address = "components/schemas/Address.yaml";
const refused = "components/responses/InvalidRequest.yaml";
const envelope = "$ref: ../schemas/ErrorEnvelope.yaml";
const noEnvelope = "must have the ErrorEnvelope schema";

const city = `  city:
    type: string
    description: City or town.
    examples: [Anytown]
    x-evidence: inferred
`;
const withoutLine = (line: string): Edit => [address, city, city.replace(new RegExp(` *${line}.*\\n`), "")];

const otherOperation = `get:
  operationId: createCustomer
  tags: [Customer]
  summary: Do something else
  description: Something else.
  x-evidence: inferred
  responses:
    "204":
      description: Done.
      x-evidence: inferred
    "400":
      $ref: ../components/responses/InvalidRequest.yaml
`;

/** Each mistake, the edits that make it, where it is (the file, and the text whose end is on that line), and the reason. */
export const mistakes: [string, Edit[], string, string, string][] = [
  ["broken YAML", [[address, "required: [", "required: [["]], address, "properties", "Failed to parse"],
  [
    "a dangling $ref",
    [["components/schemas/CreateCustomer.yaml", "./Address", "./Adress"]],
    "components/schemas/CreateCustomer.yaml",
    "./Adress",
    "Can't resolve $ref",
  ],
  [
    "an example that its schema refuses",
    [["components/examples/CreateIndividual.yaml", "state: CA", "state: 5"]],
    "components/examples/CreateIndividual.yaml",
    "state: 5",
    "`state` property type must be string",
  ],
  [
    "two equal operationIds",
    [
      ["openapi.yaml", "paths:\n", "paths:\n  /v2/other:\n    $ref: paths/v2_other.yaml\n"],
      ["paths/v2_other.yaml", "", otherOperation],
    ],
    operation,
    "operationId",
    "a unique `operationId`",
  ],
  [
    "an operationId that is no method name",
    [[operation, "createCustomer", "create_customer"]],
    operation,
    "create_customer",
    "must be camelCase",
  ],
  [
    "a summary with a full stop",
    [[operation, "summary: Create customer", "summary: Creates it."]],
    operation,
    "Creates it.",
    "must be in sentence case",
  ],
  [
    "an operation without evidence",
    [[operation, "  x-evidence: documented\n", ""]],
    operation,
    "post:\n  o",
    "documents this operation",
  ],
  ["an answer without evidence", [[refused, "x-evidence: inferred\n", ""]], refused, "d", "documents this answer"],
  [
    "a body without named examples",
    [[refused, "    examples:\n      addressRequired:\n        $ref: ../examples/AddressRequired.yaml\n", ""]],
    refused,
    "application/json:\n ",
    "needs named examples",
  ],
  ["a field without a description", [withoutLine("description")], address, "city:\n  ", "needs a description"],
  [
    "a field without an example",
    [withoutLine("examples")],
    address,
    "\n  city:",
    'should have "example" or "examples"',
  ],
  ["a field without evidence", [withoutLine("x-evidence")], address, "city:\n  ", "documents this field"],
  [
    "a component that nobody uses",
    [["components/examples/Unused.yaml", "", "value: 1\n"]],
    "components/examples/Unused.yaml",
    "v",
    "Nothing refers to this file",
  ],
  [
    "a component that nobody uses, in the document itself",
    [["openapi.yaml", "components:\n", "components:\n  examples:\n    Unused: { value: 1 }\n"]],
    "openapi.yaml",
    "Unused",
    "is never used",
  ],
  [
    "a path that nobody uses",
    [["paths/v2_other.yaml", "", otherOperation]],
    "paths/v2_other.yaml",
    "g",
    "Nothing refers to this file",
  ],
  [
    "a server without a name",
    [["openapi.yaml", "    x-name: sandbox\n", ""]],
    "openapi.yaml",
    "  - url: https://api.sandbox",
    "Every server needs an x-name",
  ],
  [
    "an error with another schema",
    [[refused, envelope, "$ref: ../schemas/Customer.yaml"]],
    refused,
    "schema:\n ",
    noEnvelope,
  ],
  [
    "an error with a schema whose name ends in the same way",
    [
      [refused, envelope, "$ref: ../schemas/OldErrorEnvelope.yaml"],
      ["components/schemas/OldErrorEnvelope.yaml", "", "$ref: ./Customer.yaml\n"],
    ],
    refused,
    "schema:\n ",
    noEnvelope,
  ],
  [
    "an error with a part of the envelope",
    [[refused, "ErrorEnvelope.yaml", "ErrorEnvelope.yaml#/properties/error"]],
    refused,
    "schema:\n ",
    noEnvelope,
  ],
  [
    "an error with a schema of its own",
    [[refused, envelope, "{ type: object, description: Own., x-evidence: inferred }"]],
    refused,
    "schema:\n ",
    noEnvelope,
  ],
  [
    "an error without a schema",
    [[refused, `    schema:\n      ${envelope}\n`, ""]],
    refused,
    "application/json:\n   ",
    noEnvelope,
  ],
  [
    "an error without a body",
    [[operation, "$ref: ../components/responses/InvalidRequest.yaml", "{ description: No., x-evidence: inferred }"]],
    operation,
    '"400":\n ',
    noEnvelope,
  ],
  [
    "an error that is also the answer of a success",
    [
      [operation, '    "400":', '    "202":\n      $ref: ../components/responses/InvalidRequest.yaml\n    "400":'],
      [refused, envelope, "$ref: ../schemas/Customer.yaml"],
    ],
    refused,
    "schema:\n ",
    noEnvelope,
  ],
  [
    "a link to no operation",
    [[operation, "operationId: getCustomer", "operationId: getCustomers"]],
    operation,
    "operationId: getCustomers",
    "This link leads to no operation.",
  ],
  [
    "a link with a parameter that its operation does not have",
    [
      [
        operation,
        "operationId: createTosLink\n          description: Lets the customer accept the terms of service.\n          parameters:\n            customer_id",
        "operationId: createTosLink\n          description: Lets the customer accept the terms of service.\n          parameters:\n            customerId",
      ],
    ],
    operation,
    "customerId",
    "createTosLink has no parameter customerId.",
  ],
  [
    "a link that takes a value from where nothing is",
    [[operation, "$response.body#/id", "$response.body#/customer/id"]],
    operation,
    "$response.body#/customer/id",
    "There is nothing at $response.body#/customer/id to take the value from.",
  ],
  [
    "a link that takes a value from a parameter of another name",
    [[kycLink, "$request.path.customer_id", "$request.path.id"]],
    kycLink,
    "$request.path.id",
    "There is nothing at $request.path.id to take the value from.",
  ],
];
