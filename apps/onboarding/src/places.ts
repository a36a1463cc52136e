import { iso31661 } from "iso-3166/1.js";
import { iso31662 } from "iso-3166/2.js";

/** A country or a state. */
export interface Place {
  /** What the API takes: ISO 3166-1 alpha-3 for a country, two letters for a state of the USA. */
  code: string;
  name: string;
}

// ISO says "Korea, Republic of". These are the names that people look for.
const everydayNames = new Intl.DisplayNames("en", { type: "region" });

/** All countries by name. */
export const countries: readonly Place[] = iso31661
  .map(({ alpha2, alpha3, name }) => ({
    code: alpha3,
    // The apostrophe of keyboards.
    name: (everydayNames.of(alpha2) ?? name).replaceAll("’", "'"),
  }))
  .toSorted((one, other) => one.name.localeCompare(other.name, "en"));

/** States, districts and territories of the USA. */
export const states: readonly Place[] = iso31662
  .filter(({ parent }) => parent === "US")
  .map(({ code, name }) => ({ code: code.slice("US-".length), name }))
  .toSorted((one, other) => one.name.localeCompare(other.name, "en"));

const countryCodes = new Map([
  ...iso31661.flatMap(({ alpha2, alpha3, name }) => [alpha2, alpha3, name].map((text) => [key(text), alpha3] as const)),
  ...countries.map(({ code, name }) => [key(name), code] as const),
]);
const stateCodes = new Map(states.flatMap(({ code, name }) => [code, name].map((text) => [key(text), code] as const)));

/** The code of the country that was typed as a name or a code; what is no country stays as it is, for the API to judge. */
export function countryCode(typed: string): string {
  return countryCodes.get(key(typed)) ?? typed;
}

/** The code of the state of the USA that was typed as a name or a code; anything else stays as it is. */
export function stateCode(typed: string): string {
  return stateCodes.get(key(typed)) ?? typed;
}

/** Letters and digits alone, without case and accents: "cote d'ivoire" is typed for "Côte d'Ivoire". */
function key(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
