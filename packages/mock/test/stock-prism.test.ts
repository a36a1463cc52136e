import { DOCUMENTS } from "./document-requests.ts";
import { compareWithStock } from "./stock-comparison.ts";

// A sample: the document that we ship. All documents, and every known difference, are in test/long.
compareWithStock({ SpherePay: DOCUMENTS.SpherePay }, 4);
