import type { Context } from "hono";

/**
 * A handler that always answers the same text. It is compressed once, when the app starts: no later answer pays for it.
 *
 * @param text what to answer
 * @param headers headers of the answer, the content type among them
 */
export function constant(text: string, headers: Record<string, string>): (context: Context) => Promise<Response> {
  const plain = new TextEncoder().encode(text);
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream("gzip"));
  const compressed = new Response(stream).arrayBuffer().then((buffer) => new Uint8Array(buffer));
  const plainInit = { headers: { ...headers, vary: "accept-encoding" } };
  const compressedInit = {
    headers: { ...plainInit.headers, "content-encoding": "gzip" },
    // For workerd, which would compress it again.
    encodeBody: "manual",
  };
  return async (context) =>
    /\bgzip\b(?!\s*;\s*q=0(\.0*)?\b)/.test(context.req.header("accept-encoding") ?? "")
      ? new Response(await compressed, compressedInit)
      : new Response(plain, plainInit);
}
