/** The least that a server can do: parse the body, if there is one, and answer with a text. */
import { createServer } from "node:http";
import { scenarios } from "./calls.ts";

const { status, answer } = scenarios.created;
const headers = { "content-type": "application/json" };
const text = JSON.stringify(answer);

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(status, headers).end(text);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
