/**
 * What puts a credential on a request, by kind of security scheme.
 *
 * `mutualTLS` has none: the given `fetch` presents the certificate, so that the generator leaves it out of the names of
 * a requirement.
 */
import type { SetCredential } from "./operation.ts";
import { addCookies, cookieText, withQuery } from "./parameters.ts";

/** `Authorization` with one token behind a scheme of that name (RFC 9110 §11.6.2). */
export const authorization =
  (scheme: string): SetCredential =>
  (token, { headers }) => {
    // The runtime's own error about such a header would print the token.
    if (typeof token !== "string" || !/^[!-~]+$/.test(token)) return "must be visible ASCII characters without spaces";
    headers["authorization"] = `${scheme} ${token}`;
    return undefined;
  };

/** `Authorization: Bearer …` (RFC 6750 §2.1): of `http` with the scheme `bearer`, `oauth2` and `openIdConnect`. */
export const bearer: SetCredential = (token, request) => authorization("Bearer")(token, request);

/** `Authorization: Basic …` (RFC 7617), in UTF-8. */
export const basic: SetCredential = (credential, { headers }) => {
  const { username, password } = Object(credential);
  const isText = typeof username === "string" && typeof password === "string";
  if (!isText || username.includes(":") || /[\p{Cc}\p{Cs}]/u.test(username + password)) {
    return "must be { username, password }, without control characters and without a colon in the username";
  }
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  headers["authorization"] = `Basic ${btoa(String.fromCharCode(...bytes))}`;
  return undefined;
};

/** A key in a header, in the query or in a cookie. */
export const apiKey =
  (place: "header" | "query" | "cookie", name: string): SetCredential =>
  (key, request) => {
    if (typeof key !== "string" || !key) return "must be text";
    if (place === "query") {
      request.url = withQuery(request.url, [`${encodeURIComponent(name)}=${encodeURIComponent(key)}`]);
    } else if (place === "cookie" && cookieText.test(key)) addCookies(request.headers, [`${name}=${key}`]);
    else if (place === "header" && /^[!-~]([ -~]*[!-~])?$/.test(key)) request.headers[name.toLowerCase()] = key;
    else return `must be characters that a ${place} can carry`;
    return undefined;
  };
