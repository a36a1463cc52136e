/** Large documents, from the start of the process to the first answer. Exits with 1 when an aim is missed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@spherepay/testing/free-port";
import { median, printTable } from "@spherepay/testing/table";
import { run } from "@spherepay/testing/tools";
import { atMost } from "./aims.ts";

const rounds = 5;
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const documents = fileURLToPath(new URL("documents/", import.meta.url));
const generated = fileURLToPath(new URL("../.generated/", import.meta.url));

interface Start {
  /** Milliseconds from the start of the process to the first answer. */
  readonly ready: number;
  /** The most memory that it had until then, in MB. */
  readonly memory: number;
}

async function start(document: string, path: string): Promise<Start> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, [cli, document, "--port", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const chunk of child.stdout) if (String(chunk).includes("Ctrl-C")) break;
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path} of ${document} is ${response.status}`);
    await response.text();
    const ready = performance.now() - begin;
    const status = await readFile(`/proc/${child.pid}/status`, "utf8");
    return { ready, memory: Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024 };
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
}

/** Writes a document of small operations. */
async function writeSmall(count: number): Promise<string> {
  const schema = { type: "object", properties: { id: { type: "integer" } }, required: ["id"] };
  const content = { "application/json": { schema, example: { id: 1 } } };
  const get = { responses: { 200: { description: "OK", content } } };
  const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}/{id}`, { get }]));
  const file = `${generated}${count}.json`;
  await writeFile(file, JSON.stringify({ openapi: "3.1.0", info: { title: "Small", version: "1" }, paths }));
  return file;
}

await run("pnpm", ["install", "--frozen-lockfile"], documents);
await mkdir(generated, { recursive: true });
const cases: Record<string, [document: string, path: string]> = {
  "one operation": [await writeSmall(1), "/p0/1"],
  "1,000 operations": [await writeSmall(1_000), "/p0/1"],
  "GitHub's": [`${documents}node_modules/@octokit/openapi/generated/api.github.com.json`, "/zen"],
};

const measured = Object.entries(cases).map(([title, parameters]) => ({ title, parameters, starts: [] as Start[] }));
for (let round = 0; round < rounds; round++) {
  for (const { parameters, starts } of measured) starts.push(await start(...parameters));
}
const rows = measured.map(({ title, starts }) => ({
  title,
  ready: median(starts.map(({ ready }) => ready)),
  memory: median(starts.map(({ memory }) => memory)),
}));
const [one, thousand, github] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
const verdicts = [
  `1,000 operations to one ${atMost(thousand.ready / one.ready, 1.5)}`,
  `GitHub's in ms ${atMost(github.ready, 2_000)}`,
  `GitHub's in MB ${atMost(github.memory, 300)}`,
];
printTable(
  "Start of the process to the first answer",
  ["document", "milliseconds", "MB"],
  rows.map(({ title, ready, memory }) => [title, ready.toFixed(0), memory.toFixed(0)]),
  `aims: ${verdicts.join("; ")}; medians of ${rounds} rounds`,
);
if (verdicts.some((verdict) => verdict.endsWith("MISSED"))) process.exitCode = 1;
