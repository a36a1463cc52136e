import { once } from "node:events";
import { connect } from "node:net";
import { createMock, startMockServer } from "@spherepay/mock";

const headers = { authorization: "Bearer test", "content-type": "application/json" };
const body = JSON.stringify({ type: "individual", address: { state: "CA", country: "USA" } });
const post = { method: "POST", headers, body };
const path = "/v2/customer";

/** Calls the packed mock in every way that may end differently in another runtime. Returns values that survive JSON. */
export async function scenario() {
  const mock = await createMock({ seed: 1 });
  const ask = (init) => resultOf(mock.fetch(`https://api.example${path}`, init));
  const faulty = (fault) => {
    mock.fail(fault);
    return ask(post);
  };
  const inProcess = {
    valid: await ask(post),
    wrong: await ask({ ...post, body: '{"type":"individual"}' }),
    dynamic: await ask({ ...post, headers: { ...headers, prefer: "dynamic=true" } }),
    status: await faulty({ status: 503 }),
    dropped: await faulty({ drop: "after" }),
    half: await faulty({ truncate: true }),
    yaml: await resultOf((await createMock({ spec: "document.yaml" })).fetch("https://api.example/a?list=1&list=2")),
  };

  const server = await startMockServer();
  const send = (text) => exchange(Number(new URL(server.url).port), text);
  const request = (length, text) =>
    `POST ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n` +
    `authorization: Bearer test\r\ncontent-length: ${length}\r\n\r\n${text}`;
  const sendFaulty = (fault) => {
    server.fail(fault);
    return send(request(body.length, body));
  };
  const overSocket = {
    fetched: await resultOf(fetch(server.url + path, post)),
    valid: await send(request(body.length, body)),
    before: await sendFaulty({ drop: "before" }),
    after: await sendFaulty({ drop: "after" }),
    half: await sendFaulty({ truncate: true }),
    late: await sendFaulty({ delay: 100 }),
    noHttp: await send("GARBAGE\r\n\r\n"),
    twoHosts: await send("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n"),
    proxied: await send("CONNECT a.example:1 HTTP/1.1\r\nhost: a.example:1\r\n\r\n"),
    headers: await send(`GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(40_000)}\r\n\r\n`),
    large: await send(request(20_000_000, "x".repeat(20_000_000))),
    slow: await send(request(10, "abc")),
  };
  const statuses = server.requests.map(({ status, fault }) => [status, fault?.drop]);
  await server.close();
  const gone = await resultOf(fetch(server.url + path, post));
  return { inProcess, overSocket, statuses, gone };
}

async function resultOf(call) {
  try {
    const response = await call;
    return `${response.status} ${(await response.text()).slice(0, 6)}`;
  } catch (error) {
    return error.name;
  }
}

/** Sends bytes, and reads the first line of the answer and the length of what comes after its head. */
async function exchange(port, text) {
  const socket = connect(port, "127.0.0.1");
  let read = "";
  socket.on("data", (chunk) => (read += chunk));
  // A server may stop reading what is too large.
  socket.on("error", () => {});
  socket.write(text);
  await once(socket, "close");
  const [head, ...rest] = read.split("\r\n\r\n");
  const wanted = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  const isWhole = rest.join("\r\n\r\n").length === wanted;
  return read === "" ? "nothing" : `${head.slice(0, 12)}${isWhole ? "" : ", not whole"}`;
}
