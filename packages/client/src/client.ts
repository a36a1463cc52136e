import { readNothing } from "./body.ts";
import type { SphereCall, SphereCallOptions } from "./call.ts";
import { requestIdOf, SphereApiError, SphereError, type SphereErrorDetails } from "./errors.ts";
import { operationTable, type SphereOperations } from "./generated/operations.ts";
import type { Fail, OperationDescription } from "./operation.ts";
import { checkLimits, readOptions, type Settings, type SphereClientOptions } from "./options.ts";
import { makeRequest, type CallArguments } from "./request.ts";
import { send } from "./transport.ts";

/** One method for each operation of the API. */
export interface SphereClient extends SphereOperations {}

/**
 * A client of the SpherePay API.
 *
 * @throws TypeError when an option is missing or has no valid value
 * @example
 * const sphere = createSphereClient({ apiKey: process.env.SPHERE_API_KEY });
 * const customer = await sphere.createCustomer({
 *   body: { type: "individual", address: { state: "CA", country: "USA" } },
 * });
 */
export function createSphereClient(options: SphereClientOptions): SphereClient {
  const settings = readOptions(options);
  const methods = Object.entries<OperationDescription>(operationTable).map(([id, operation]) => [
    id,
    (given?: CallArguments, callOptions?: SphereCallOptions) =>
      call(settings, id, operation, given ?? {}, callOptions ?? {}),
  ]);
  return Object.fromEntries(methods);
}

function call(
  settings: Settings,
  operation: string,
  description: OperationDescription,
  given: CallArguments,
  { signal, headers, timeout = settings.timeout, maxRetries = settings.maxRetries }: SphereCallOptions,
): SphereCall<unknown> {
  const { redirects, mayBeEmpty, proof } = description;
  const state: SphereErrorDetails = { operation, attempts: 0, outcome: "not_sent" };
  let response: Response;
  let unread = false;

  const read = async (answer: Response): Promise<any> => {
    response = answer;
    const isRedirect = redirects?.includes(answer.status);
    const isSuccess = answer.ok || isRedirect;
    if (isSuccess && unread) return answer;
    let problem = isSuccess ? undefined : "";
    let data: unknown;
    const reading = isRedirect ? readNothing(answer) : answer.ok && description.read?.(answer);
    if (reading) data = await reading;
    else {
      const text = await answer.text();
      try {
        if (text || !isSuccess || !mayBeEmpty) data = JSON.parse(text);
      } catch {
        data = text;
        problem ??= " and no JSON";
      }
    }
    if (data !== undefined && proof?.(data) === false) problem ??= " and not what the spec says";
    return problem === undefined
      ? data
      : new SphereApiError(`the API answered ${answer.status}${problem}`, answer, data, state);
  };
  const make = () => {
    checkLimits(timeout, maxRetries);
    const fail: Fail = (message, more) => new SphereError(message, { ...state, ...more });
    return makeRequest(settings, description, given, headers, fail);
  };
  const { fetch, onAttempt } = settings;
  const data = send(make, { fetch, onAttempt, signal, timeout, maxRetries }, read, state);
  return Object.assign(data, {
    withResponse: async () => ({ data: await data, response, requestId: requestIdOf(response.headers) }),
    asResponse() {
      unread = true;
      return data.then(() => response);
    },
  });
}
