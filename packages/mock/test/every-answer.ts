import type { IHttpOperationConfig } from "@stoplight/prism-http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listOperations, type Operation } from "../src/document/operations.ts";
import { createSchemas, type Schemas } from "../src/document/schemas.ts";
import { readSource } from "../src/document/source.ts";
import { createAnswers } from "../src/handler/answers.ts";

/** A document of which every operation is asked. */
export interface Asked {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
}

/** Reads a document. */
export async function readDocument(file: string): Promise<Asked> {
  const source = await readSource(file);
  return { operations: listOperations(source, () => {}), schemas: createSchemas(source, { strict: false }) };
}

/**
 * Has every operation of a document answer a valid request.
 *
 * @returns the operations of which the answer breaks its schema, by method and path
 */
export function wrongAnswers({ operations, schemas }: Asked, wanted: IHttpOperationConfig): string[] {
  return operations
    .filter((operation) => "sl-violations" in createAnswers(operation, schemas).answer(wanted, undefined).headers)
    .map(({ route }) => route);
}

/**
 * Has every operation of a document give each of its answers in each of their media types.
 *
 * @returns those of another status or media type than asked for
 */
export function unlikeAnswers({ operations, schemas }: Asked): string[] {
  return operations.flatMap((operation) => {
    const answers = createAnswers(operation, schemas);
    return operation.responses.flatMap(({ status, contents }) => {
      const code = Number(status.replaceAll("X", "0")) || 599;
      // An `Accept` cannot name what has a comma in it.
      const mediaTypes = contents.map(({ mediaType }) => mediaType).filter((mediaType) => !mediaType.includes(","));
      return (mediaTypes.length > 0 ? mediaTypes : [undefined]).flatMap((mediaType) => {
        const { status: answered, headers } = answers.answer({ dynamic: false, code }, mediaType);
        const isLike =
          answered === code &&
          (mediaType === undefined || mediaType.includes("*") || headers["content-type"] === mediaType);
        return isLike ? [] : [`${operation.route} ${status} ${mediaType}`];
      });
    });
  });
}

/**
 * Tests that what is made up fits, for documents of the suites.
 *
 * @param documents how many operations each has, and how many of them answer with an example that breaks its schema
 */
export function compareValues(documents: Readonly<Record<string, readonly [operations: number, wrong: number]>>): void {
  const { SUITES } = process.env;
  // Where nobody has these documents, there is nothing to be tested with them.
  const named = SUITES === undefined ? [] : Object.entries(documents);
  describe.each(named)("the answers of %s", async (name, [count, wrong]) => {
    const document = await readDocument(join(SUITES!, "documents", name));

    test("are there for every operation, status and media type", () => {
      expect(document.operations).toHaveLength(count);
      expect(unlikeAnswers(document)).toEqual([]);
    });

    test("break their schemas where an example of the document does, and nowhere else", () => {
      expect(wrongAnswers(document, { dynamic: false })).toHaveLength(wrong);
      expect(wrongAnswers(document, { dynamic: false, ignoreExamples: true })).toEqual([]);
    });

    test("do not break their schemas when they are made up by chance", () => {
      expect(wrongAnswers(document, { dynamic: true, seed: "1" })).toEqual([]);
    });
  });
}
