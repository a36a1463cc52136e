import type { IHttpOperationConfig, IHttpRequest, PrismHttpComponents } from "@stoplight/prism-http";
import { diagnosticsOf } from "../document/diagnostics.ts";
import { givenValue, madeUpValue, type Value } from "../document/made-up.ts";
import { isJson } from "../document/media-type.ts";
import { type Answered, readOperation } from "../document/one-operation.ts";
import { memberOf, membersOf, type Response } from "../document/operations.ts";
import { type HttpOperation, prism } from "../document/prism.ts";
import type { Direction, Schemas } from "../document/schemas.ts";
import type { Place } from "../document/source.ts";
import { problemOfPrism } from "./problem.ts";
import { type Answer, type DescribedHeader, writeAnswer } from "./response.ts";

/** What of the credentials of a request is wrong. */
export interface Unauthorized {
  /** The value of `WWW-Authenticate` that would ask for those that are missing; empty where the scheme has none. */
  readonly challenge: string;
}

/** Answers the requests for one operation. All that it needs of Prism is loaded and read at the first of them. */
export interface Answers {
  /** Whether a request lacks credentials, by Prism; `undefined` when it does not. */
  unauthorized(input: IHttpRequest): Unauthorized | undefined;
  /**
   * Answers a valid request as Prism would. Without `dynamic`, the answer is always the same.
   *
   * @param accept the header of the request
   * @throws {ProblemJsonError} When the document describes no answer that is preferred or accepted.
   */
  answer(wanted: IHttpOperationConfig, accept: string | undefined): Answer;
  /**
   * The answer that the document gives to an invalid request, as Prism finds it.
   *
   * @param statuses the one that fits best first
   * @returns `undefined` when the document describes none of these, nor `default`
   * @throws {ProblemJsonError} 404, when that answer has no example of the preferred name.
   */
  answerInvalid(statuses: readonly [number, ...number[]], wanted: IHttpOperationConfig): Answer | undefined;
}

type Found<T> = Extract<T, { _tag: "Right" }>;
type Negotiated = Found<ReturnType<ReturnType<typeof prism.negotiator.negotiateOptionsForValidRequest>>>["right"];
type Example = NonNullable<Negotiated["bodyExample"]>;

/** What an answer has in one place, as Prism and as the document say it. */
interface Described {
  /** The one that the document gives. */
  readonly example: Example | undefined;
  readonly schema: object | undefined;
  readonly place: Place | undefined;
  /** `undefined` where the value is written in a style. */
  readonly mediaType: string | undefined;
  /** To be preferred to what is made up, but breaks its schema. */
  readonly otherwise?: Example | undefined;
}

const silent = () => {};
const logger = {
  trace: silent,
  debug: silent,
  info: silent,
  success: silent,
  warn: silent,
  error: silent,
  child: () => logger,
} as unknown as PrismHttpComponents["logger"];

/**
 * Makes the answers of an operation.
 *
 * @param direction of their bodies: a callback is written as an answer is, but is a request
 */
