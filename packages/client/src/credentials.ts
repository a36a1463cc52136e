/**
 * What puts a credential on a request, by kind of security scheme. Each throws a TypeError whose message says what the
 * credential must be, without the credential.
 *
 * `mutualTLS` has none: the given `fetch` presents the certificate, so that the generator leaves it out of the names of
 * a requirement.
 */
import type { SetCredential } from "./operation.ts";

/** `Authorization: Bearer …` (RFC 6750 §2.1): of `http` with the scheme `bearer`, `oauth2` and `openIdConnect`. */
export const bearer: SetCredential = (token, request) => authorization("Bearer")(token, request);

/** `Authorization` with one token behind a scheme of that name (RFC 9110 §11.6.2). */
export const authorization =
  (scheme: string): SetCredential =>
  (token, { headers }) => {
    if (typeof token !== "string" || !/^[!-~]+$/.test(token)) {
      throw new TypeError("must be visible ASCII characters without spaces");
    }
    headers["authorization"] = `${scheme} ${token}`;
  };

/** `Authorization: Basic …` (RFC 7617), in UTF-8. */
export const basic: SetCredential = (credential, { headers }) => {
  const { username, password } = credential as Exclude<typeof credential, string>;
  const pair = `${username}:${password}`;
  if (
    typeof username !== "string" ||
    typeof password !== "string" ||
    /[\0-\x1f\x7f]/.test(pair) ||
    /:/.test(username)
  ) {
    throw new TypeError("must be { username, password } without control characters, and the username without a colon");
  }
  headers["authorization"] = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(pair)))}`;
};

/** A key in a header, in the query or in a cookie. */
export const apiKey =
  (place: "header" | "query" | "cookie", name: string): SetCredential =>
  (key, { headers, query, cookies }) => {
    if (typeof key !== "string" || !key) throw new TypeError("must be a text that is not empty");
    if (place === "query") query.push(`${encodeURIComponent(name)}=${encodeURIComponent(key)}`);
    else if (place === "cookie") cookies.push(`${name}=${key}`);
    else headers[name] = key;
  };
