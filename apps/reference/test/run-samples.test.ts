import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { text } from "node:stream/consumers";
import { createMock } from "@spherepay/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenApiDocument } from "../src/openapi.ts";
import { createSamples } from "../src/samples.ts";
import { libraryDocument } from "./library-document.ts";

interface Received {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

const run = promisify(execFile);
const key = "key-of-this-test";
const specification = new URL(import.meta.resolve("@spherepay/spec/openapi.json"));
const document: OpenApiDocument = JSON.parse(await readFile(specification, "utf8"));

let received: Received[] = [];
let server: Server;
let url: string;
let folder: string;

beforeAll(async () => {
  const mock = await createMock();
  server = createServer(async (request, response) => {
    const body = await text(request);
    const { authorization, "content-type": contentType } = request.headers;
    received.push({ method: request.method, url: request.url, authorization, contentType, body });
    const answer = await mock.fetch(`${url}${request.url}`, {
      method: request.method ?? "",
      headers: { ...(authorization && { authorization }), ...(contentType && { "content-type": contentType }) },
      ...(body && { body }),
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  folder = await mkdtemp(join(tmpdir(), "samples-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"));
});

beforeEach(() => {
  received = [];
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Writes a sample to a file as a reader would, with this test's server as the API. */
async function save(from: OpenApiDocument, operationId: string, label: string): Promise<string> {
  const samples = createSamples({ ...from, servers: [{ url }] });
  const sample = samples.find((each) => each.operationId === operationId && each.label === label)!;
  const file = join(folder, `sample.${sample.extension}`);
  // The client brings the addresses of the API itself.
  await writeFile(file, sample.source.replace("createSphereClient({ ", `createSphereClient({ baseUrl: "${url}", `));
  return file;
}

async function runSample(from: OpenApiDocument, operationId: string, label: string, apiKey = key): Promise<string> {
  const file = await save(from, operationId, label);
  const program = file.endsWith(".sh") ? "sh" : process.execPath;
  const { stdout } = await run(program, [file], { env: { ...process.env, SPHERE_API_KEY: apiKey } });
  return stdout;
}

describe.each(["cURL", "TypeScript", "JavaScript"])("a %s sample", (language) => {
  it.each([
    ["", "CreateIndividual"],
    [" · business", "CreateBusiness"],
  ])("sends its example, the key and the content type, and prints the answer (%j)", async (suffix, example) => {
    const output = await runSample(document, "createCustomer", `${language}${suffix}`);

    const { components } = document as unknown as { components: { examples: Record<string, { value: unknown }> } };
    expect(received).toHaveLength(1);
    const [{ body, ...rest }] = received as [Received];
    expect(rest).toEqual({
      method: "POST",
      url: "/v2/customer",
      authorization: `Bearer ${key}`,
      contentType: "application/json",
    });
    expect(JSON.parse(body)).toEqual(components.examples[example]?.value);
    expect(output).toContain("customer_d41608fae4d34d308f85bc3c2b6ca29a");
  });
});

describe.each(["cURL", "JavaScript"])("a %s sample of another API", (language) => {
  it("sends parameters without a body or a key", async () => {
    await runSample(libraryDocument, "getBook", language);
    expect(received).toEqual([
      {
        method: "GET",
        url: "/books/a%20b%2Fc?language=en",
        authorization: undefined,
        contentType: undefined,
        body: "",
      },
    ]);
  });

  it("sends text with quotes, line breaks and dollar signs as it is", async () => {
    await runSample(libraryDocument, "replaceBook", language);
    expect(received[0]?.method).toBe("PUT");
    expect(JSON.parse(received[0]?.body ?? "")).toEqual({ title: "O'Brien's \"$HOME\"\n\\ `end`", pages: 1 });
  });
});

describe("a TypeScript sample", () => {
  it("passes the compiler's strict checks against the client", async () => {
    const types = fileURLToPath(new URL("../../../node_modules/@types", import.meta.url));
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
    for (const label of ["TypeScript", "TypeScript · business"]) {
      const file = await save(document, "createCustomer", label);
      const compile = run("tsc", [...options, "--types", "node", "--typeRoots", types, file], { cwd: folder });
      await expect(compile, "a refusal's stdout says why").resolves.toMatchObject({ stdout: "" });
    }
  });

  it("ends with the client's error when there is no key", async () => {
    await expect(runSample(document, "createCustomer", "TypeScript", "")).rejects.toThrow("apiKey is missing");
    expect(received).toEqual([]);
  });
});
