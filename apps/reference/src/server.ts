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

const headers = {
  // Redoc makes its styles as it runs and puts SVG pictures and an icon font into them.
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // Also on 304, which sirv answers before it would set this.
  Vary: "Accept-Encoding",
};

/** What sirv names otherwise, or without a charset. */
const contentTypes: Record<string, string> = {
  md: "text/markdown; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  // RFC 9512
  yaml: "application/yaml",
};

/**
 * Serves the built reference, compressed where a compressed form lies beside a file. Every request reads the file anew,
 * so a rebuilt reference needs no restart.
 *
 * @param options.port port to listen on; 0 takes a free one. @default 0
 * @param options.host address to listen on. @default "127.0.0.1"
 * @param options.site folder to serve. @default the built reference
 * @throws Error the system's own, when the server can't listen: its `code` is EADDRINUSE when the port is taken
 * @example
 * const reference = await startReferenceServer({ port: 4020 });
 * console.log(reference.url);
 * await reference.close();
 */
export async function startReferenceServer({
  port = 0,
  host = "127.0.0.1",
  site = new URL("../dist/", import.meta.url),
} = {}): Promise<ReferenceServer> {
  const serve = sirv(fileURLToPath(site), { dev: true, etag: true, brotli: true, gzip: true, setHeaders });
  const server = createServer((request, response) => {
    response.setHeaders(new Map(Object.entries(headers)));
    request.headers["accept-encoding"] = leaveOutRefused(request.headers["accept-encoding"]);
    serve(request, response, () => sendNotFound(response, site));
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

function setHeaders(response: ServerResponse, path: string) {
  const named = /\.[0-9a-f]{12}\.\w+$/.test(path);
  response.setHeader("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
  const contentType = contentTypes[path.split(".").at(-1) ?? ""];
  if (contentType) response.setHeader("Content-Type", contentType);
}

/** sirv looks for names of encodings only; one with the weight 0 is refused (RFC 9110, section 12.4.2). */
function leaveOutRefused(acceptEncoding: string | string[] = ""): string {
  return [acceptEncoding]
    .flat()
    .join(",")
    .split(",")
    .filter((encoding) => !/;\s*q=0(?:\.0*)?\s*$/i.test(encoding))
    .join(",");
}

async function sendNotFound(response: ServerResponse, site: URL) {
  const page = await readFile(new URL("404.html", site)).catch(() => "The reference is not built.");
  response.writeHead(404, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache" }).end(page);
}

if (import.meta.main) {
  const { url } = await startReferenceServer({ port: Number(process.env.REFERENCE_PORT ?? 4020) });
  console.log(`The reference is at ${url}`);
}
