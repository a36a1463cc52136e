#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startMockServer } from "./server.ts";

const HELP = `Mocks the SpherePay API, or any other that an OpenAPI 3.x document describes.

Usage: spherepay-mock [--port <number>] [--host <address>] [--spec <file>]

  --port <number>   port to listen on, 0 for any that is free (default 4010)
  --host <address>  address to listen on (default 127.0.0.1)
  --spec <file>     OpenAPI document to mock, JSON or YAML (default: the SpherePay API)
  --help            print this
  --version         print the version`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        spec: { type: "string" },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error("--port takes a number from 0 to 65535");
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
  try {
    const server = await startMockServer(options);
    console.log(`Mock API on ${server.url} (Ctrl-C stops it)`);
    if (server.curl) console.log(`Try:\n\n${server.curl}\n`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const taken = `port ${options.port} on ${options.host} is taken; choose another with --port.`;
    fail(1, code === "EADDRINUSE" ? taken : `${message}.`);
  }
}
