import {
  createInstance,
  NOT_FOUND,
  type ProblemJson,
  ProblemJsonError,
  type PrismHttpComponents,
} from "@stoplight/prism-http";
import { findErrorBody, generalError, type Violation, violationsError } from "./error-body.ts";
import type { Mock } from "./mock.ts";
import type { Operation } from "./operations.ts";
import { problem, readPreferences, readRequest } from "./request.ts";
import { toResponse } from "./response.ts";

const CONFIG = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

const silent = () => {};
const logger = {
  trace: silent,
  debug: silent,
  info: silent,
  success: silent,
  warn: silent,
  error: silent,
  child: () => logger,
} as unknown as PrismHttpComponents["logger"];

/** The mock of loaded operations. Apart from `createMock`, because its types lead to those of Prism. */
export function mockOperations(operations: Operation[]): Mock {
  const errorBody = findErrorBody(operations);
  // `createInstance` fills in the components that it uses.
  const components = { logger } as PrismHttpComponents;
  const prism = createInstance(CONFIG, components);
  type Input = Parameters<typeof prism.request>[0];

  async function handle(request: Request): Promise<Response> {
    const input = await readRequest(request);
    const preferences = readPreferences(input.headers?.["prefer"]);
    const route = components.route({ resources: operations, input });
    if ("left" in route) {
      const response = refuse(route.left);
      if (response.status === 405) response.headers.set("allow", allowedMethods(input));
      return response;
    }
    const rejection = reject(route.right, input);
    // `Prefer: code=400` asks for the document's own 400, even of a request that is rejected with it.
    if (rejection && rejection.status !== preferences.code) return rejection;

    // Prism keeps the first `Accept` in the configuration that it is given, so each call gets its own.
    const result = await prism.request(input, [route.right], { ...CONFIG, mock: preferences })();
    if ("right" in result) return toResponse(result.right);
    if (result.left instanceof ProblemJsonError || input.headers?.["prefer"] === undefined) throw result.left;
    // Prism wraps a `Prefer: code=…` whose other wishes cannot be met in a plain error, which would be a 500.
    throw ProblemJsonError.fromTemplate(NOT_FOUND, "The document describes no such response");
  }

  /** Refuses a request that breaks the document, where the document says how. */
  function reject(operation: Operation, input: Input): Response | undefined {
    if (!errorBody) return undefined;
    const violations: Violation[] = [components.validateSecurity, components.validateInput]
      .flatMap((validate) => {
        const result = validate({ resource: operation, element: input });
        return "left" in result ? result.left : [];
      })
      .filter(({ severity }) => severity === 0);
    if (violations.length === 0) return undefined;
    if (violations.some(({ code }) => code === 401)) {
      return refuse(problem(401, "Unauthorized", "Unauthorized: the credentials are missing or malformed"));
    }
    if (input.body !== undefined && input.headers?.["content-type"] === undefined) {
      return refuse(problem(415, "Unsupported Media Type", "The Content-Type header is missing"));
    }
    const unsupported = violations.find(({ code }) => code === 415);
    if (unsupported) {
      return refuse(problem(415, "Unsupported Media Type", `Unsupported content type. ${unsupported.message}`));
    }
    // Prism's own choice: the first of these that the operation describes, else 422.
    const status = ["422", "400"].find((code) => operation.responses.some((response) => response.code === code));
    return Response.json(violationsError(errorBody, violations, operation, input.body), {
      status: Number(status ?? 422),
    });
  }

  function refuse(error: Error): Response {
    const details: ProblemJson & { headers?: Record<string, string> } = ProblemJsonError.toProblemJson(error);
    return Response.json(errorBody ? generalError(errorBody, details.detail || details.title) : details, {
      status: details.status,
      headers: {
        ...details.headers,
        // The rest of the body stays unread, so the connection cannot carry another request.
        ...(details.status === 413 && { connection: "close" }),
        "content-type": errorBody ? "application/json" : "application/problem+json",
      },
    });
  }

  function allowedMethods(input: Input): string {
    return operations
      .filter((operation) => {
        const method = operation.method as Input["method"];
        return "right" in components.route({ resources: [operation], input: { ...input, method } });
      })
      .map(({ method }) => method.toUpperCase())
      .join(", ");
  }

  return {
    async fetch(input, init) {
      // A server's adapter may hand over a stand-in for a request, which must not be copied before it is needed.
      const request = input instanceof Request && init === undefined ? input : new Request(input, init);
      request.signal.throwIfAborted();
      try {
        return await handle(request);
      } catch (error) {
        request.signal.throwIfAborted();
        if (error instanceof ProblemJsonError) return refuse(error);
        console.error("The mock failed to answer a request:", error);
        return refuse(problem(500, "Internal Server Error", "The mock failed to answer this request"));
      }
    },
  };
}
