import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

/**
 * Everything that a user of a package can name, of all its entries, sorted and without comments: the report that API
 * Extractor makes of the built `.d.ts` files.
 *
 * @param folder folder of the package
 * @returns TypeScript declarations, to be read and compared, not compiled
 * @throws Error when the package is not built
 */
export async function describePublicTypes(folder: string): Promise<string> {
  const { exports } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const modules = Object.values<{ default?: string }>(exports).flatMap(({ default: module }) => module ?? []);
  const reports = await mkdtemp(join(tmpdir(), "spherepay-types-"));
  const entry = join(reports, "entry.d.ts");
  try {
    await writeFile(
      entry,
      modules.map((module) => `export * from ${JSON.stringify(join(folder, module))};\n`).join(""),
    );
    const { succeeded } = Extractor.invoke(
      ExtractorConfig.prepare({
        configObject: {
          projectFolder: folder,
          mainEntryPointFilePath: entry,
          newlineKind: "lf",
          compiler: {
            overrideTsconfig: {
              // The build has checked the types. To check them here again, with those of the browser, takes seconds.
              compilerOptions: {
                module: "nodenext",
                lib: ["es2023", "dom"],
                strict: true,
                skipLibCheck: true,
                types: [],
              },
              files: [entry],
            },
          },
          apiReport: {
            enabled: true,
            reportFileName: "public.api.md",
            reportFolder: reports,
            reportTempFolder: reports,
            includeForgottenExports: true,
          },
        },
        configObjectFullPath: undefined,
        packageJsonFullPath: join(folder, "package.json"),
      }),
      {
        localBuild: true,
        // It tells of missing comments and the like.
        messageCallback: (message) => {
          message.handled = true;
        },
      },
    );
    if (!succeeded) throw new Error(`API Extractor cannot read the types of ${folder}.`);
    const report = await readFile(join(reports, "public.api.md"), "utf8");
    const [, declarations] = /```ts\n([^]*)```/.exec(report) ?? [];
    if (!declarations) throw new Error(`API Extractor found no types in ${folder}.`);
    return `${declarations
      .replaceAll(/^ *\/\/.*\n/gm, "")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim()}\n`;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}

/**
 * The names that a package exports.
 *
 * @param types what `describePublicTypes` returned
 */
export function exportedNames(types: string): string[] {
  const declared = types.matchAll(
    /^export (?:abstract )?(?:class|const|enum|function|interface|namespace|type) ([\w$]+)/gm,
  );
  const listed = [...types.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) => names.split(","));
  return [
    ...[...declared].map(([, name = ""]) => name),
    ...listed.map((name) => name.trim().replace(/^.* as /, "")).filter((name) => name !== ""),
  ];
}
