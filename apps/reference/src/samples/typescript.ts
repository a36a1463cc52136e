import { access, javascript, literal } from "./literal.ts";
import type { SampleRequest } from "./request.ts";

/** Writes a request as a call of `@spherepay/client`. */
export function writeTypeScript({ operationId, clientOptions, parameters, body, errorFields }: SampleRequest): string {
  const argument = {
    ...(Object.keys(parameters).length > 0 && { params: parameters }),
    ...(body && { body: body.value }),
  };
  const result = nameResult(operationId);
  const call = `  const ${result} = await sphere${access([operationId])}(`;
  const written = Object.keys(argument).length > 0 ? literal(argument, javascript, 1, call.length + 2) : "";
  const reasons = errorFields.length > 0 ? "error.generalError ?? error.fieldErrors" : "error.body";
  return `import { createSphereClient, isSphereApiError } from "@spherepay/client";

const sphere = createSphereClient(${literal(clientOptions, javascript, 0, "const sphere = createSphereClient();".length)});
try {
${call}${written});
  console.dir(${result}, { depth: null });
} catch (error) {
  if (!isSphereApiError(error)) throw error;
  console.error(error.message, ${reasons});
  process.exitCode = 1;
}`;
}

const taken = new Set([
  "",
  "class",
  "console",
  "default",
  "export",
  "function",
  "import",
  "interface",
  "package",
  "process",
  "sphere",
]);

/** Names a result after what the operation is about: `createThing` gives `thing`. */
function nameResult(operationId: string): string {
  const noun = operationId.replace(/^[a-z]+/, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return taken.has(noun) || javascript.key(noun) !== noun ? "result" : noun;
}
