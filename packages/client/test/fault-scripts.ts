import * as fc from "fast-check";
import type { Outcome } from "../src/index.ts";
import { contents, retryAfters, type Phase, type Step } from "./fault-server.ts";

/** A call, and what the server makes of each of its attempts. */
export interface Script {
  method: "POST" | "GET" | "PUT";
  steps: Step[];
  maxRetries: number;
  timeout: number;
  /** The caller aborts once this attempt has come to the phase, and milliseconds have passed. */
  abort?: { phase: Phase; attempt: number; delay: number };
}

export interface Expected {
  attempts: number;
  /** `undefined` when the call resolves. */
  error: string | undefined;
  outcome: Outcome | undefined;
}

/** What each method calls: an operation, or `http`, where the API has none. */
export const calls = {
  POST: { operation: "createCustomer", path: "/v2/customer", isOperation: true },
  GET: { operation: "getCustomer", path: "/v2/customer/customer_1", isOperation: true },
  PUT: { operation: "PUT /v2/customer", path: "/v2/customer", isOperation: false },
};

/** Long enough that only steps without an end run into it. */
export const longTimeout = 20_000;

const endless = new Set(["silence", "headers then silence", "endless body"]);
const retriedStatuses = new Set([408, 429, 500, 502, 503, 504]);
const tooLong = new Set(["61", "huge", "far date"]);

export function isEndless(step: Step): boolean {
  return endless.has(step.fault);
}

/** A 303 may be how a server that has applied a POST sends the browser on. */
export function isRefusal({ status = 200 }: Step): boolean {
  return status >= 300 && status < 500 && status !== 303 && status !== 408;
}

/** Milliseconds that a step makes a call wait; only an abort ends the 30 seconds. */
export function waitOf(step: Step): number {
  const asked = step.fault === "none" && step.retryAfter;
  return asked === "1" || asked === "soon date" ? 1000 : 0;
}

/** The law of retries and outcomes, written down a second time: what a script leads to when nothing is left to chance. */
export function expected({ method, steps, maxRetries }: Script): Expected {
  const { isOperation } = calls[method];
  const idempotent = method !== "POST";
  const outcomes: Outcome[] = ["not_sent", "rejected", "unknown"];
  let worst = 0;
  for (let attempts = 1; ; attempts++) {
    const step = steps[Math.min(attempts, steps.length) - 1]!;
    const { fault, status = 200, content = "customer" } = step;
    const answered = fault === "none";
    if (answered && status === 200) {
      const wrong = isOperation && !content.startsWith("customer");
      return { attempts, error: wrong ? "SphereApiError" : undefined, outcome: wrong ? "unknown" : undefined };
    }
    worst = Math.max(worst, fault === "refused" ? 0 : answered && isRefusal(step) ? 1 : 2);
    const retried = answered
      ? (idempotent ? retriedStatuses.has(status) : status === 429) && !tooLong.has(step.retryAfter ?? "")
      : fault === "refused" || idempotent;
    if (retried && attempts <= maxRetries) continue;
    // `http` answers as a fetch does: what the API says is no error.
    if (answered && !isOperation) return { attempts, error: undefined, outcome: undefined };
    const error = answered ? "SphereApiError" : isEndless(step) ? "SphereTimeoutError" : "SphereConnectionError";
    return { attempts, error, outcome: outcomes[worst] };
  }
}

/** Whether the result follows from the script alone, without races. */
export function isCertain({ steps, abort }: Script): boolean {
  return !abort && !steps.some((step) => step.hangsUp || isEndless(step));
}

const quickStatuses = fc.constantFrom(408, 409, 429, 500, 502, 503, 504, 400, 401, 404, 422);
const content = fc.constantFrom(...(Object.keys(contents) as (keyof typeof contents)[]));
const { "30": _, ...shortWaits } = retryAfters;
const retryAfter = fc.oneof(
  { weight: 8, arbitrary: fc.constant("0" as const) },
  { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(shortWaits) as (keyof typeof shortWaits)[])) },
);
/** Seldom there, and absent rather than `undefined`, so that a counterexample shows what matters alone. */
const seldom = <Value>(name: string, value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: value.map((chosen) => ({ [name]: chosen })) },
  );

