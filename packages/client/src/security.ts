import { credentialSchemes, documentSecurity } from "./generated/operations.ts";
import type { Credential, Credentialed, Fail, OperationDescription, SetCredential } from "./operation.ts";
import { own } from "./parameters.ts";

/** A credential, or a function that returns it. */
export type GivenCredential = Credential | (() => Credential | Promise<Credential>);

type Setters = Readonly<Record<string, SetCredential>>;

/** What a caller gave, by name of the scheme. */
export type GivenCredentials = Readonly<Record<string, GivenCredential | undefined>>;

/** The schemes that the client can send. */
export const schemes = /* @__PURE__ */ Object.keys(credentialSchemes);

/**
 * Chooses what an operation is called with: the first list of schemes that was given whole, or none where none will do.
 *
 * @param fail makes the error, whose message says what to pass
 */
export function chooseSchemes(
  security: OperationDescription["security"] = documentSecurity,
  given: GivenCredentials,
  fail: Fail,
): readonly string[] {
  const isGiven = (name: string) => own(given, name) !== undefined;
  const names = security.find((list) => list[0] && list.every(isGiven)) ?? security.find((list) => !list[0]);
  if (names) return names;
  throw fail(`pass ${security.map((list) => list.map(optionOf).join(" and ")).join(", or ")}`);
}

/**
 * Puts credentials on the request of an attempt.
 *
 * @param names of their schemes
 * @param fail makes the error, whose message never shows a credential
 */
export async function authorize(
  names: readonly string[],
  given: GivenCredentials,
  request: Credentialed,
  fail: Fail,
): Promise<void> {
  for (const name of names) {
    let credential = given[name]!;
    try {
      if (typeof credential === "function") credential = await credential();
    } catch (cause) {
      throw fail(`the ${optionOf(name)} function failed`, { cause });
    }
    const requirement = (credentialSchemes as Setters)[name]!(credential, request);
    if (requirement) throw fail(`${optionOf(name)} ${requirement}`);
  }
}

function optionOf(scheme: string): string {
  return schemes[1] ? `credentials.${scheme}` : "apiKey";
}
