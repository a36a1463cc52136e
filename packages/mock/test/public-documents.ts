import { expect, test, vi } from "vitest";
import { loadDocument } from "../src/document/load.ts";
import type { Operation } from "../src/document/operations.ts";
import { createAnswers } from "../src/handler/answers.ts";
import { createHandler } from "../src/handler/handler.ts";
import type { MockRequest } from "../src/index.ts";
import { exampleRequest, sentPath } from "./example-requests.ts";

/** The end of a document's path, its fault, and the operations whose own example request is refused because of that. */
export type Fault = readonly [document: string, fault: string, ...routes: string[]];

/**
 * Tests that documents load, that each operation accepts the request of its own examples, and that none of it makes the
 * mock fail or print.
 *
 * @param faults all that is refused; an operation whose path is that of another, but for a fragment, is known
 */
export function testDocuments(files: readonly string[], faults: readonly Fault[]): void {
  test.each(files.map((file) => [file.slice(-50), file]))(
    "…%s accepts the requests of its own examples",
    async (_, file) => {
      const printed = vi.spyOn(console, "error");
      const document = await loadDocument(file);
      let seen: MockRequest | undefined;
      const handler = await createHandler({ spec: file }, (request) => (seen = request));
      const refused: string[] = [];
      const failed: string[] = [];
      for (const operation of document.operations) {
        const { answer } = await handler.handle(exampleRequest(document, operation));
        const isRight = seen?.operation === operation.name && seen.violations.length === 0;
        const usual = answer.status < 400 ? answer.status : usualStatus(operation, document.schemas);
        if (!isRight || answer.status !== usual) refused.push(operation.route);
        if (answer.status >= 500 && answer.status !== usual) failed.push(operation.route);
      }
      const known = faults.filter(([end]) => file.endsWith(end)).flatMap(([, , ...routes]) => routes);
      const hidden = document.operations.filter((one, at, all) =>
        all.slice(0, at).some((other) => isHidden(one, other)),
      );
      known.push(...hidden.map(({ route }) => route));
      expect({ refused: refused.toSorted(), failed }).toEqual({ refused: known.toSorted(), failed: [] });
      expect(printed).not.toHaveBeenCalled();
      printed.mockRestore();
    },
  );
}

/** Whether the requests for an operation are for another that stands before it: fragments and queries are no paths. */
function isHidden(one: Operation, other: Operation): boolean {
  return one.method === other.method && sentPath(one) === sentPath(other);
}

/** The status of the answer to a request that is right. */
function usualStatus(operation: Operation, schemas: Parameters<typeof createAnswers>[1]): number {
  const { status } = createAnswers(operation, schemas).answer({ dynamic: false }, undefined);
  // RFC 9110, section 15.2: there is always another answer after 1xx, and none is described.
  return status < 200 ? 422 : status;
}
