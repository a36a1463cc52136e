import { createServer, type AddressInfo, type Socket } from "node:net";

export const customer = { id: "customer_1", type: "individual", verificationProfiles: [] };
export const envelope = { ts: "2025-04-20T00:09:16.870Z", error: { general: "No", address: ["Required"] } };

/** Bodies by name, as text with their content type. `nothing` has no content-length either: the connection ends it. */
export const contents = {
  customer: ["application/json", JSON.stringify(customer)],
  "customer called html": ["text/html", JSON.stringify(customer)],
  envelope: ["application/json", JSON.stringify(envelope)],
  html: ["text/html", "<h1>Bad gateway</h1>"],
  null: ["application/json", "null"],
  array: ["application/json", "[]"],
  empty: ["application/json", ""],
  nothing: ["application/json", ""],
} as const;

/** Values of Retry-After by name; those that are dates are made when they are sent. */
export const retryAfters = {
  "0": () => "0",
  "1": () => "1",
  "30": () => "30",
  "61": () => "61",
  huge: () => "99999999999999999999",
  negative: () => "-1",
  garbage: () => "as soon as you like",
  "garbage with a number": () => "try 2099",
  "past date": () => new Date(Date.now() - 60_000).toUTCString(),
  "soon date": () => new Date(Date.now() + 1000).toUTCString(),
  "far date": () => new Date(Date.now() + 3_600_000).toUTCString(),
};

/** What the server does with one attempt. */
export interface Step {
  fault:
    | "none"
    | "refused"
    | "closed before reading"
    | "closed after the head"
    | "closed after the request"
    | "reset after the request"
    | "silence"
    | "headers then silence"
    | "half a body"
    | "endless body";
  /** Whether the server carries out the request before the fault. */
  committed?: boolean;
  status?: number;
  content?: keyof typeof contents;
  retryAfter?: keyof typeof retryAfters;
  location?: "itself" | "elsewhere";
  /** The server closes the connection after the answer without having said so. */
  hangsUp?: boolean;
}

/** What a caller's abort can wait for. */
export type Phase = "before the call" | "at once" | "request read" | "headers sent" | "answered";

/** Closed everywhere, and fetch does not block it; a port of our own could be given to another server. */
const closedPort = "2";

/**
 * A TCP server that plays faults. An attempt is a call of its `fetch`, which is the runtime's own, save that attempts
 * at a `refused` step go to a closed port.
 *
 * @param steps one for each attempt, the last one again and again
 */
export async function startFaultServer(steps: Step[], onPhase: (phase: Phase, attempt: number) => void = () => {}) {
  /** Start of each attempt, in milliseconds. */
  const attempts: number[] = [];
  const seen = { bytes: 0, connections: 0, commits: 0, requests: [] as string[], played: [] as Step[] };
  const sockets = new Set<Socket>();
  /** Sockets with a request that has not been answered in full. */
  const busy = new Set<Socket>();
  const currentStep = () => steps[Math.min(Math.max(attempts.length, 1), steps.length) - 1]!;

  const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    seen.connections++;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => [sockets, busy].forEach((set) => set.delete(socket)));
    // Not noted as played: fetch connects again by itself when it has not written anything yet.
    if (currentStep().fault === "closed before reading") return void socket.destroy();
    let text = "";
    socket.on("data", (chunk) => {
      seen.bytes += chunk.length;
      busy.add(socket);
      text += chunk.toString("latin1");
      const [head, body] = split(text);
      const step = currentStep();
      if (body === undefined) return;
      if (step.fault === "closed after the head" || step.fault === "closed before reading") {
        seen.played.push(step);
        socket.destroy();
      } else if (isWhole(head, body)) {
        text = "";
        seen.requests.push(head.split(" ", 2).join(" "));
        play(socket, step);
      }
    });
    socket.resume();
  });

  function play(socket: Socket, step: Step) {
    seen.played.push(step);
    if (step.committed) seen.commits++;
    onPhase("request read", attempts.length);
    if (step.fault === "silence") return;
    if (step.fault === "closed after the request") return socket.destroy();
    if (step.fault === "reset after the request") return socket.resetAndDestroy();

    const { status = 200, content = "customer" } = step;
    const body = contents[content][1];
    socket.write(headOf(step));
    if (step.fault === "none") {
      if (content === "nothing" || step.hangsUp) socket.end(body);
      else socket.write(body);
      busy.delete(socket);
      return onPhase("answered", attempts.length);
    }
    if (step.fault === "half a body") socket.end(body.slice(0, body.length / 2));
    if (step.fault === "endless body") {
      const timer = setInterval(() => socket.write("3\r\n{} \r\n"), 10);
      socket.on("close", () => clearInterval(timer));
    }
    return onPhase("headers sent", attempts.length);

    function headOf({ fault, retryAfter, location }: Step) {
      const length = fault === "none" ? body.length : body.length + 10;
      return [
        `HTTP/1.1 ${status} Scripted`,
        `content-type: ${contents[content][0]}`,
        ...(fault === "endless body" ? ["transfer-encoding: chunked"] : []),
        ...(fault === "endless body" || content === "nothing" ? [] : [`content-length: ${length}`]),
        ...(retryAfter ? [`retry-after: ${retryAfters[retryAfter]()}`] : []),
        ...(location ? [`location: ${location === "itself" ? "/v2/customer" : "/elsewhere"}`] : []),
        "\r\n",
      ].join("\r\n");
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const countedFetch: typeof fetch = (input, init) => {
    attempts.push(performance.now());
    if (currentStep().fault !== "refused") return fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    url.port = closedPort;
    return fetch(input instanceof Request ? new Request(url, input) : url, init);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetch: countedFetch,
    attempts,
    seen,
    busy,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function split(request: string): [head: string, body: string | undefined] {
  const end = request.indexOf("\r\n\r\n");
  return end < 0 ? [request, undefined] : [request.slice(0, end), request.slice(end + 4)];
}

function isWhole(head: string, body: string): boolean {
  if (/^transfer-encoding: *chunked/im.test(head)) return body.endsWith("0\r\n\r\n");
  return body.length >= Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
}
