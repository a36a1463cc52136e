import type { Fail, OperationDescription } from "./operation.ts";
import type { Settings } from "./options.ts";
import { plainHeaders, simplePath, written } from "./parameters.ts";
import { authorize, chooseSchemes } from "./security.ts";
import { baseAddress } from "./servers.ts";
import type { Sendable } from "./transport.ts";

/** What a caller gives a method. */
export interface CallArguments {
  body?: unknown;
  params?: object | null | undefined;
}

/**
 * Makes the request of a call, of its body and its parameters and nothing else that is in the argument: no data of a
 * caller chooses where it goes.
 *
 * @param callHeaders more headers, which win over those of the client
 * @throws what `fail` makes where something cannot be sent; TypeError where the argument has a member that is not taken
 */
export function makeRequest(
  settings: Settings,
  { method, path, parameters = simplePath, write, accept, security, servers }: OperationDescription,
  given: CallArguments,
  callHeaders: object | undefined,
  fail: Fail,
): Sendable {
  const { body } = given;
  for (const name in given) {
    if (name !== "params" && (name !== "body" || (!write && body !== undefined))) {
      throw new TypeError(
        `${name} is no part of the argument: it takes params${write ? " and body" : ""}, the second options`,
      );
    }
  }
  const { credentials } = settings;
  const schemes = chooseSchemes(security, credentials, fail);
  const headers: Record<string, string> = {};
  const request: Sendable = {
    method,
    url: "",
    headers,
    authorize: (attempt) => authorize(schemes, credentials, attempt, fail),
  };
  if (accept) headers["accept"] = accept;
  if (body !== undefined) {
    const { body: content, mediaType } = written("the body", fail, () => write!(body));
    request.body = content;
    if (mediaType) headers["content-type"] = mediaType;
  }
  Object.assign(headers, settings.headers, callHeaders && plainHeaders(callHeaders, fail));
  const base = servers ? baseAddress(servers, settings.servers, fail) : settings.base;
  request.url = base + parameters(path, given.params ?? {}, request, fail);
  return request;
}
