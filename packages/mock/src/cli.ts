#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";

const HELP = `Mocks the SpherePay API, or any other that an OpenAPI 3.x document describes.

Usage: spherepay-mock [--port <number>] [--host <address>] [--spec <file> [--watch]] [--verbose]

  --port <number>   port to listen on, 0 for any that is free (default 4010)
  --host <address>  address to listen on (default 127.0.0.1)
  --spec <file>     OpenAPI document to mock, JSON or YAML (default: the SpherePay API)
  --watch           load the document again whenever it, or a file that it refers to, changes
  --verbose         print the bodies of requests and answers too; credentials are never printed
  --help            print this
  --version         print the version

Each request is printed with its status and with what is wrong with it.`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        spec: { type: "string" },
        watch: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error("--port takes a number from 0 to 65535");
    if (values.watch && values.spec === undefined) throw new Error("--watch needs the file that --spec names");
    return { ...values, port };
  } catch (error) {
    return fail(2, `${(error as Error).message}; see spherepay-mock --help.`);
  }
}

function fail(code: number, message: string): never {
  console.error(`spherepay-mock: ${message}`);
  process.exit(code);
}

const options = readOptions();
if (options.help) {
  console.log(HELP);
} else if (options.version) {
  console.log(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
} else {
  // Prism is some hundred files: what is compiled of them once is there at the next start.
  enableCompileCache();
  // Loaded here, so that nobody waits for it who asks for help.
  const { runServer } = await import("./run-server.ts");
  try {
    await runServer(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const taken = `port ${options.port} on ${options.host} is taken; choose another with --port.`;
    fail(1, code === "EADDRINUSE" ? taken : `${message}.`);
  }
}
