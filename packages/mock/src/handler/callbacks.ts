import { itemsOf, memberOf, membersOf, type Operation, operationsOf } from "../document/operations.ts";
import { isObject } from "../document/pointer.ts";
import { type Exchange, fillIn } from "../document/runtime-expression.ts";
import type { Schemas } from "../document/schemas.ts";
import { dereference } from "../document/source.ts";
import { createAnswers } from "./answers.ts";

/** A request that the document says the API sends by itself. */
export interface Callback {
  /** Its `operationId`, or the name that the document calls it by. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** How long a receiver may take, in milliseconds. */
const TIMEOUT = 5_000;

/**
 * The callbacks of an operation, after a request for it was answered. Their bodies are examples of the document, or made
 * up. One whose address is not in the exchange, or is none of the web, is left out.
 */
export function callbacksOf(operation: Operation, schemas: Schemas, exchange: Exchange): Callback[] {
  const { source } = operation;
  return membersOf(memberOf(operation.place, "callbacks")).flatMap(([name, given]) => {
    const callback = dereference(source, given);
    return membersOf(callback).flatMap(([expression, item]) => {
      const url = expression.startsWith("x-") ? undefined : fillIn(expression, exchange);
      if (url === undefined || !/^https?:/.test(url) || !URL.canParse(url)) return [];
      return operationsOf(source, expression, item, () => {}).map((sent): Callback => {
        const { headers, body } = write(sent, schemas);
        return { operation: sent.id ?? name, method: sent.method, url, headers, body };
      });
    });
  });
}

/** A request is written as an answer is, only that it may not have readOnly members. */
function write({ source, place, body }: Operation, schemas: Schemas) {
  const headers = itemsOf(memberOf(place, "parameters")).flatMap((given) => {
    const parameter = dereference(source, given);
    if (!isObject(parameter?.value) || parameter.value["in"] !== "header") return [];
    return [{ name: String(parameter.value["name"]), place: parameter }];
  });
  const contents = (body?.contents ?? []).slice(0, 1);
  const request = {
    source,
    path: "/",
    method: "POST",
    id: undefined,
    deprecated: false,
    security: undefined,
    responses: [{ status: "200", contents, headers, place }],
  };
  const written = createAnswers(request, schemas, "request").answer({ dynamic: false }, undefined);
  const { "content-type": mediaType, "sl-violations": _, ...own } = written.headers;
  const isBodiless = written.body === undefined || mediaType === undefined;
  return { headers: isBodiless ? own : { ...own, "content-type": mediaType }, body: written.body };
}

/**
 * Sends a callback.
 *
 * @returns the status with which it was received; `undefined` when nobody answered
 */
export async function sendCallback({ method, url, headers, body }: Callback): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Whoever reads the log sees that it was in vain.
    return undefined;
  }
}
