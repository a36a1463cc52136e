/** The least that a server can do: parse the body, answer with a text. */
import { createServer } from "node:http";
import { answers } from "./calls.ts";

const { status, body } = answers.created;
const headers = { "content-type": "application/json" };
const text = JSON.stringify(body);

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(status, headers).end(text);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
