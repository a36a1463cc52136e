import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { startMockServer, type MockServer } from "@spherepay/mock";
import { type Operation, readApi } from "@spherepay/openapi";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSamples, fingerprint, type Recordings, type Refusal, type Sample } from "../src/samples.ts";
import { book, libraryDocument } from "./library-document.ts";
import { isLeftOut, openProject, titleOf, toolchains, type Ran } from "./sample-project.ts";

const run = promisify(execFile);
const key = "key-of-this-test";
const specification = new URL(import.meta.resolve("@spherepay/spec/openapi.json"));
const document = JSON.parse(await readFile(specification, "utf8"));
const api = readApi(document);
const from = api.servers[0]!.url;
const samples = createSamples(api, {});
const recordings: Recordings = {};
/** By operation and language. */
const refusals: Record<string, Record<string, Refusal>> = {};

let project: Awaited<ReturnType<typeof openProject>>;

beforeAll(async () => {
  // The mock's errors say when they were made.
  vi.setSystemTime(new Date("2025-04-20T00:09:16.870Z"));
  project = await openProject();
});

afterAll(async () => {
  vi.useRealTimers();
  await project.remove();
});

type Fields = Record<string, unknown>;

/** The field that the document's own example of a refusal names, if it names one that the body has to have. */
function missingIn({ body, responses }: Operation): string | undefined {
  const refused = responses.find(({ status }) => status === "400")?.contents[0]?.examples[0]?.value as Fields;
  const named = api.errorBody!.fields.path.reduce<Fields | undefined>((part, name) => part?.[name] as Fields, refused);
  return body?.contents[0]?.schema?.required.find((name) => named && name in named);
}

/** The samples of an operation, with a field left out of what they send. */
function samplesWithout(field: string, operationId: string): Sample[] {
  const changed = readApi(structuredClone(document));
  const { body } = changed.operations.find(({ id }) => id === operationId)!;
  for (const { value } of body!.contents[0]!.examples) delete (value as Fields)[field];
  return createSamples(changed, {}).filter((sample) => sample.operationId === operationId);
}

/** Has the mock, which knows no state, answer with the first example that says of itself what the request says. */
function answerInKind(mock: MockServer, operation: string, body: unknown): void {
  const { status, contents } = findOperation(operation).responses.find((response) => response.status.startsWith("2"))!;
  const agrees = ({ value }: { value?: unknown }) =>
    Object.entries(body ?? {}).every(([name, sent]) => {
      const answered = (value as Fields)[name];
      return answered === undefined || isDeepStrictEqual(answered, sent);
    });
  const { examples } = contents[0]!;
  const example = examples.find(agrees)!;
  // The first is what the mock answers by itself.
  if (example !== examples[0]) mock.fail({ operation, status: Number(status), body: JSON.stringify(example.value) });
}

function findOperation(operationId: string): Operation {
  return api.operations.find(({ id }) => id === operationId)!;
}

/** What the document says that a sample is to send. */
function described(operationId: string, example: string | undefined) {
  const { body, security } = findOperation(operationId);
  const authenticated = security.length > 0;
  const content = body?.contents[0];
  if (!content) return { authenticated, contentType: undefined, body: undefined };
  const { value } = content.examples.find(({ name }) => name === example)!;
  return { authenticated, contentType: content.mediaType, body: value };
}

function find(among: Sample[], language: string, example?: string, operationId = "createCustomer"): Sample {
  return among.find(
    (each) => each.language === language && each.operationId === operationId && each.example === example,
  )!;
}

/** What a reader sees in a terminal, where the sample calls the API itself. */
function printed({ stdout, stderr }: Ran, { url }: MockServer): string {
  const parts = [stdout, stderr].map((part) => part.trimEnd()).filter(Boolean);
  return parts.join("\n").replaceAll(url, from);
}

