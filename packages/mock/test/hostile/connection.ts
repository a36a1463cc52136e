import { once } from "node:events";
import { connect } from "node:net";

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

/** A connection on which any bytes can be sent, well-formed or not. */
export interface RawConnection {
  /** Sends bytes; text stands for its bytes in UTF-8. */
  send(bytes: Uint8Array | string): void;
  /** Sends no more, but goes on reading. */
  end(): void;
  /** Goes away without a word. */
  reset(): void;
  /**
   * Waits for the next answer; interim ones (1xx) are passed over.
   *
   * @param isBodiless whether it is the answer to a HEAD request
   * @returns `undefined` when the server has closed the connection instead
   * @throws when it takes longer than so many milliseconds, of waiting or of work on this thread
   */
  next(isBodiless?: boolean, milliseconds?: number): Promise<RawAnswer | undefined>;
}

/** How long an answer may take, in milliseconds. */
const PROMPT = 1000;
const STEP = 50;

/** Opens a connection to a server at 127.0.0.1. */
export async function openConnection(port: number): Promise<RawConnection> {
  let received = Buffer.alloc(0);
  let isClosed = false;
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  let wake = () => {};
  const close = () => {
    isClosed = true;
    wake();
  };
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  // A server that closes while bytes are on their way resets the connection.
  socket.on("error", () => {});
  socket.on("end", close).on("close", close);
  await once(socket, "connect");

  const take = (isBodiless: boolean): RawAnswer | undefined => {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const [line = "", ...lines] = received.toString("latin1", 0, end).split("\r\n");
    const [, digits] = /^HTTP\/1\.1 (\d{3}) /.exec(line) ?? [];
    if (!digits) throw new Error(`This is no answer: ${line}`);
    const headers = Object.fromEntries(
      lines.map((header) => [header.split(":", 1)[0]!.toLowerCase(), header.slice(header.indexOf(":") + 1).trim()]),
    );
    const isInterim = digits.startsWith("1");
    const length = isBodiless || isInterim || digits === "204" ? 0 : Number(headers["content-length"]);
    if (Number.isNaN(length)) throw new Error(`There is no length in the answer: ${lines.join(", ")}`);
    const start = end + 4;
    if (received.length < start + length) return undefined;
    const body = received.toString("utf8", start, start + length);
    received = received.subarray(start + length);
    return isInterim ? take(isBodiless) : { status: Number(digits), headers, body };
  };

  return {
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    async next(isBodiless = false, milliseconds = PROMPT) {
      const start = process.threadCpuUsage();
      for (let waited = 0; ;) {
        const { user, system } = process.threadCpuUsage(start);
        if (Math.max(waited, (user + system) / 1000) > milliseconds) {
          throw new Error(`Nothing came within ${milliseconds} ms`);
        }
        const answer = take(isBodiless);
        if (answer) return answer;
        if (isClosed) {
          socket.destroy();
          if (received.length > 0) throw new Error(`The answer is cut: ${received.toString()}`);
          return undefined;
        }
        // In steps, since a busy machine may stop this thread for a while, and with it the server.
        waited += await new Promise<number>((resolve) => {
          const timer = setTimeout(resolve, STEP, STEP);
          wake = () => {
            clearTimeout(timer);
            resolve(0);
          };
        });
      }
    },
  };
}
