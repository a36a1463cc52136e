import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { OpenApiDocument } from "../src/openapi.ts";
import { createSamples } from "../src/samples.ts";
import { libraryDocument } from "./library-document.ts";

const specification = new URL(import.meta.resolve("@spherepay/spec/openapi.json"));
const document: OpenApiDocument = JSON.parse(await readFile(specification, "utf8"));

function source(from: OpenApiDocument, operationId: string, label: string): string {
  const sample = createSamples(from).find((each) => each.operationId === operationId && each.label === label);
  if (!sample) throw new Error(`${operationId} has no ${label} sample.`);
  return sample.source;
}

describe("samples of the SpherePay API", () => {
  it("exist in five languages for each named request example", () => {
    expect(createSamples(document).map((sample) => sample.label)).toEqual([
      "cURL",
      "TypeScript",
      "JavaScript",
      "Go",
      "Python",
      "cURL · business",
      "TypeScript · business",
      "JavaScript · business",
      "Go · business",
      "Python · business",
    ]);
  });

  it("use the public API of the client in TypeScript", () => {
    expect(source(document, "createCustomer", "TypeScript"))
      .toBe(`import { createSphereClient } from "@spherepay/client";

const sphere = createSphereClient({ apiKey: process.env.SPHERE_API_KEY });
const customer = await sphere.createCustomer({
  body: {
    type: "individual",
    address: {
      state: "CA",
      country: "USA"
    }
  }
});
console.log(customer);
`);
  });

  it("take the key from the environment and state the content type in every language", () => {
    const keys: Record<string, string> = {
      cURL: '"Authorization: Bearer $SPHERE_API_KEY"',
      JavaScript: "Authorization: `Bearer ${process.env.SPHERE_API_KEY}`",
      Go: 'req.Header.Add("Authorization", "Bearer "+os.Getenv("SPHERE_API_KEY"))',
      Python: '"Authorization": f"Bearer {os.environ[\'SPHERE_API_KEY\']}"',
    };
    for (const [label, key] of Object.entries(keys)) {
      const text = source(document, "createCustomer", label);
      expect(text).toContain(key);
      expect(text).toMatch(/Content-Type['"]?[:,] ['"]?application\/json/);
    }
  });

  it("import in Go what they use and nothing else, as gofmt sorts it", () => {
    const text = source(document, "createCustomer", "Go");
    expect(text).toContain('import (\n\t"fmt"\n\t"io"\n\t"net/http"\n\t"os"\n\t"strings"\n)');
    for (const name of ["fmt", "io", "http", "os", "strings"]) expect(text).toMatch(new RegExp(`\\b${name}\\.[A-Z]`));
    expect(text).toContain('payload := strings.NewReader(`{\n  "type": "individual",');
  });

  it("use JSON booleans and names as Python and its standard library have them", () => {
    const text = source(document, "createCustomer", "Python");
    expect(text).toMatch(/^import os\n\nimport requests\n/);
    expect(text).toContain("response = requests.post(url, json=payload, headers=headers)");
  });
});

describe("samples of another API", () => {
  it("fill in required parameters, leave out optional ones, and send no body where there is none", () => {
    expect(source(libraryDocument, "getBook", "cURL")).toBe(
      "curl --request GET \\\n  --url 'https://library.example/api/books/a%20b%2Fc?language=en'\n",
    );
    expect(source(libraryDocument, "getBook", "TypeScript")).toContain(`const book = await sphere.getBook({
  params: {
    path: {
      bookId: "a b/c"
    },
    query: {
      language: "en"
    }
  }
});`);
  });

  it("ask for no key where the operation takes none", () => {
    for (const label of ["cURL", "JavaScript", "Go", "Python"]) {
      expect(source(libraryDocument, "getBook", label)).not.toMatch(/Authorization|SPHERE_API_KEY|"os"|import os/);
    }
  });

  it("make a body from the schema when it has no example, and end where the schema repeats itself", () => {
    expect(source(libraryDocument, "replaceBook", "TypeScript")).toContain(
      'body: {\n    title: "O\'Brien\'s \\"$HOME\\"\\n\\\\ `end`",\n    pages: 1\n  }',
    );
  });

  it("escape what a language would read otherwise", () => {
    expect(source(libraryDocument, "replaceBook", "cURL")).toContain("--data @- <<'EOF'\n");
    expect(source(libraryDocument, "replaceBook", "Python")).toContain('"O\'Brien\'s \\"$HOME\\"\\n\\\\ `end`"');
    expect(source(libraryDocument, "replaceBook", "Go")).toContain('strings.NewReader("{\\n  \\"title\\"');
  });

  it("fail to be made when a reference leads nowhere", () => {
    const broken = structuredClone(libraryDocument);
    broken.paths["/books/{bookId}"]!.put!.requestBody = { $ref: "#/components/requestBodies/Missing" };
    expect(() => createSamples(broken)).toThrow("The document has no #/components/requestBodies/Missing.");
  });
});
