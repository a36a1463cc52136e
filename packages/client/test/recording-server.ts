import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as it came over the socket. */
export interface Recorded {
  method: string;
  /** As on the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a server answers. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A server that keeps what it is sent until the end of the test, and answers `{}` if it is not told otherwise. */
export async function startRecordingServer(answer: (request: Recorded) => Answer = () => ({})) {
  const requests: Recorded[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: target = "", headers } = request;
      const recorded = { method, target, headers, body: Buffer.concat(chunks) };
      requests.push(recorded);
      const { status = 200, headers: more = { "content-type": "application/json" }, body = "{}" } = answer(recorded);
      response.writeHead(status, more).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
