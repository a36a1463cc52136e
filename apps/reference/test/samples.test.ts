import { type Api, readApi, readApiFile } from "@spherepay/openapi";
import { describe, expect, it } from "vitest";
import { createSamples, fingerprint } from "../src/samples.ts";
import { libraryDocument } from "./library-document.ts";

const { api } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
const library = readApi(libraryDocument);

function source(from: Api, operationId: string, label: string): string {
  const sample = createSamples(from).find((each) => each.operationId === operationId && each.label === label);
  if (!sample) throw new Error(`${operationId} has no ${label} sample.`);
  return sample.source;
}

describe("samples of the SpherePay API", () => {
  it("exist in five languages for each named request example", () => {
    const languages = ["cURL", "TypeScript", "JavaScript", "Go", "Python"];
    const labels = (operation: string) =>
      createSamples(api).flatMap(({ operationId, label, language, example }) =>
        operationId === operation ? [[label, language, example]] : [],
      );
    expect(labels("createCustomer")).toEqual([
      ...languages.map((language) => [language, language, "individual"]),
      ...languages.map((language) => [`${language} · business`, language, "business"]),
    ]);
    expect(labels("createKycLink")).toEqual(languages.map((language) => [language, language, "individual"]));
    for (const operation of ["createTosLink", "getKycLink", "getCustomer"]) {
      expect(labels(operation)).toEqual(languages.map((language) => [language, language, undefined]));
    }
  });

  it("use the public API of the client in TypeScript", () => {
    expect(source(api, "createCustomer", "TypeScript"))
      .toBe(`import { createSphereClient, isSphereApiError } from "@spherepay/client";

const sphere = createSphereClient({ apiKey: process.env.SPHERE_API_KEY });
try {
  const customer = await sphere.createCustomer({
    body: { type: "individual", address: { state: "CA", country: "USA" } },
  });
  console.dir(customer, { depth: null });
} catch (error) {
  if (!isSphereApiError(error)) throw error;
  console.error(error.message, error.generalError ?? error.fieldErrors);
  process.exitCode = 1;
}
`);
  });

  it.each([
    ["cURL", '"Authorization: Bearer $SPHERE_API_KEY"'],
    ["TypeScript", "apiKey: process.env.SPHERE_API_KEY"],
    ["JavaScript", "Authorization: `Bearer ${process.env.SPHERE_API_KEY}`"],
    ["Go", 'req.Header.Set("Authorization", "Bearer "+os.Getenv("SPHERE_API_KEY"))'],
    ["Python", '"Authorization": f"Bearer {os.environ[\'SPHERE_API_KEY\']}"'],
  ])("take the key from the environment in %s", (label, key) => {
    expect(source(api, "createCustomer", label)).toContain(key);
  });

  it.each([
    ["cURL", 20],
    ["TypeScript", 25],
    ["JavaScript", 30],
    ["Go", 60],
    ["Python", 30],
  ])("fit a narrow column in %s and have at most %i lines", (language, most) => {
    for (const sample of createSamples(api).filter((each) => each.language === language)) {
      // An address stays in one piece.
      const lines = sample.source
        .replaceAll(/https:[^"'\s]+/g, "https")
        .trimEnd()
        .split("\n");
      expect(lines.length).toBeLessThanOrEqual(most);
      expect(Math.max(...lines.map((line) => line.replaceAll("\t", "  ").length))).toBeLessThanOrEqual(80);
    }
  });
});

describe("samples of another API", () => {
  it("fill in required parameters, leave out optional ones, and send no body where there is none", () => {
    expect(source(library, "getBook", "cURL")).toBe(
      `curl --request GET \\
  --silent --show-error --fail-with-body --max-time 30 \\
  --url 'https://library.example/books/a%20b%2Fc?language=en'
`,
    );
    expect(source(library, "getBook", "TypeScript")).toContain(`const book = await sphere.getBook({
    params: { path: { bookId: "a b/c" }, query: { language: "en" } },
  });`);
  });

  it("write a list in a query as one parameter for each of its members", () => {
    const changed = structuredClone(libraryDocument);
    const parameters = [{ name: "tag", in: "query", required: true, example: ["sea & land", "whale"] }];
    Object.assign(changed.paths["/books/{bookId}"].get, { parameters });
    expect(source(readApi(changed), "getBook", "Go")).toContain("/books/a%20b%2Fc?tag=sea%20%26%20land&tag=whale");
  });

  it("ask for no key where the operation takes none", () => {
    for (const label of ["cURL", "JavaScript", "Go", "Python"]) {
      expect(source(library, "getBook", label)).not.toMatch(/Authorization|SPHERE_API_KEY|"os"|import os/);
    }
  });

  it("make a body from the schema when it has no example, and end where the schema repeats itself", () => {
    const text = source(library, "replaceBook", "TypeScript");
    expect(text).toContain('      pages: 1,\n      "in print": true,\n');
    expect(text).not.toContain("sequel");
  });

  it("find the messages of an error where the document says they are, however deep", () => {
    const schema = { type: "object", "x-error-body": { fields: { failure: { fields: "$fields" } } } };
    const document = structuredClone(libraryDocument);
    Object.assign(document.paths["/notes"].post, {
      responses: { 400: { description: "Refused.", content: { "application/json": { schema } } } },
    });
    const changed = readApi(document);
    expect(source(changed, "getBook", "JavaScript")).toContain("(await response.json()).failure.fields");
    expect(source(changed, "getBook", "Python")).toContain('response.json()["failure"]["fields"]');
    expect(source(changed, "getBook", "Go")).toContain("refusal.Messages.Messages");
    expect(source(changed, "getBook", "TypeScript")).toContain("error.generalError ?? error.fieldErrors");
    expect(source(library, "getBook", "TypeScript")).toContain("console.error(error.message, error.body);");
  });
});

describe("the recorded output of a sample", () => {
  it("is there for every sample of the SpherePay API, and what a refusal printed for every language", () => {
    const samples = createSamples(api);
    const parts: Record<string, string | RegExp> = {
      "createCustomer individual": /type["']?: ?["']individual/,
      "createCustomer business": /type["']?: ?["']business/,
      "createTosLink ": "https://staging.spherepay.co/tos?",
      "createKycLink individual": "https://in.sumsub.com/",
      "getKycLink ": "https://in.sumsub.com/",
      "getCustomer ": "customer_d41608fae4d34d308f85bc3c2b6ca29a",
    };
    for (const { operationId, example = "", output } of samples) {
      expect(output).toMatch(parts[`${operationId} ${example}`]!);
    }
    const refused = samples.filter(({ refusal }) => refusal);
    // Of the others no refusal is described that names a field.
    expect(refused.map(({ operationId, language, refusal }) => [operationId, language, refusal!.without])).toEqual(
      ["cURL", "TypeScript", "JavaScript", "Go", "Python"].map((language) => ["createCustomer", language, "address"]),
    );
  });

  it("belongs to the very program that printed it", () => {
    const [sample] = createSamples(library, {});
    const record = (program: string) => ({ getBook: { "": { cURL: { program, output: "Call me Ishmael." } } } });
    expect(createSamples(library, record(fingerprint(sample!.source)))[0]?.output).toBe("Call me Ishmael.");
    expect(createSamples(library, record(fingerprint("curl --version")))[0]?.output).toBeUndefined();
  });

  it("is missing for an operation that never ran, which is no reason to fail", () => {
    expect(createSamples(library).filter(({ output }) => output !== undefined)).toEqual([]);
  });
});
