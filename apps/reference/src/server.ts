import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

/** A server that runs. */
export interface ReferenceServer {
  /** Address of the reference, without a slash at its end: `http://127.0.0.1:4020`. */
  url: string;
  /** Stops the server and ends its open connections. */
  close(): Promise<void>;
}

const site = new URL("../dist/", import.meta.url);

const headers = {
  // Redoc makes its styles as it runs and puts SVG pictures and an icon font into them.
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/**
 * Serves the built reference. Every request reads the file anew, so a rebuilt reference needs no restart.
 *
 * @param options.port port to listen on; 0 takes a free one. @default 0
 * @param options.host address to listen on. @default "127.0.0.1"
 * @throws Error the system's own, when the server can't listen: its `code` is EADDRINUSE when the port is taken
 * @example
 * const reference = await startReferenceServer({ port: 4020 });
 * console.log(reference.url);
 * await reference.close();
 */
export async function startReferenceServer({ port = 0, host = "127.0.0.1" } = {}): Promise<ReferenceServer> {
  const serve = sirv(fileURLToPath(site), { dev: true, etag: true, setHeaders: setCacheControl });
  const server = createServer((request, response) => {
    response.setHeaders(new Map(Object.entries(headers)));
    serve(request, response, () => sendNotFound(response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function setCacheControl(response: ServerResponse, path: string) {
  const named = /\.[0-9a-f]{12}\.\w+$/.test(path);
  response.setHeader("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
}

async function sendNotFound(response: ServerResponse) {
  const page = await readFile(new URL("404.html", site)).catch(() => "The reference is not built.");
  response.writeHead(404, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache" }).end(page);
}

if (import.meta.main) {
  const { url } = await startReferenceServer({ port: Number(process.env.REFERENCE_PORT ?? 4020) });
  console.log(`The reference is at ${url}`);
}