export function createAnswers(operation: Answered, schemas: Schemas, direction: Direction = "response"): Answers {
  let read: HttpOperation | undefined;
  const described = () => (read ??= readOperation(operation));
  // The last `Authorization` that was good, where nothing else counts.
  let lastGood: string | undefined;

  function unauthorized(input: IHttpRequest): Unauthorized | undefined {
    const { security } = operation;
    if (!Array.isArray(security?.value) || security.value.length === 0) return undefined;
    const authorization = input.headers?.["authorization"];
    if (authorization !== undefined && authorization === lastGood) return undefined;
    const result = prism.security.validateSecurity({ resource: described(), element: input });
    // Prism only warns of schemes that it does not know.
    const [error] = "left" in result ? result.left.filter(({ severity }) => severity === 0) : [];
    if (error) return { challenge: (error as { tags?: string[] }).tags?.join() ?? "" };
    if (
      described()
        .security?.flat()
        .every(({ type }) => type === "http")
    )
      lastGood = authorization;
    return undefined;
  }

  function answer(preferences: IHttpOperationConfig, accept: string | undefined): Answer {
    const wanted = { ...preferences, ...(accept !== undefined && { mediaTypes: accept.split(",") }) };
    return assemble(negotiate(wanted), wanted);
  }

  function negotiate(wanted: IHttpOperationConfig): Negotiated {
    const result = prism.negotiator.negotiateOptionsForValidRequest(described(), wanted)(logger);
    if ("right" in result) return result.right;
    if (result.left instanceof prism.ProblemJsonError) throw result.left;
    // What has no schema cannot be made up, so that its example is the answer.
    if (wanted.dynamic) return negotiate({ ...wanted, dynamic: false });
    // A wish for a status whose other wishes cannot be met.
    throw problemOfPrism(
      "NOT_FOUND",
      404,
      "The server cannot find the requested content",
      "The document describes no such response",
    );
  }

  function answerInvalid(
    statuses: readonly [number, ...number[]],
    { exampleKey }: IHttpOperationConfig,
  ): Answer | undefined {
    const { responses } = described();
    const result = prism.negotiator.negotiateOptionsForInvalidRequest(responses, [...statuses], exampleKey)(logger);
    if ("right" in result) return assemble(result.right, { dynamic: false });
    if (result.left instanceof prism.ProblemJsonError) throw result.left;
    return undefined;
  }

  function assemble(negotiated: Negotiated, wanted: IHttpOperationConfig): Answer {
    const { code, mediaType, headers = [], schema, bodyExample } = negotiated;
    const found = described().responses.find((response) => response.headers === headers);
    const response = operation.responses.find(({ status }) => status === found?.code);
    const content = found?.contents?.find(({ schema: other, examples = [] }) =>
      bodyExample ? examples.includes(bodyExample) : other === schema,
    );
    const body = valueOf(
      {
        example: wanted.ignoreExamples ? undefined : bodyExample,
        schema,
        place: response?.contents.find((candidate) => candidate.mediaType === content?.mediaType)?.schema,
        mediaType: content?.mediaType,
        otherwise: content?.examples?.[0],
      },
      wanted,
    );
    const report = body.errors.flatMap((error) => diagnosticsOf(error, "Response", ["body"]));
    const written = headers.map((header): DescribedHeader => {
      const { explode, mediaType: type, place } = headerAt(response, header.name);
      const [example] = header.examples ?? [];
      const { value, errors } = valueOf({ example, schema: header.schema, place, mediaType: type }, wanted);
      report.push(...errors.flatMap((error) => diagnosticsOf(error, "Response", ["header", header.name])));
      return { name: header.name, value, explode, mediaType: type };
    });
    if (operation.deprecated) written.push({ name: "deprecation", value: "true" });
    return writeAnswer(
      { status: Number(code), mediaType, headers: written, body: body.value },
      report.map((diagnostic) => Object.assign(diagnostic, { side: "response" as const })),
    );
  }

  function valueOf({ example, schema, place, mediaType, otherwise }: Described, wish: IHttpOperationConfig): Value {
    const given = example && "value" in example ? example.value : undefined;
    if (given !== undefined) {
      return place && !isWritten(given, place, mediaType)
        ? givenValue(given, place, schemas, direction)
        : { value: given, errors: [] };
    }
    if (!schema || !place) return { value: undefined, errors: [] };
    const made = madeUpValue(described(), schema, place, schemas, direction, wish);
    return made.errors.length > 0 && otherwise ? valueOf({ example: otherwise, schema, place, mediaType }, wish) : made;
  }

  /** Whether an example is the text that is sent, and not the value that the schema is about. */
  function isWritten(value: unknown, place: Place, mediaType: string | undefined): boolean {
    if (typeof value !== "string" || isJson(mediaType)) return false;
    const types = schemas.typesOf(place);
    return types.size > 0 && !types.has("string");
  }

  return { unauthorized, answer, answerInvalid };
}

/** How the document describes a header. */
function headerAt(response: Response | undefined, name: string) {
  const place = response?.headers.find((header) => header.name === name)?.place;
  if (!place) return { explode: false, mediaType: undefined, place: undefined };
  const [[mediaType, content] = []] = membersOf(memberOf(place, "content"));
  return {
    explode: memberOf(place, "explode")?.value === true,
    mediaType,
    place: memberOf(content ?? place, "schema"),
  };
}
