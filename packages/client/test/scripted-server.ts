import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What the server does with one request, once it has read it. */
export type Step = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers with a status and a body: JSON, or the text as it is. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Step {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (response) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** Drops the connection. */
export const drop: Step = (response) => response.destroy();

/**
 * A real HTTP server that plays one step for each request, the last one again and again. It stops with the test.
 *
 * @returns its address and the requests that it has read
 */
export async function scriptedServer(...steps: Step[]) {
  const requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    requests.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    steps[Math.min(requests.length, steps.length) - 1]!(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}
