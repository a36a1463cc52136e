import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startMockServer, type MockServer, type MockServerOptions } from "@spherepay/mock";
import type { Sample } from "../src/samples.ts";

/** How a program ended, and what it printed. */
export interface Ran {
  code: number | string | undefined;
  stdout: string;
  stderr: string;
}

/** What runs the samples of a language. */
export interface Toolchain {
  language: string;
  /** What is not installed. */
  missing: string | undefined;
  command: string[];
}

// Where another python3 comes first, Debian's package is of its own python3.
const python = ["python3", "/usr/bin/python3"].find((program) => works(program, "-c", "import requests"));

/** The languages of the samples. */
export const toolchains: Toolchain[] = [
  { language: "cURL", missing: missingUnless(works("curl", "--version"), "curl"), command: ["bash"] },
  { language: "TypeScript", missing: undefined, command: [process.execPath, "--import=./redirect.mjs"] },
  { language: "JavaScript", missing: undefined, command: [process.execPath, "--import=./redirect.mjs"] },
  { language: "Go", missing: missingUnless(works("go", "version"), "go"), command: ["go", "run"] },
  { language: "Python", missing: missingUnless(python !== undefined, "requests"), command: [python ?? "python3"] },
];

/** Whether tests of a language are left out. In CI they fail instead. */
export function isLeftOut({ missing }: Toolchain): boolean {
  return missing !== undefined && !process.env["CI"];
}

/** The language, and why its tests are left out. */
export function titleOf(toolchain: Toolchain): string {
  return toolchain.language + (isLeftOut(toolchain) ? ` (left out: ${toolchain.missing} is not installed)` : "");
}

/** Opens a project in a temporary folder, as a user of the client would have one. */
export async function openProject() {
  const mocks: MockServer[] = [];
  const folder = await mkdtemp(join(tmpdir(), "samples-"));
  const client = fileURLToPath(new URL("../node_modules/@spherepay/client", import.meta.url));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await mkdir(join(folder, "node_modules/@spherepay"), { recursive: true });
  await symlink(client, join(folder, "node_modules/@spherepay/client"));
  // Samples that use fetch run as they are: only where it connects to is another.
  await writeFile(
    join(folder, "redirect.mjs"),
    `const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      return fetch(new Request(request.url.replace(process.env.SAMPLE_FROM, process.env.SAMPLE_TO), request));
    };`,
  );

  /** Writes a file into a folder of its own. */
  async function save(name: string, source: string): Promise<string> {
    const file = join(await mkdtemp(join(folder, "file-")), name);
    await writeFile(file, source);
    return file;
  }

  /**
   * Writes a sample to a file, as a reader would, and runs it with its language's toolchain.
   *
   * @param from the address that the sample calls
   * @param to the address that answers in its place
   */
  async function run(
    { language, extension, source }: Pick<Sample, "language" | "extension" | "source">,
    { from, to, key }: { from: string; to: string; key?: string },
  ): Promise<Ran> {
    const [program = "", ...options] = toolchains.find((toolchain) => toolchain.language === language)!.command;
    const replaced = program === process.execPath ? source : source.replaceAll(from, to);
    const file = await save(`sample.${extension}`, replaced);
    const env = {
      ...process.env,
      SAMPLE_FROM: from,
      SAMPLE_TO: to,
      NO_PROXY: "127.0.0.1",
      no_proxy: "127.0.0.1",
      // Shared by all runs: a newer Go compiles its standard library first, which takes most of a minute.
      GOCACHE: fileURLToPath(new URL("../node_modules/.cache/go", import.meta.url)),
      GOPATH: join(folder, "go-path"),
      GOENV: "off",
      GOFLAGS: "",
      GOPROXY: "off",
      GOTOOLCHAIN: "local",
      ...(key !== undefined && { SPHERE_API_KEY: key }),
    };
    return new Promise((resolve) => {
      execFile(program, [...options, file], { cwd: folder, env, timeout: 50_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? error.signal ?? undefined) : 0, stdout, stderr });
      });
    });
  }

  /** Starts a mock for one test, so that many may run at once. */
  async function startMock(options?: MockServerOptions): Promise<MockServer> {
    const mock = await startMockServer(options);
    mocks.push(mock);
    return mock;
  }

  async function remove(): Promise<void> {
    await Promise.all(mocks.map((mock) => mock.close()));
    await rm(folder, { recursive: true });
  }

  return { folder, save, run, startMock, remove };
}

function works(program: string, ...options: string[]): boolean {
  return spawnSync(program, options, { timeout: 20_000 }).status === 0;
}

function missingUnless(found: boolean, name: string): string | undefined {
  return found ? undefined : name;
}
