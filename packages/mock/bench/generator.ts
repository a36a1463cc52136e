/** Sends one request many times on eight connections that are kept. Prints how many had another status than asked for. */
import { Agent, request } from "node:http";

const [url = "", status, count, method, headers = "", body] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const options = { method, headers: JSON.parse(headers), agent };
let left = Number(count);
let wrong = 0;

function send(): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      if (String(response.statusCode) !== status) wrong++;
      response.resume().on("end", resolve).on("error", reject);
    });
    sent.on("error", reject).end(body);
  });
}

async function work(): Promise<void> {
  while (left-- > 0) await send();
}

await Promise.all(Array.from({ length: 8 }, work));
agent.destroy();
console.log(wrong);
