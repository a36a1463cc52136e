import { startMockServer, type MockServer } from "@spherepay/mock";
import { readApiFile } from "@spherepay/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSamples } from "../src/samples.ts";
import { isLeftOut, openProject, titleOf, toolchains, type Ran } from "./sample-project.ts";
import { vendorSamples } from "./vendor-samples.ts";

type Language = keyof typeof vendorSamples;

/**
 * The five defects of the samples on the vendor's page, as spec/README.md lists them: each is shown by running the
 * page's sample, and to be gone by running ours.
 */
const from = "https://api.sandbox.spherepay.co";
const { api } = await readApiFile(import.meta.resolve("@spherepay/spec/openapi.json"));
const samples = createSamples(api);
const go = toolchains.find(({ language }) => language === "Go")!;
const python = toolchains.find(({ language }) => language === "Python")!;

let project: Awaited<ReturnType<typeof openProject>>;

beforeAll(async () => {
  project = await openProject();
});

afterAll(() => project.remove());

type Address = Pick<MockServer, "url">;

function runVendors({ url }: Address, language: Language, mend = (source: string) => source): Promise<Ran> {
  const { extension, source } = vendorSamples[language];
  return project.run({ language, extension, source: mend(source) }, { from, to: url, key: "test" });
}

function runOurs({ url }: Address, language: string, example = "individual"): Promise<Ran> {
  const sample = samples.find((each) => each.language === language && each.example === example)!;
  return project.run(sample, { from, to: url, key: "test" });
}

/** What has to be mended for a sample to get as far as the API. */
const mends: Record<Language, (source: string) => string> = {
  cURL: (source) => source,
  JavaScript: (source) => replaceOnce(source, "  body\n", '  body, method: "POST"\n'),
  Go: (source) => source.replace("body, _ :=", "bytes, _ :=").replace("string(body)", "string(bytes)"),
  Python: (source) => source,
};

function replaceOnce(source: string, search: string, replacement: string): string {
  expect(source.split(search)).toHaveLength(2);
  return source.replace(search, replacement);
}

describe.concurrent("defect 1: no sample sends the key, even where it gets as far as the API; ours does:", () => {
  for (const toolchain of toolchains.filter(({ language }) => language in vendorSamples)) {
    const language = toolchain.language as Language;
    it.skipIf(isLeftOut(toolchain))(`${titleOf(toolchain)}`, async () => {
      const mock = await project.startMock();
      await runVendors(mock, language, mends[language]);
      await runOurs(mock, language);
      expect(mock.requests.map(({ status }) => status)).toEqual([401, 200]);
      expect(mock.requests[0]?.headers).not.toHaveProperty("authorization");
      expect(mock.requests[1]?.headers).toMatchObject({ authorization: "Bearer test" });
    });
  }
});

describe.concurrent("defect 2", () => {
  it("the JavaScript sample has no method, so fetch throws and nothing is sent; ours is answered", async () => {
    const mock = await project.startMock();
    const ran = await runVendors(mock, "JavaScript");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("Request with GET/HEAD method cannot have body.");
    expect(mock.requests).toEqual([]);

    expect(await runOurs(mock, "JavaScript")).toMatchObject({ code: 0, stderr: "" });
    expect(mock.requests).toMatchObject([{ method: "POST", status: 200 }]);
  });

  it("with a method it still sends text, and nobody waits for the answer; ours sends JSON and prints it", async () => {
    const mock = await project.startMock();
    expect(await runVendors(mock, "JavaScript", mends.JavaScript)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(mock.requests[0]?.headers["content-type"]).toBe("text/plain;charset=UTF-8");

    expect((await runOurs(mock, "JavaScript")).stdout).toContain("customer_");
    expect(mock.requests[1]?.headers["content-type"]).toBe("application/json");
  });
});

describe.skipIf(isLeftOut(go)).concurrent(`defect 3: ${titleOf(go)}`, () => {
  it("the Go sample does not compile, because it declares `body` twice; ours runs", async () => {
    const mock = await project.startMock();
    const ran = await runVendors(mock, "Go");
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.stderr).toContain("no new variables on left side of :=");
    expect(mock.requests).toEqual([]);

    expect(await runOurs(mock, "Go")).toMatchObject({ code: 0, stderr: "" });
    expect(mock.requests).toMatchObject([{ method: "POST", status: 200 }]);
  });

  it("with another name it drops every error, so a lost connection is a panic; ours names the error", async () => {
    const gone = await startMockServer();
    await gone.close();
    const vendors = await runVendors(gone, "Go", mends.Go);
    expect(vendors.stderr).toContain("panic: runtime error: invalid memory address or nil pointer dereference");

    const ours = await runOurs(gone, "Go");
    expect(ours.code).toBe(1);
    expect(ours.stderr).toContain("connection refused");
    expect(ours.stderr).not.toContain("panic");
  });
});

describe.concurrent("defect 4", () => {
  it("the cURL sample exits with 0 although the API refused it; ours fails", async () => {
    const mock = await project.startMock();
    mock.fail({ status: 401, times: 2 });
    expect(await runVendors(mock, "cURL")).toMatchObject({ code: 0 });
    expect(await runOurs(mock, "cURL")).toMatchObject({ code: 22 });
    expect(mock.requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  it.skipIf(isLeftOut(python))(`so does the one in ${titleOf(python)}; ours fails`, async () => {
    const mock = await project.startMock();
    mock.fail({ status: 401, times: 2 });
    expect(await runVendors(mock, "Python")).toMatchObject({ code: 0, stderr: "" });
    expect(await runOurs(mock, "Python")).toMatchObject({ code: 1, stderr: expect.stringContaining("answered 401") });
    expect(mock.requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  it("the API may leave all four waiting for ever; each of ours sets a limit", () => {
    const limit = /--max-time 30|AbortSignal\.timeout\(30_000\)|Timeout: 30 \* time\.Second|timeout=30/;
    for (const [language, { source }] of Object.entries(vendorSamples)) {
      expect(source).not.toMatch(/time/);
      expect(samples.find((sample) => sample.language === language)?.source).toMatch(limit);
    }
  });
});

describe.concurrent("defect 5", () => {
  it("what the samples send is refused even with a key; what ours send is accepted, for a business too", async () => {
    const mock = await project.startMock();
    const withKey = (source: string) => replaceOnce(source, " -H", ' -H "Authorization: Bearer test" -H');
    const ran = await runVendors(mock, "cURL", withKey);
    expect(ran.stdout).toContain("Expected 'individual' | 'business'");

    await runOurs(mock, "cURL");
    await runOurs(mock, "cURL", "business");
    expect(mock.requests).toMatchObject([
      { body: { type: "string" }, status: 400 },
      { body: { type: "individual" }, status: 200 },
      { body: { type: "business" }, status: 200 },
    ]);
  });
});
