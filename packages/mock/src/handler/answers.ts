import type { IHttpOperationConfig, IHttpRequest, PrismHttpComponents } from "@stoplight/prism-http";
import { type Operation, prism } from "../document/prism.ts";
import { NO_PREFERENCES } from "./request.ts";
import { type Answer, toAnswer } from "./response.ts";

const CONFIG = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

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

type Prism = ReturnType<typeof prism.whole.createInstance>;
let instance: Prism | undefined;

/**
 * Has Prism answer a request, from beginning to end.
 *
 * @throws {ProblemJsonError} When Prism refuses it, or the document describes no answer as preferred.
 */
export async function askPrism(
  operation: Operation,
  input: IHttpRequest,
  preferences: IHttpOperationConfig,
): Promise<Answer> {
  const { createInstance, resetJSONSchemaGenerator, ProblemJsonError, NOT_FOUND } = prism.whole;
  instance ??= createInstance(CONFIG, { logger } as PrismHttpComponents);
  // Prism keeps the first `Accept` in the configuration that it is given, so each request gets its own.
  const result = await instance.request(input, [operation], { ...CONFIG, mock: { ...preferences } })();
  // Prism would make up the values of all later answers from this seed.
  if (preferences.seed) resetJSONSchemaGenerator();
  if ("right" in result) return toAnswer(result.right);
  if (result.left instanceof ProblemJsonError || preferences === NO_PREFERENCES) throw result.left;
  // Prism wraps a `Prefer: code=…` whose other wishes cannot be met in a plain error, which would be a 500.
  throw ProblemJsonError.fromTemplate(NOT_FOUND, "The document describes no such response");
}

/**
 * Answers a valid request with an example, as `askPrism` does, through the parts of Prism that choose and check it. The
 * rest of Prism, which makes up values, takes long to load.
 *
 * @returns `undefined` where Prism would make up a part of the answer, or refuse
 */
export function answerWithExample(
  operation: Operation,
  input: IHttpRequest,
  preferences: IHttpOperationConfig,
): Answer | undefined {
  const mediaTypes = input.headers!["accept"]?.split(",");
  const wanted = { ...preferences, ...(mediaTypes && { mediaTypes }) };
  const result = prism.negotiator.negotiateOptionsForValidRequest(operation, wanted)(logger);
  if (!("right" in result)) return undefined;
  const { code, mediaType, headers = [], bodyExample } = result.right;
  if (headers.length > 0 || !bodyExample || !("value" in bodyExample) || bodyExample.value === undefined)
    return undefined;
  const output = {
    statusCode: Number(code),
    headers: { ...(mediaType && { "content-type": mediaType }), ...(operation.deprecated && { deprecation: "true" }) },
    body: bodyExample.value,
  };
  const checked = prism.validator.validateOutput({ resource: operation, element: output });
  return toAnswer({ output, validations: { input: [], output: "left" in checked ? checked.left : [] } });
}
