import { readNothing } from "./body.ts";
import type { SphereCall, SphereCallOptions } from "./call.ts";
import { requestIdOf, SphereApiError, SphereError, type SphereErrorDetails } from "./errors.ts";
import { operationTable, type SphereOperations } from "./generated/operations.ts";
import type { Fail, OperationDescription } from "./operation.ts";
import { checkLimits, readOptions, type Settings, type SphereClientOptions } from "./options.ts";
import { makeRequest, type CallArguments } from "./request.ts";
import { authorizer } from "./security.ts";
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
    (given?: CallArguments, callOptions?: SphereCallOptions) => call(settings, id, operation, given, callOptions),
  ]);
  return Object.fromEntries(methods);
}

function call(
  settings: Settings,
  operation: string,
  description: OperationDescription,
  given: CallArguments = {},
  { signal, headers, timeout = settings.timeout, maxRetries = settings.maxRetries }: SphereCallOptions = {},
): SphereCall<unknown> {
  const { redirects, security, mayBeEmpty, proof } = description;
  const state: SphereErrorDetails = { operation, attempts: 0, outcome: "not_sent" };
  let response: Response;
  let unread = false;

  const unusable = (what: string, body: unknown) =>
    new SphereApiError(`the API answered ${response.status}${what}`, response, body, state);
  const readJson = async () => {
    const text = await response.text();
    if (!text && mayBeEmpty) return undefined;
    return parse(text, () => {
      throw unusable(" and no JSON", text);
    });
  };
  const read = async (answer: Response): Promise<any> => {
    response = answer;
    const isRedirect = redirects?.includes(answer.status);
    if (!answer.ok && !isRedirect) {
      const text = await answer.text();
      throw unusable(
        "",
        parse(text, () => text),
      );
    }
    if (unread) return answer;
    const data = await (isRedirect ? readNothing : (description.read ?? readJson))(answer, readJson);
    if (data !== undefined && proof?.(data) === false) throw unusable(" and not what the spec says", data);
    return data;
  };
  const run = async () => {
    checkLimits(timeout, maxRetries);
    const fail: Fail = (message, more) => new SphereError(message, { ...state, ...more });
    return send(
      makeRequest(settings, description, given, headers, fail),
      { ...settings, signal, timeout, maxRetries },
      authorizer(security, settings.credentials, fail),
      read,
      state,
    );
  };

  const data = run();
  return Object.assign(data, {
    withResponse: async () => ({ data: await data, response, requestId: requestIdOf(response.headers) }),
    asResponse() {
      unread = true;
      return data.then(() => response);
    },
  });
}

function parse(text: string, otherwise: () => unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise();
  }
}
