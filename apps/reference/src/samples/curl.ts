import { HTTPSnippet, type HarRequest } from "@readme/httpsnippet";
import { apiKeyVariable } from "./api-key.ts";
import type { SampleRequest } from "./request.ts";

/** Stands for the key in what httpsnippet writes, which would quote a variable. */
const placeholder = "API_KEY_PLACEHOLDER";

/** curl exits with 0 whatever the API answers, and waits for ever, unless it is told not to. */
const options = "--silent --show-error --fail-with-body --max-time 30";

/** Writes a request as a cURL command. httpsnippet knows how a shell quotes. */
export function writeCurl(request: SampleRequest): string {
  const { method, url, authenticated, body } = request;
  const headers = { ...(authenticated && { Authorization: `Bearer ${placeholder}` }), ...request.headers };
  const har = {
    method,
    url,
    httpVersion: "HTTP/1.1",
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    // Of some types httpsnippet sends parameters only. What type it is, the header says.
    ...(body && { postData: { mimeType: body.isJson ? "application/json" : "text/plain", text: body.text } }),
  };
  const [source] = new HTTPSnippet(har as HarRequest).convert("shell", "curl");
  if (!source) throw new Error("httpsnippet writes no cURL.");
  return (
    source
      .replace(" \\\n", ` \\\n  ${options} \\\n`)
      .replace(`'Authorization: Bearer ${placeholder}'`, `"Authorization: Bearer $${apiKeyVariable}"`)
      // Unquoted, the mark would let the shell expand `$` in the body.
      .replace("<<EOF\n", "<<'EOF'\n")
      // The name of a file would follow the `@`.
      .replace(/ --data (?='?@(?!- <<))/, " --data-raw ")
  );
}
