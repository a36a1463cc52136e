import { credentialSchemes } from "./generated/operations.ts";
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
 * How an operation's credentials get on each of its attempts: those of the first list that was given whole, or none
 * where none will do.
 *
 * @param fail makes the error, whose message never shows a credential
 */
export function authorizer(
  security: OperationDescription["security"] = [[]],
  given: GivenCredentials,
  fail: Fail,
): (request: Credentialed) => Promise<void> {
  const usable = security.filter((list) => list.every((name) => own(given, name) !== undefined));
  const names = usable.find((list) => list[0]) ?? usable[0];
  if (!names) {
    const needed = security.map((list) => list.map(optionOf).join(" and "));
    throw fail(`pass ${needed.join(", or ")}`);
  }
  return async (request) => {
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
  };
}

function optionOf(scheme: string): string {
  return schemes[1] ? `credentials.${scheme}` : "apiKey";
}
