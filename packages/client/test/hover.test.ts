/** What an editor says of each name, asked as an editor asks: of TypeScript's language service. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { reservedNames } from "../scripts/types.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const program = path("./hover.ts");
const text = `
  import { createSphereClient, isSphereApiError } from "../src/index.ts";
  const sphere = createSphereClient({ apiKey: "key", fetch });
  const customer = await sphere.createCustomer({ body: { type: "individual", address: { state: "CA", country: "USA" } } });
  const params = { path: { customer_id: customer.id } };
  const body = { type: "individual", firstName: "A", lastName: "B", email: "c@d.example" } as const;
  await sphere.createKycLink({ params, body }, { timeout: 1 });
  const error: unknown = undefined;
  if (isSphereApiError(error, "createKycLink", 400)) error.fieldErrors;
`;

const { config } = ts.readConfigFile(path("../tsconfig.build.json"), ts.sys.readFile);
const base = ts.readConfigFile(path("../../../tsconfig.base.json"), ts.sys.readFile).config;
const { options } = ts.convertCompilerOptionsFromJson(
  { ...base.compilerOptions, ...config.compilerOptions },
  path("."),
);
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [program],
  getScriptVersion: () => "1",
  getScriptSnapshot: (file) =>
    file === program
      ? ts.ScriptSnapshot.fromString(text)
      : ts.sys.fileExists(file)
        ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8"))
        : undefined,
  getCurrentDirectory: () => path("."),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
});

function hover(file: string, position: number): { shown: string; words: string } {
  const info = service.getQuickInfoAtPosition(file, position)!;
  return {
    shown: ts.displayPartsToString(info.displayParts),
    words: ts.displayPartsToString(info.documentation),
  };
}

test.each([
  [
    "sphere.createKycLink",
    `(method) SphereOperations.createKycLink(request: {
    params: {
        path: {
            customer_id: string;
        };
    };
    body: CreateKycLink;
}, options?: SphereCallOptions): SphereCall<KycLink>`,
  ],
  ["customer", "const customer: Customer"],
  ["error.fieldErrors", '(property) SphereApiError<"createKycLink", 400>.fieldErrors: FieldErrors<"createKycLink">'],
])("%s is shown with names, not with indexes", (name, expected) => {
  const position = name === "customer" ? text.indexOf(name) : text.lastIndexOf(name) + name.length - 1;
  expect(hover(program, position).shown.replace("(getter)", "(property)")).toBe(expected);
});

/** Names that are for openapi-fetch and for the compiler: nobody meets them in a call. */
const aside = new Set(["components", "operations", "paths", "webhooks", "OperationTypes"]);

/** What the package exports, by name. */
const checker = service.getProgram()!.getTypeChecker();
const entry = checker.getSymbolAtLocation(service.getProgram()!.getSourceFile(path("../src/index.ts"))!)!;
const exported = checker.getExportsOfModule(entry).filter(({ name }) => !aside.has(name));

/** The name of a declaration, and those of its members, down to the fields of fields. */
function* namesIn(declaration: ts.Declaration): Generator<ts.Node> {
  const pending: ts.Node[] = [declaration];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const { name } = node as Partial<ts.NamedDeclaration>;
    const isNamed = ts.isTypeElement(node) || ts.isClassElement(node) || ts.isDeclarationStatement(node);
    if (name && isNamed && !ts.isPrivateIdentifier(name)) yield name;
    ts.forEachChild(
      node,
      (child) => void (ts.isBlock(child) || ts.isConditionalTypeNode(child) || pending.push(child)),
    );
  }
}

test.each(exported.map((symbol) => ({ name: symbol.name, symbol })))(
  "$name and all in it have their sentence, and no type that is an index into another",
  ({ symbol }) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const names = original.declarations!.flatMap((declaration) => Array.from(namesIn(declaration)));
    const said = names.map((name) => hover(name.getSourceFile().fileName, name.getStart()));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(({ words, shown }) => !words || /\b(?:components|operations)\["/.test(shown))).toEqual([]);
  },
);

test("no schema gets the name of something else that the package exports", () => {
  const others = exported.filter((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return original.declarations!.every((one) => !one.getSourceFile().fileName.endsWith("/generated/schema.ts"));
  });
  const names = others.map(({ name }) => name).filter((name) => /^[A-Z]/.test(name));
  expect(names).toContain("SphereError");
  expect([...reservedNames]).toEqual(expect.arrayContaining(names));
});
