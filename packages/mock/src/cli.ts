#!/usr/bin/env node
import { readFileSync } from "node:fs";
import module from "node:module";
import { parseArgs } from "node:util";

const HELP = `Mocks the SpherePay API, or any other that an OpenAPI 3.x document describes.

Usage: spherepay-mock [<document>] [options]

  <document>         OpenAPI document to mock, JSON or YAML, path or URL (default: the SpherePay API)
  --spec <document>  the same
  -p, --port <number>   port to listen on, 0 for any that is free (default 4010)
  -h, --host <address>  address to listen on (default 127.0.0.1)
  --watch            load the document again whenever it, or a file that it refers to, changes
  --strict           refuse a document of which something cannot be checked, or whose examples break their schemas
  --check            only say what --strict would refuse; exits with 1 when there is something

  -d, --dynamic      make values up by chance instead of answering with examples
  --seed <text>      make up the same values for each request
  --ignore-examples  take the document for one without examples
  --errors           answer 500 instead of an answer that breaks its schema
  --callbacks        send the callbacks of the document, to whatever address a request names
  --no-cors          let no page of another origin read the answers

  --verbose          print the bodies of requests and answers too; credentials are never printed
  --help             print this
  --version          print the version

Each request is printed with its status and with what is wrong with it.`;

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      allowNegative: true,
      options: {
        port: { type: "string", short: "p", default: "4010" },
        host: { type: "string", short: "h", default: "127.0.0.1" },
        spec: { type: "string" },
        watch: { type: "boolean", default: false },
        strict: { type: "boolean", default: false },
        check: { type: "boolean", default: false },
        dynamic: { type: "boolean", short: "d", default: false },
        seed: { type: "string" },
        "ignore-examples": { type: "boolean", default: false },
        errors: { type: "boolean", default: false },
        callbacks: { type: "boolean", default: false },
        cors: { type: "boolean", default: true },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    });
    const documents = [...positionals, ...(values.spec === undefined ? [] : [values.spec])];
    const [spec] = documents;
    const port = Number(values.port);
    if (documents.length > 1) throw new Error(`one document can be mocked, not ${documents.join(" and ")}`);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error("--port takes a number from 0 to 65535");
    if (values.watch && spec === undefined) throw new Error("--watch needs the file of a document");
    return { ...values, ignoreExamples: values["ignore-examples"], spec, port };
  } catch (error) {
    // Node explains in further sentences how an argument may begin with a dash.
    return fail(2, `${(error as Error).message.split(". ")[0]!.replace(/\.$/, "")}; see spherepay-mock --help.`);
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
  // Node has it from 22.1 on.
  module.enableCompileCache?.();
  // Loaded here, so that nobody waits for it who asks for help.
  const { checkSpec, runServer } = await import("./run-server.ts");
  try {
    if (options.check) process.exitCode = (await checkSpec(options.spec)) ? 0 : 1;
    else await runServer(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const taken = `port ${options.port} on ${options.host} is taken; choose another with --port.`;
    fail(1, code === "EADDRINUSE" ? taken : `${message}.`);
  }
}