const mayCommit = (status: number) => [200, 303, 408].includes(status) || status >= 500;
const withCommit = (step: fc.Arbitrary<Step>) =>
  fc
    .tuple(step, fc.boolean())
    .map(([made, committed]) =>
      committed && mayCommit(made.status ?? 200) ? Object.assign({}, made, { committed }) : made,
    );

const success: Step = { fault: "none", status: 200, committed: true };
const answered = withCommit(
  fc
    .tuple(quickStatuses, content, seldom("retryAfter", retryAfter), seldom("hangsUp", fc.constant(true)))
    .map(([status, body, ...more]) => Object.assign({ fault: "none" as const, status, content: body }, ...more)),
);
const strangeSuccess = withCommit(
  content
    .filter((name) => name !== "customer" && name !== "customer called html")
    .map((body) => ({ fault: "none", status: 200, content: body })),
);
const redirect = fc
  .tuple(fc.constantFrom(301, 302, 303, 307, 308), fc.constantFrom("itself" as const, "elsewhere" as const))
  .map(([status, location]): Step => ({ fault: "none", status, location }));
const unsent = fc.constantFrom<Step[]>(
  { fault: "refused" },
  { fault: "refused" },
  { fault: "closed before reading" },
  { fault: "closed after the head" },
);
const broken = withCommit(
  fc.constantFrom<Step[]>(
    { fault: "closed after the request" },
    { fault: "reset after the request" },
    { fault: "half a body" },
    { fault: "half a body", status: 500 },
    { fault: "half a body", status: 429 },
  ),
);
const unending = withCommit(
  fc.constantFrom<Step[]>(
    { fault: "silence" },
    { fault: "headers then silence" },
    { fault: "headers then silence", status: 429 },
    { fault: "endless body" },
    { fault: "endless body", status: 503 },
  ),
);
const again = fc.oneof(
  fc.constant<Step>({ fault: "refused" }),
  seldom("retryAfter", retryAfter).map((more): Step => Object.assign({ fault: "none" as const, status: 429 }, more)),
);
/** What is tried again comes most often: a script that ends with its first step tells little. */
const step = fc.oneof(
  { weight: 14, arbitrary: again },
  { weight: 2, arbitrary: fc.constant(success) },
  { weight: 8, arbitrary: answered },
  { weight: 1, arbitrary: strangeSuccess },
  { weight: 1, arbitrary: redirect },
  { weight: 4, arbitrary: unsent },
  { weight: 3, arbitrary: broken },
  { weight: 1, arbitrary: unending },
);
const abort = fc.record({
  phase: fc.constantFrom<Phase[]>("before the call", "at once", "request read", "headers sent", "answered", "answered"),
  attempt: fc.integer({ min: 1, max: 3 }),
  delay: fc.constantFrom(0, 0, 1, 5, 20),
});
export const waiting: Step = { fault: "none", status: 429, retryAfter: "30" };

/** Scripts for a method. Their timeout is short only where something has no end. */
export function scripts(...methods: Script["method"][]): fc.Arbitrary<Script> {
  return fc
    .tuple(
      fc.record({
        method: fc.constantFrom(...methods),
        steps: fc.array(step, { minLength: 1, maxLength: 5 }),
        maxRetries: fc.integer({ min: 0, max: 3 }),
        timeout: fc.integer({ min: 80, max: 150 }),
      }),
      seldom("abort", abort),
      fc.boolean(),
    )
    .map(([script, more, waits]) => {
      const made: Script = Object.assign({}, script, more);
      if (made.abort?.phase === "answered" && waits) {
        made.steps = [...made.steps.slice(0, made.abort.attempt - 1), waiting];
        made.abort = { ...made.abort, attempt: made.steps.length };
      }
      if (!made.steps.some(isEndless)) made.timeout = longTimeout;
      return made;
    });
}
