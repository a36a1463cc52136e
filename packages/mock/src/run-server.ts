import { watch } from "node:fs";
import { dirname, resolve } from "node:path";
import { styleText } from "node:util";
import { curl } from "./curl.ts";
import { readSource } from "./document/source.ts";
import { createHandler, type Handler } from "./handler/handler.ts";
import type { Answer } from "./handler/response.ts";
import { listen } from "./listen.ts";
import type { MockOptions, MockRequest } from "./types.ts";

/** What the command line says. */
interface Options extends MockOptions {
  port: number;
  host: string;
  spec: string | undefined;
  watch: boolean;
  verbose: boolean;
}

/**
 * Compiles all of a document, and prints what of it cannot be checked and which examples break their schemas.
 *
 * @returns whether there is nothing of that kind
 * @throws {Error} When the document cannot be loaded.
 */
export async function checkSpec(spec: string | undefined): Promise<boolean> {
  const { operations, warnings, checkAll } = await createHandler({ spec }, () => {});
  checkAll();
  for (const warning of warnings) console.log(`Warning: ${printable(warning)}`);
  console.log(`${counted(operations.length, "operation")}, ${counted(warnings.length, "warning")}`);
  return warnings.length === 0;
}

function counted(count: number, what: string): string {
  return `${count || "no"} ${what}${count > 1 ? "s" : ""}`;
}

/**
 * Runs a mock server until Ctrl-C, and prints what happens.
 *
 * @throws {Error} When the document cannot be loaded, or with the `code` of Node when it cannot listen.
 */
export async function runServer({ port, host, watch: isWatched, verbose, ...options }: Options): Promise<void> {
  const { spec, strict, callbacks, dynamic, ignoreExamples, errors, cors, seed } = options;
  const mockOptions = { spec, strict, callbacks, dynamic, ignoreExamples, errors, cors, seed };
  // Before the document is read, so that no change is missed.
  const stopWatching = isWatched ? await watchDocument(spec!, reload) : undefined;
  let handler = await load();
  async function load() {
    const loaded = await createHandler(mockOptions, (request, answer) => {
      printRequest(request, answer, verbose);
      printWarnings(loaded);
    });
    return loaded;
  }
  async function reload() {
    try {
      handler = await load();
      console.log(`Loaded ${spec} again`);
      printWarnings(handler);
    } catch (error) {
      console.error(`${(error as Error).message}. The mock goes on with the document as it was.`);
    }
  }

  const server = await listen(() => handler, port, host);
  console.log(`Mock API on ${server.url} (Ctrl-C stops it)`);
  const command = curl(server.url, handler.operations);
  if (command) console.log(`Try:\n\n${command}\n`);
  printWarnings(handler);

  const stop = async () => {
    await stopWatching?.();
    await server.close();
    console.log("Stopped");
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}

const printedWarnings = new WeakMap<Handler, number>();

/** Prints what has come to the warnings since the last time. */
function printWarnings(handler: Handler): void {
  const { warnings } = handler;
  for (const warning of warnings.slice(printedWarnings.get(handler))) print(`Warning: ${printable(warning)}\n`);
  printedWarnings.set(handler, warnings.length);
}

function printRequest(request: MockRequest, answer: Answer, verbose: boolean): void {
  const { method, path, violations } = request;
  const [route = "", query] = path.split("?", 2);
  // Values may be customer data.
  const names = query === undefined ? "" : `?${[...new URLSearchParams(query).keys()].join("&")}`;
  const lines = violations.map(({ in: place, path: field, message }) => `${field || `the ${place}`}: ${message}`);
  if (verbose) lines.push(`> ${textOf(request.body)}`, `< ${textOf(answer.body)}`);
  print(`${method} ${printable(route + names)} ${coloured(answer.status)}\n`);
  for (const line of lines) print(`  ${printable(line)}\n`);
}

const colouredStatuses = new Map<number, string>();

/** A status in its colour, made once: to look at the terminal takes as long as to answer. */
function coloured(status: number): string {
  const known = colouredStatuses.get(status);
  if (known) return known;
  const text = styleText(status < 300 ? "green" : status < 500 ? "yellow" : "red", String(status));
  colouredStatuses.set(status, text);
  return text;
}

let unprinted = "";

/** Prints once for all requests that come at the same time: to print takes longer than to answer. */
function print(text: string): void {
  if (unprinted === "") {
    setImmediate(() => {
      process.stdout.write(unprinted);
      unprinted = "";
    });
  }
  unprinted += text;
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : (JSON.stringify(body) ?? "no body");
}

/** Names and bodies are what anybody sent, and a terminal obeys control characters. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\uFFFD");
}

/**
 * Watches a document and the files that it refers to.
 *
 * @param onChange is called a moment after the last of several changes
 * @returns stops it
 */
async function watchDocument(spec: string, onChange: () => Promise<void>): Promise<() => Promise<void>> {
  const files = new Set([resolve(spec)]);
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  async function start() {
    // What a broken document refers to cannot be told; then the files of before are watched.
    const source = await readSource(spec).catch(() => undefined);
    source?.files.forEach((file) => files.add(file));
    // Folders, because editors replace files.
    const watchers = [...new Set([...files].map(dirname))].map((folder) =>
      watch(folder, (_, name) => {
        if (name === null || !files.has(resolve(folder, name))) return;
        clearTimeout(timer);
        timer = setTimeout(() => (work = work.then(change)), 50);
      }),
    );
    stop = () => watchers.forEach((watcher) => watcher.close());
  }
  async function change() {
    await onChange();
    const stopOld = stop;
    await start();
    stopOld();
  }
  await start();
  return async () => {
    clearTimeout(timer);
    // It may be about to watch anew.
    await work;
    stop();
  };
}
