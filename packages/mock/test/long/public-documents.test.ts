import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, testDocuments } from "../public-documents.ts";

const FAULTS: Fault[] = [
  [
    "adyen-management.yaml",
    "the example of postalCode is a number, and its schema takes texts",
    "POST /merchants/{merchantId}/shippingLocations",
  ],
  ["box.json", "the style form has no way to write objects in a list", "GET /search"],
  [
    "meilisearch.json",
    "the examples name * and null, which their schemas do not take",
    "GET /batches",
    "GET /tasks",
    "DELETE /tasks",
    "POST /tasks/cancel",
  ],
  [
    "twilio-api.yaml",
    "the examples of a date-time are dates",
    "GET /2010-04-01/Accounts/{AccountSid}/Calls.json",
    "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json",
    "GET /2010-04-01/Accounts/{AccountSid}/Messages.json",
    "GET /2010-04-01/Accounts/{AccountSid}/Recordings.json",
  ],
  [
    "twilio-api.yaml",
    "the examples of a uri are no URI",
    "POST /2010-04-01/Accounts/{AccountSid}/SIP/Domains.json",
    "POST /2010-04-01/Accounts/{AccountSid}/SIP/Domains/{Sid}.json",
    "POST /2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Streams.json",
  ],
];

const folder = join(process.env["SUITES"]!, "documents");
const files = (await readdir(folder)).filter((name) => /\.(?:json|yaml)$/.test(name)).map((name) => join(folder, name));
testDocuments(files, FAULTS);
