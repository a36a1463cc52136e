const acronyms = new Set(["id", "kyb", "kyc"]);

/** Plain words for one of the API's snake_case names, or undefined for a name of another form. */
export function plainWords(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) return undefined;
  const words = name
    .split("_")
    // A single letter is the name of something, as in "KYC profile A".
    .map((word) => (word.length === 1 || acronyms.has(word) ? word.toUpperCase() : word))
    .join(" ");
  return words[0]!.toUpperCase() + words.slice(1);
}
