/** A reader with a real browser, who opens a page and looks for the fields of the operation. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "@spherepay/testing/browser";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Candidate } from "./workshop.ts";

const patience = 60_000;

/** Lighthouse's for phones. Throughput in bytes per second, latency in milliseconds. */
const slowConnection = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };

export type Speed = "full" | "slow";

/** How a request was answered: from the cache, with 304, or with all that was asked for. */
export type Answer = "kept" | "revalidated" | "loaded";

export interface Visit {
  /** Milliseconds until the fields are visible. */
  shown: number;
  /** Milliseconds that the main thread was blocked for, until a second after that: each long task's part above 50. */
  blocked: number;
  /** What arrived until then, and what arrived in the next second. */
  bytes: number;
  laterBytes: number;
  /** Requests to the page's own host until then. */
  requests: number;
  /** Requests to other hosts. */
  foreign: number;
  /** How each of the page's own requests was answered. */
  answers: Answer[];
}

export interface Violation {
  rule: string;
  target: string;
}

export interface Inspection {
  light: Violation[];
  dark: Violation[];
  repeat: Visit;
}

export interface Reader {
  /** Visits a page for the first time. */
  visit(candidate: Candidate, speed: Speed): Promise<Visit>;
  /** Visits a page twice, in light and then in dark. */
  inspect(candidate: Candidate): Promise<Inspection>;
  stop(): Promise<void>;
}

type Report = Pick<Visit, "shown" | "blocked">;

/**
 * @param fields texts that a page has to show
 */
export async function startReader(fields: string[]): Promise<Reader> {
  const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core")), "utf8");
  const browser = await launchBrowser(
    // Other hosts fail at once and alike, with or without a network. Playwright's own way would turn the cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  );

  async function withContext<Value>(work: (context: BrowserContext) => Promise<Value>): Promise<Value> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
    try {
      return await work(context);
    } finally {
      await context.close();
    }
  }

  async function open(context: BrowserContext, { title, url }: Candidate, speed: Speed, dark = false) {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    const session = await context.newCDPSession(page);
    const traffic = await watchTraffic(session, new URL(url).origin);
    if (speed === "slow") {
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await session.send("Network.emulateNetworkConditions", slowConnection);
    }
    const { promise, resolve, reject } = Promise.withResolvers<Report>();
    await page.exposeFunction("reportVisit", resolve);
    await page.addInitScript(watchFields, fields);
    const timer = setTimeout(() => reject(new Error(`${title} does not show ${fields.join(", ")}`)), patience);
    try {
      const [report] = await Promise.all([promise, page.goto(url, { waitUntil: "commit", timeout: patience })]);
      return { page, visit: { ...report, ...traffic.sum(report.shown) } };
    } finally {
      clearTimeout(timer);
    }
  }

  async function check(page: Page): Promise<Violation[]> {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ rule: id, target: target.join(" ") })));
    });
  }

  return {
    visit: (candidate, speed) => withContext(async (context) => (await open(context, candidate, speed)).visit),
    inspect: (candidate) =>
      withContext(async (context) => {
        const { page } = await open(context, candidate, "full");
        const light = await check(page);
        await page.close();
        const { page: again, visit: repeat } = await open(context, candidate, "full", true);
        return { light, dark: await check(again), repeat };
      }),
    stop: () => browser.close(),
  };
}

interface Axe {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
}

/** Runs in the page, before all else. Looks once per frame, so that a page's own scripts are hardly held up. */
function watchFields(fields: string[]): void {
  const tasks: { startTime: number; duration: number }[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  const hidden = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TITLE"]);
  const isShown = (field: string) => {
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement: parent } = texts.currentNode as Text;
      if (!parent || hidden.has(parent.tagName) || !data.includes(field)) continue;
      const isVisible = parent.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (isVisible && parent.getBoundingClientRect().height > 0) return true;
    }
    return false;
  };
  const report = (shown: number) => {
    tasks.push(...observer.takeRecords());
    const relevant = tasks.filter(({ startTime }) => startTime < shown + 1000);
    const blocked = relevant.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
    (globalThis as unknown as { reportVisit(report: Report): void }).reportVisit({ shown, blocked });
  };
  const look = () => {
    if (!fields.every(isShown)) return void requestAnimationFrame(look);
    // The frame itself has been drawn when this runs.
    setTimeout(() => {
      const shown = performance.now();
      setTimeout(report, 1000, shown);
    });
  };
  requestAnimationFrame(look);
}

interface Request {
  isForeign: boolean;
  begin: number;
  isKept: boolean;
  /** Bytes with the time, in seconds, at which they arrived. */
  arrivals: { time: number; bytes: number }[];
}

/** Follows what a page asks for, and what arrives. */
async function watchTraffic(session: CDPSession, origin: string) {
  const requests = new Map<string, Request>();
  const revalidated = new Set<string>();
  const nameAnswer = ([requestId, { isKept }]: [string, Request]): Answer => {
    if (revalidated.has(requestId)) return "revalidated";
    return isKept ? "kept" : "loaded";
  };
  session.on("Network.requestWillBeSent", ({ requestId, request: { url }, timestamp }) => {
    if (!/^https?:/.test(url)) return;
    const isForeign = new URL(url).origin !== origin;
    requests.set(requestId, { isForeign, begin: timestamp, isKept: false, arrivals: [] });
  });
  session.on("Network.requestServedFromCache", ({ requestId }) => {
    const request = requests.get(requestId);
    if (request) request.isKept = true;
  });
  session.on("Network.responseReceived", ({ requestId, response, timestamp }) => {
    const request = requests.get(requestId);
    if (!request) return;
    if (response.fromDiskCache) request.isKept = true;
    else request.arrivals.push({ time: timestamp, bytes: response.encodedDataLength });
  });
  // The other event has the status of the cached answer. This one may come even before that of the request.
  session.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
    if (statusCode === 304) revalidated.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, timestamp, encodedDataLength }) => {
    requests.get(requestId)?.arrivals.push({ time: timestamp, bytes: encodedDataLength });
  });
  // What is told of the parts may lack some of the whole.
  session.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const arrivals = requests.get(requestId)?.arrivals;
    const told = arrivals?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
    arrivals?.push({ time: timestamp, bytes: encodedDataLength - told });
  });
  await session.send("Network.enable");

  return {
    sum(shown: number): Omit<Visit, keyof Report> {
      const all = [...requests.values()];
      const own = all.filter(({ isForeign }) => !isForeign);
      const end = all[0]!.begin + shown / 1000;
      const arrivals = all.flatMap((request) => request.arrivals);
      const add = (parts: typeof arrivals) => parts.reduce((sum, { bytes }) => sum + bytes, 0);
      return {
        bytes: add(arrivals.filter(({ time }) => time <= end)),
        laterBytes: add(arrivals.filter(({ time }) => time > end)),
        requests: own.filter(({ begin }) => begin <= end).length,
        foreign: all.length - own.length,
        answers: [...requests].filter(([, { isForeign }]) => !isForeign).map(nameAnswer),
      };
    },
  };
}
