/**
 * Whether a POST is sent once, and whole, in whatever kind of body, where the runtime itself may send again on a
 * connection that it reuses. Node.js does not (`runtimes.test.ts`).
 */
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { installRuntimes, runtimePath } from "@spherepay/testing/runtimes";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { anything, makeClient } from "../made-client.ts";
import { run } from "../packed-client.ts";

const object = { type: "object", additionalProperties: true };
const mediaTypes = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  text: "text/plain",
  binary: "application/octet-stream",
};
const post = (operationId: string, requestBody?: object) => ({ operationId, requestBody, responses: anything });
const paths = {
  ...Object.fromEntries(
    Object.entries(mediaTypes).map(([name, type]) => [
      `/${name}`,
      { post: post(name, { content: { [type]: { schema: object } } }) },
    ]),
  ),
  "/none": { post: post("none") },
};

/** Calls each operation twice, the second time on the connection of the first, and prints how that ended. */
const program = (url: string) => `
import { createSphereClient } from "./src/index.ts";
const sphere = createSphereClient({ baseUrl: ${JSON.stringify(url)} });
const file = new File(["content of a file"], "a.txt", { type: "text/plain" });
const data = new FormData();
data.append("file", file);
const calls = [
  ["json", { a: "b" }],
  ["form", { a: "b" }],
  ["form", new URLSearchParams({ a: "b" })],
  ["multipart", { file, meta: { a: "b" } }],
  ["multipart", data],
  ["text", "some text"],
  ["binary", new TextEncoder().encode("some bytes more").subarray(5, 10)],
  ["binary", new Blob(["some bytes"])],
  ["none", undefined],
];
const ends = [];
for (const [name, body] of calls) {
  await sphere[name]({ body });
  const error = await sphere[name]({ body }).catch((thrown) => thrown);
  ends.push([name, error.name, error.outcome, error.attempts]);
}
console.log(JSON.stringify(ends));
`;

/** A server that answers every other request, and breaks the connection after the others were read. */
async function startServer() {
  const requests: { path: string | undefined; type: string | undefined; body: string; reused: boolean }[] = [];
  const used = new WeakSet<object>();
  let answered = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url: path, headers, socket } = request;
      const boundary = /boundary=(.+)/.exec(headers["content-type"] ?? "")?.[1] ?? "no boundary";
      const [type, body] = [headers["content-type"], Buffer.concat(chunks).toString()].map((text) =>
        text?.replaceAll(boundary, "boundary"),
      );
      requests.push({ path, type, body: body!, reused: used.has(socket) });
      used.add(socket);
      answered = !answered;
      if (answered) response.setHeader("content-type", "application/json").end("{}");
      else socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

beforeAll(installRuntimes, 300_000);

test.each([
  ["Bun", runtimePath(".bin/bun")],
  ["Deno", runtimePath(".bin/deno"), "run", "--no-check", "--allow-net"],
])("%s sends each kind of body once, and whole", { timeout: 60_000 }, async (_, command, ...options) => {
  const { folder } = await makeClient(paths);
  const { url, requests } = await startServer();
  await writeFile(join(folder, "main.mjs"), program(url));
  const ends: string[][] = JSON.parse(await run(folder, command, ...options, join(folder, "main.mjs")));

  const names = ["json", "form", "form", "multipart", "multipart", "text", "binary", "binary", "none"];
  expect(ends).toEqual(names.map((name) => [name, "SphereConnectionError", "unknown", 1]));
  expect(requests.map(({ path, reused }) => [path, reused])).toEqual(
    names.flatMap((name) => [false, true].map((reused) => [`/${name}`, reused])),
  );
  for (let index = 0; index < requests.length; index += 2) {
    const [first, second] = requests.slice(index, index + 2);
    expect(second).toMatchObject({ type: first!.type, body: first!.body });
  }
  const bodies = requests.filter(({ reused }) => reused).map(({ body }) => body);
  const texts = [
    '{"a":"b"}',
    "a=b",
    "a=b",
    "content of a file",
    "content of a file",
    "some text",
    "bytes",
    "some bytes",
    "",
  ];
  expect(bodies.map((body, index) => body.includes(texts[index]!))).toEqual(texts.map(() => true));
});
