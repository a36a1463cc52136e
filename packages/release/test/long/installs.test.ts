import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWorkspace } from "@spherepay/testing/workspace-copy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { release, startRegistry, type Registry } from "@spherepay/testing/registry";
import { installTools, run, toolPath } from "@spherepay/testing/tools";

const wanted = ["@spherepay/client", "@spherepay/mock", "@types/node@24"];
const compilers = ["5.5", "5.9", "6", "7"];
const resolutions = [
  { moduleResolution: "nodenext", module: "nodenext" },
  { moduleResolution: "bundler", module: "esnext" },
];

interface PackageManager {
  name: string;
  /** Installs the wanted packages. */
  add: string[];
  /** Runs a command that a package brings. */
  execute: string[];
  /** Runs TypeScript. */
  runtime?: string;
  /** Its own settings: in which registry the packages are, and leave to take what was published a moment ago. */
  settings(registry: Registry, others: string): Record<string, string>;
}

const npmrc = ({ url }: Registry) => `@spherepay:registry=${url}/\n`;
const yarn = [process.execPath, toolPath("@yarnpkg/cli-dist/bin/yarn.js")];
const bun = toolPath(".bin/bun");
const packageManagers: PackageManager[] = [
  {
    name: "npm",
    add: ["npm", "install"],
    execute: ["npx", "--no-install"],
    settings: (registry) => ({ ".npmrc": npmrc(registry) }),
  },
  {
    name: "pnpm",
    add: ["pnpm", "add"],
    execute: ["pnpm", "exec"],
    settings: (registry) => ({
      ".npmrc": npmrc(registry),
      "pnpm-workspace.yaml": `minimumReleaseAgeExclude: ["@spherepay/*"]\n`,
    }),
  },
  {
    name: "yarn",
    add: [...yarn, "add"],
    execute: [...yarn, "run"],
    settings: ({ url }, others) => ({
      ".yarnrc.yml": JSON.stringify({
        nodeLinker: "node-modules",
        npmRegistryServer: others,
        npmScopes: { spherepay: { npmRegistryServer: url } },
        npmPreapprovedPackages: ["@spherepay/*"],
        unsafeHttpWhitelist: ["127.0.0.1"],
        enableImmutableInstalls: false,
      }),
      // Ends its search for the project that this folder is in.
      "yarn.lock": "",
    }),
  },
  {
    name: "bun",
    add: [bun, "add"],
    execute: [bun, "x"],
    runtime: bun,
    settings: (registry) => ({ ".npmrc": npmrc(registry) }),
  },
];

let registry: Registry;
let place: string;
/** Versions that the registry has, by name. */
const published: Record<string, string> = {};
/** A project of each package manager's, by its name. */
let projects: Record<string, Project>;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "installs-"));
  await installTools();
  registry = await startRegistry();
  const workspace = await copyWorkspace();
  // Turbo knows what it has built with CI set from what it has built without.
  workspace.env["CI"] = process.env["CI"];
  try {
    await release(workspace, registry);
    for (const name of ["client", "mock"]) {
      published[name] = JSON.parse(await workspace.read(`packages/${name}/package.json`)).version;
    }
  } finally {
    await workspace.remove(".");
  }
  const made = packageManagers.map(async (manager) => [manager.name, await createProject(manager)] as const);
  projects = Object.fromEntries(await Promise.all(made));
}, 400_000);
afterAll(async () => {
  await registry?.close();
  await rm(place, { recursive: true });
});

/** A project that has the packages, and ways to work in it. */
type Project = Awaited<ReturnType<typeof createProject>>;

/** Makes an empty project, installs the packages in it, and puts the program there. */
async function createProject({ name, add, settings }: PackageManager) {
  const folder = await mkdtemp(join(place, `${name}-`));
  const write = async (files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  };
  const runHere = ([command, ...first]: string[], ...parameters: string[]) =>
    run(command!, [...first, ...parameters], folder);

  const others = await run("npm", ["config", "get", "registry"], folder);
  await write({
    "package.json": JSON.stringify({ name: "app", private: true, type: "module" }),
    ...settings(registry, others.trim()),
  });
  await runHere(add, ...wanted);
  await cp(fileURLToPath(new URL("app/", import.meta.url)), folder, { recursive: true });
  for (const resolution of resolutions) {
    const compilerOptions = {
      ...resolution,
      target: "es2022",
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: ["node"],
    };
    await write({ [`${resolution.moduleResolution}.json`]: JSON.stringify({ compilerOptions, include: ["*.ts"] }) });
  }
  return {
    folder,
    write,
    run: runHere,
    read: (file: string) => readFile(join(folder, file), "utf8"),
    compile: (compiler: string, resolution: string) =>
      runHere([process.execPath, toolPath(`typescript-${compiler}/bin/tsc`)], "--project", `${resolution}.json`),
  };
}

describe.each(packageManagers)("installed with $name", ({ name, execute, runtime }) => {
  test("both packages are there as they were published", async () => {
    for (const [packageName, version] of Object.entries(published)) {
      const manifest = JSON.parse(await projects[name]!.read(`node_modules/@spherepay/${packageName}/package.json`));
      expect(manifest.version).toBe(version);
    }
  });

  test("a program type-checks, and creates a customer with the client against the mock", async () => {
    for (const { moduleResolution } of resolutions) {
      expect(await projects[name]!.compile("7", moduleResolution)).toBe("");
    }
    const output = await projects[name]!.run([runtime ?? process.execPath], "main.ts");
    expect(JSON.parse(output)).toEqual({
      profiles: ["kyc_profile_a", "kyc_profile_b"],
      refused: ["country: Required"],
      logged: ["createCustomer 200"],
    });
  });

  test("the mock's command is there", async () => {
    const help = await projects[name]!.run(execute, "spherepay-mock", "--help");
    expect(help).toContain("spherepay-mock");
    expect(help).toContain("--port");
  });
});

describe("the programs of the READMEs", () => {
  const written: Record<string, number> = {};

  beforeAll(async () => {
    for (const name of Object.keys(published)) {
      const readme = await projects["npm"]!.read(`node_modules/@spherepay/${name}/README.md`);
      const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
      // What is for vitest is tried in the packages' own tests.
      const alone = programs.filter((code) => !code.includes('from "vitest"'));
      for (const [index, code] of alone.entries()) await projects["npm"]!.write({ [`${name}-${index}.ts`]: code });
      written[name] = alone.length;
    }
  });

  test("are there, of both packages", () => {
    expect(written["client"]).toBeGreaterThan(5);
    expect(written["mock"]).toBeGreaterThan(1);
  });

  test.each(compilers)(
    "type-check strictly, declarations included, with TypeScript %s under both resolutions",
    async (compiler) => {
      const outputs = resolutions.map(({ moduleResolution }) => projects["npm"]!.compile(compiler, moduleResolution));
      expect(await Promise.all(outputs)).toEqual(["", ""]);
    },
  );
});