for (const toolchain of toolchains) {
  const { language } = toolchain;

  describe.skipIf(isLeftOut(toolchain)).concurrent(`a sample in ${titleOf(toolchain)}`, () => {
    for (const sample of samples.filter((each) => each.language === language)) {
      const { operationId, example } = sample;
      const title = example === undefined ? operationId : `${operationId} with the example ${example}`;
      it(`sends ${title}, the key and the content type, and prints the answer`, async () => {
        const { authenticated, contentType, body } = described(operationId, example);
        const mock = await project.startMock();
        answerInKind(mock, operationId, body);
        const ran = await project.run(sample, { from, to: mock.url, key });

        expect(ran).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/\S/) });
        expect(mock.requests).toMatchObject([{ operation: operationId, body, violations: [] }]);
        expect(mock.requests[0]?.status).toBeLessThan(300);
        expect(mock.requests[0]?.headers["content-type"]).toBe(contentType);
        expect(mock.requests[0]?.headers["authorization"]).toBe(authenticated ? `Bearer ${key}` : undefined);
        const byExample = (recordings[operationId] ??= {});
        const byLanguage = (byExample[example ?? ""] ??= {});
        byLanguage[language] = { program: fingerprint(sample.source), output: printed(ran, mock) };
      });
    }

    for (const operation of api.operations) {
      const without = missingIn(operation);
      if (without === undefined) continue;
      it(`fails and names the field ${without} that ${operation.id} is missing`, async () => {
        const mock = await project.startMock();
        const sample = samplesWithout(without, operation.id).find((each) => each.language === language)!;
        const ran = await project.run(sample, { from, to: mock.url, key });

        expect(ran.code).toBeGreaterThan(0);
        expect(printed(ran, mock)).toMatch(/answered 400|error: 400/);
        expect(printed(ran, mock)).toMatch(new RegExp(`${without}["']?: ?\\[ ?["']Required["'] ?\\]`));
        expect(mock.requests).toMatchObject([{ operation: operation.id, status: 400 }]);
        expect(mock.requests[0]?.body).not.toHaveProperty(without);
        (refusals[operation.id] ??= {})[language] = { without, output: printed(ran, mock) };
      });
    }

    it("fails and says so when there is no key", async () => {
      const mock = await project.startMock();
      const ran = await project.run(find(samples, language, "individual"), { from, to: mock.url, key: "" });
      expect(ran.code).toBeGreaterThan(0);
      expect(printed(ran, mock)).toMatch(language === "TypeScript" ? /apiKey is missing/ : /Unauthorized/);
    });

    it("fails with the status when the answer is not the API's", async () => {
      const mock = await project.startMock();
      mock.fail({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" });
      const ran = await project.run(find(samples, language, "individual"), { from, to: mock.url, key });
      expect(ran.code).toBeGreaterThan(0);
      expect(printed(ran, mock)).toContain("502");
    });

    it("fails and says so when there is no connection", async () => {
      const gone = await startMockServer();
      await gone.close();
      const ran = await project.run(find(samples, language, "individual"), { from, to: gone.url, key });
      expect(ran.code).toBeGreaterThan(0);
      expect(ran.stdout).toBe("");
      expect(ran.stderr).not.toBe("");
    });
  });
}

