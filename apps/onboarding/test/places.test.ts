import { expect, it } from "vitest";
import { countries, countryCode, stateCode, states } from "../src/places.ts";

it.each([
  ["United States", "USA"],
  ["united states of america", "USA"],
  ["usa", "USA"],
  [" us ", "USA"],
  ["Cote d'Ivoire", "CIV"],
  ["Türkiye", "TUR"],
  ["south korea", "KOR"],
  ["Korea, Republic of", "KOR"],
  ["Bosnia and Herzegovina", "BIH"],
])("knows the country %s as %s", (typed, code) => {
  expect(countryCode(typed)).toBe(code);
});

it.each([
  ["California", "CA"],
  ["new york", "NY"],
  ["tx", "TX"],
  ["Puerto Rico", "PR"],
])("knows the state %s as %s", (typed, code) => {
  expect(stateCode(typed)).toBe(code);
});

it("leaves what it does not know as it was typed", () => {
  for (const typed of ["", "123", "Atlantis", "XK!", "constructor"]) {
    expect([countryCode(typed), stateCode(typed)]).toEqual([typed, typed]);
  }
});

it("offers every country and every state once, each under a name that leads to its code", () => {
  expect([countries.length, new Set(countries.map(({ code }) => code)).size]).toEqual([249, 249]);
  for (const { code, name } of countries) expect([name, countryCode(name)]).toEqual([name, code]);
  expect(states.length).toBeGreaterThanOrEqual(51);
  for (const { code, name } of states) expect([name, stateCode(name)]).toEqual([name, code]);
});
