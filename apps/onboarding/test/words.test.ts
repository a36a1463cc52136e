import { expect, it } from "vitest";
import { plainWords } from "../src/words.ts";

it.each([
  ["terms_of_service", "Terms of service"],
  ["photo_id", "Photo ID"],
  ["kyc_profile_a", "KYC profile A"],
  ["incomplete", "Incomplete"],
])("puts %s in plain words", (name, words) => {
  expect(plainWords(name)).toBe(words);
});

it.each(["Terms", "proof-of-address", "a__b", "_", "", "naïve", "<b>"])('has no plain words for "%s"', (name) => {
  expect(plainWords(name)).toBeUndefined();
});