for (const toolchain of toolchains.filter(({ language }) => language !== "TypeScript")) {
  const { language } = toolchain;
  const inLibrary = (operationId: string) =>
    find(createSamples(readApi(libraryDocument), {}), language, undefined, operationId);
  const runInLibrary = (library: MockServer, sample: Sample) =>
    project.run(sample, { from: libraryDocument.servers[0]!.url, to: library.url, key });

  describe.skipIf(isLeftOut(toolchain)).concurrent(`a sample without the client, in ${titleOf(toolchain)},`, () => {
    it("gives up on an API that does not answer", async () => {
      const mock = await project.startMock();
      const { source, ...sample } = find(samples, language, "individual");
      const impatient = source.replace(
        /(--max-time |timeout\(|Timeout: |timeout=)30(_000)?/,
        (_, before, thousand) => before + (thousand ? "1_000" : "1"),
      );
      expect(impatient).not.toBe(source);
      mock.fail({ delay: 40_000 });
      const ran = await project.run({ ...sample, source: impatient }, { from, to: mock.url, key });
      expect(ran.code).toBeGreaterThan(0);
      expect(ran.stderr).toMatch(/time(d |-)?out/i);
    });

    it("sends parameters without a body or a key, and prints an answer in text", async () => {
      const library = await project.startMock({ spec: libraryDocument });
      const ran = await runInLibrary(library, inLibrary("getBook"));
      expect(ran).toEqual({ code: 0, stdout: expect.stringMatching(/^Call me Ishmael\.\n?$/), stderr: "" });
      expect(library.requests).toMatchObject([
        { method: "GET", path: "/books/a%20b%2Fc?language=en", body: undefined, violations: [] },
      ]);
      expect(library.requests[0]?.headers).not.toHaveProperty("authorization");
      expect(library.requests[0]?.headers).not.toHaveProperty("content-type");
    });

    it("sends text with quotes, line breaks and dollar signs as it is", async () => {
      const library = await project.startMock({ spec: libraryDocument });
      expect(await runInLibrary(library, inLibrary("replaceBook"))).toMatchObject({ code: 0, stderr: "" });
      expect(library.requests).toMatchObject([{ method: "PUT", body: book, status: 200 }]);
    });

    it("sends headers, cookies and a body that is not JSON", async () => {
      const library = await project.startMock({ spec: libraryDocument });
      expect(await runInLibrary(library, inLibrary("addNote"))).toMatchObject({ code: 0, stderr: "" });
      expect(library.requests).toMatchObject([{ body: "@it's a note\nof 100 %, in $", status: 200 }]);
      expect(library.requests[0]?.headers).toMatchObject({
        "content-type": "text/plain",
        "x-author": 'Jane "J" Doe',
        cookie: "session=a1",
      });
    });

    it("prints the whole body of an error when the document does not say how errors are worded", async () => {
      const library = await project.startMock({ spec: libraryDocument });
      const changed = structuredClone(libraryDocument);
      Object.assign(changed.components.schemas as object, { Book: { type: "object", properties: {} } });
      const sample = find(createSamples(readApi(changed), {}), language, undefined, "replaceBook");
      const ran = await runInLibrary(library, sample);
      expect(ran.code).toBeGreaterThan(0);
      expect(printed(ran, library)).toMatch(/422[^]*"title":|"title":[^]*422/);
      expect(printed(ran, library)).toContain("must have required property 'title'");
    });
  });
}

describe.concurrent("samples, by the tools of their languages,", () => {
  const ofAll = (language: string) => samples.filter((sample) => sample.language === language);
  const saveAll = (some: Sample[]) =>
    Promise.all(some.map(({ source, extension }) => project.save(`sample.${extension}`, source)));

  it("pass the strict checks of TypeScript's compiler against the client", async () => {
    const types = fileURLToPath(new URL("../../../node_modules/@types", import.meta.url));
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
    const files = await saveAll(ofAll("TypeScript"));
    const compile = run("tsc", [...options, "--types", "node", "--typeRoots", types, ...files], {
      cwd: project.folder,
    });
    await expect(compile, "a refusal's stdout says why").resolves.toMatchObject({ stdout: "" });
  });

  const go = toolchains.find(({ language }) => language === "Go")!;
  it.skipIf(isLeftOut(go))(`are laid out as gofmt does: ${titleOf(go)}`, async () => {
    const inLibrary = ["getBook", "replaceBook", "addNote"].map((operationId) =>
      find(createSamples(readApi(libraryDocument), {}), "Go", undefined, operationId),
    );
    const files = await saveAll([...ofAll("Go"), ...inLibrary]);
    const { stdout } = await run("gofmt", ["-d", ...files]);
    expect(stdout).toBe("");
  });

  it("are laid out as oxfmt does: JavaScript and TypeScript", async () => {
    const some = [...ofAll("TypeScript"), ...ofAll("JavaScript")];
    const files = await saveAll(some);
    const options = await project.save(".oxfmtrc.json", '{ "printWidth": 80 }');
    await run("oxfmt", [`--config=${options}`, ...files], { cwd: project.folder });
    const formatted = await Promise.all(files.map((file) => readFile(file, "utf8")));
    expect(formatted).toEqual(some.map(({ source }) => source));
  });
});

it("what the samples printed is what the reference shows", async () => {
  const committed: Recordings = JSON.parse(await readFile(new URL("../recordings.json", import.meta.url), "utf8"));
  const current: Recordings = {};
  for (const { operationId, example = "", language } of samples) {
    const isCommitted = isLeftOut(toolchains.find((each) => each.language === language)!);
    const recording = (isCommitted ? committed : recordings)[operationId]?.[example]?.[language];
    expect(recording, `${operationId}, ${example}, ${language}: did it run?`).toBeDefined();
    const isFirst = [undefined, example].includes(Object.keys(current[operationId] ?? {})[0]);
    const refusal = isFirst && refusals[operationId]?.[language];
    ((current[operationId] ??= {})[example] ??= {})[language] = { ...recording!, ...(refusal && { refusal }) };
  }
  await expect(
    `${JSON.stringify(current, null, 2)}\n`,
    "Run `pnpm --filter @spherepay/reference exec vitest run test/run-samples.test.ts -u` and commit what it changes.",
  ).toMatchFileSnapshot("../recordings.json");
});
