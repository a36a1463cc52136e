import type { Fault } from "../types.ts";

/** The faults that a mock has been told to make. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault that befalls a request: the first declared of those that are left. */
  next(operation: string | undefined): Fault | undefined;
  clear(): void;
}

const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Keeps faults in the order of their declaration.
 *
 * @param operations the names that a fault may give
 * @param seed starts the row of random numbers for `probability`
 */
export function createFaults(operations: readonly string[], seed: number): Faults {
  let declared: { fault: Fault; left: number }[] = [];
  let random = createRandom(seed);
  return {
    add(fault) {
      verify(fault, operations);
      declared.push({ fault: { ...fault }, left: fault.times ?? 1 });
    },
    next(operation) {
      for (const entry of declared) {
        const { operation: wanted, probability = 1 } = entry.fault;
        if (wanted !== undefined && wanted !== operation) continue;
        if (probability < 1 && random() >= probability) continue;
        entry.left--;
        if (entry.left === 0) declared = declared.filter((other) => other !== entry);
        return entry.fault;
      }
      return undefined;
    },
    clear() {
      declared = [];
      random = createRandom(seed);
    },
  };
}

function verify(fault: Fault, operations: readonly string[]): void {
  const { operation, times = 1, probability = 1, delay = 0, status, headers, body, drop, truncate, ...unknown } = fault;
  const fail = (reason: string) => {
    throw new TypeError(`mock.fail: ${reason}`);
  };
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) fail(`a fault has no option ${stranger}`);
  if (delay === 0 && status === undefined && headers === undefined && drop === undefined && !truncate) {
    fail("a fault needs at least one of delay, status, headers, drop and truncate");
  }
  if (operation !== undefined && !operations.includes(operation)) {
    fail(`there is no operation ${operation}; the document has ${operations.join(", ")}`);
  }
  if (times !== Infinity && !(Number.isInteger(times) && times > 0))
    fail("times must be a whole number above 0, or Infinity");
  if (!(probability > 0 && probability <= 1)) fail("probability must be above 0 and at most 1");
  if (!(delay >= 0 && delay <= LONGEST_DELAY)) fail(`delay must be from 0 to ${LONGEST_DELAY} milliseconds`);
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
    fail("status must be a whole number from 200 to 599");
  }
  if (body !== undefined && status === undefined) fail("a body needs a status");
  if (drop !== undefined && drop !== "before" && drop !== "after") fail('drop must be "before" or "after"');
  if (drop !== undefined && (status !== undefined || headers !== undefined || truncate)) {
    fail("a dropped connection has no answer: leave out status, headers and truncate");
  }
}

/** Mulberry32: a row of numbers from 0 up to 1 that the seed determines (https://github.com/bryc/code, public domain). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
