/** The app as it is deployed, on each runtime, over real sockets. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { apiKey, california, creations, customerId, openForm, startMock } from "./helpers.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

let deployed: string;
beforeAll(async () => {
  deployed = await mkdtemp(join(tmpdir(), "deployed-"));
  await promisify(execFile)("pnpm", ["--filter", "@spherepay/onboarding", "deploy", "--prod", deployed], {
    cwd: folder,
  });
}, 120_000);
afterAll(() => rm(deployed, { recursive: true }));

type Start = (baseUrl: string, forms?: string, program?: string) => Promise<{ url: string; child: ChildProcess }>;

const onNode: Start = async (baseUrl) => {
  const env = { ...process.env, SPHERE_API_KEY: apiKey, SPHERE_BASE_URL: baseUrl, ONBOARDING_PORT: "0" };
  const child = spawn(process.execPath, ["dist/main.js"], { cwd: deployed, env, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { url: /http:\S+/.exec(await firstWords(child, 1))![0], child };
};

const onWorkerd: Start = async (baseUrl, forms, program = folder) => {
  const env = { ...process.env, SPHERE_API_KEY: apiKey, SPHERE_BASE_URL: baseUrl };
  const options = ["--socket-addr=http=127.0.0.1:0", `--directory-path=forms=${forms ?? (await formsFolder())}`];
  const child = spawn(
    join(folder, "node_modules/workerd/bin/workerd"),
    ["serve", "workerd.capnp", "--control-fd=3", ...options],
    {
      cwd: program,
      env,
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const { port } = JSON.parse(await firstWords(child, 3)) as { port: number };
  return { url: `http://127.0.0.1:${port}`, child };
};

async function firstWords(child: ChildProcess, stream: 1 | 3): Promise<string> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`it ended with code ${code}`)));
  return String(await Promise.race([once(child.stdio[stream]!, "data"), ended]));
}

async function formsFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "forms-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe.each([
  { runtime: "Node.js", start: onNode },
  { runtime: "workerd", start: onWorkerd },
])("on $runtime", ({ start }) => {
  it("a form that is sent three times creates one customer and leads to it", async () => {
    const mock = await startMock({ delay: 100 });
    const form = await openForm(fetch, (await start(mock.url)).url);
    expect(await form.read()).toContain("<h1>New customer</h1>");
    const answers = [
      ...(await Promise.all([form.send(california), form.send(california)])),
      await form.send(california),
    ];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await form.read()).toContain(customerId);
    expect(creations(mock)).toHaveLength(1);
    expect(mock.requests[0]!.headers["authorization"]).toBe(`Bearer ${apiKey}`);
  });

  it("a refused form is shown with its errors and can be sent again", async () => {
    const mock = await startMock();
    const form = await openForm(fetch, (await start(mock.url)).url);
    const refused = await form.send({ type: "individual", country: "USA" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("State, province or region: Required");
    expect((await form.send(california)).status).toBe(303);
    expect(mock.requests.map(({ status }) => status)).toEqual([400, 200]);
  });

  it("a form whose answer was lost is not sent again", async () => {
    const mock = await startMock({ drop: "after" });
    const form = await openForm(fetch, (await start(mock.url)).url);
    await form.send(california);
    await form.send(california);
    expect(await form.read()).toContain("The connection to SpherePay was lost");
    expect(mock.requests).toHaveLength(1);
  });

  it("a form from another site is refused", async () => {
    const mock = await startMock();
    const form = await openForm(fetch, (await start(mock.url)).url);
    expect((await form.send(california, { origin: "https://evil.example" })).status).toBe(403);
    expect(mock.requests).toHaveLength(0);
  });

  it("constant pages and assets arrive compressed and whole", async () => {
    const { url } = await start((await startMock()).url);
    for (const [path, words] of [
      ["/", "Onboard a customer"],
      ["/styles.css", ":focus-visible"],
    ] as const) {
      const packed = await fetch(url + path);
      expect(packed.headers.get("content-encoding")).toBe("gzip");
      expect(await packed.text()).toContain(words);
      const plain = await fetch(url + path, { headers: { "accept-encoding": "identity" } });
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(await plain.text()).toContain(words);
    }
  });
});

describe("on Node.js", () => {
  it("a form that was under way when the app was killed is not sent again", async () => {
    const mock = await startMock({ delay: 60_000 });
    const first = await onNode(mock.url);
    const form = await openForm(fetch, first.url);
    const sending = form.send(california).catch((error: unknown) => error);
    await expect.poll(() => mock.requests.length, { timeout: 10_000 }).toBe(1);
    await end(first.child);
    expect(await sending).toBeInstanceOf(Error);

    const { url } = await onNode(mock.url);
    const headers = { cookie: form.cookie, origin: url };
    const answer = await fetch(url + form.path, { method: "POST", headers, body: new URLSearchParams(california) });
    const text = await answer.text();
    expect(text).toContain("the app was started again since");
    expect(text).toMatch(/name="state"\s+value="CA"/);
    expect(mock.requests).toHaveLength(1);
  });
});

describe("on workerd", () => {
  it("a restart forgets no form and no customer", async () => {
    const mock = await startMock();
    const forms = await formsFolder();
    const first = await onWorkerd(mock.url, forms);
    const [sent, open] = [await openForm(fetch, first.url), await openForm(fetch, first.url)];
    await sent.send(california);
    await end(first.child);

    const { url } = await onWorkerd(mock.url, forms);
    const ask = (path: string, cookie: string, method: string) =>
      fetch(url + path, {
        method,
        headers: { cookie, origin: url },
        body: method === "POST" ? new URLSearchParams(california) : null,
      });
    expect(await (await ask(sent.path, sent.cookie, "POST")).text()).toContain(customerId);
    expect(creations(mock)).toHaveLength(1);
    expect(await (await ask(open.path, open.cookie, "POST")).text()).toContain(customerId);
    expect(creations(mock)).toHaveLength(2);
  });

  it("an API that is down leads to the page that says what to check", async () => {
    const mock = await startMock();
    await mock.close();
    const form = await openForm(fetch, (await onWorkerd(mock.url)).url);
    await form.send(california);
    expect(await form.read()).toContain("The connection to SpherePay was lost");
  });

  it("what was stored is gone from the disk once all forms have expired", async () => {
    // The same program, whose forms live for two seconds.
    const copy = await formsFolder();
    const program = await readFile(join(folder, "dist/workerd.js"), "utf8");
    await cp(join(folder, "dist/browser"), join(copy, "dist/browser"), { recursive: true });
    await writeFile(join(copy, "dist/workerd.js"), program.replace("lifetime = 60 * 60 * 1e3", "lifetime = 2e3"));
    await cp(join(folder, "workerd.capnp"), join(copy, "workerd.capnp"));

    const forms = await formsFolder();
    const form = await openForm(fetch, (await onWorkerd((await startMock()).url, forms, copy)).url);
    await form.send(california);
    const stored = async () => {
      const names = await readdir(join(forms, "onboarding"));
      const texts = await Promise.all(names.map((name) => readFile(join(forms, "onboarding", name), "latin1")));
      return texts.some((text) => text.includes(customerId));
    };
    expect(await stored()).toBe(true);
    await expect.poll(stored, { timeout: 20_000 }).toBe(false);
  });

  it("a form that was under way when workerd was killed is not sent again", async () => {
    const mock = await startMock({ delay: 60_000 });
    const forms = await formsFolder();
    const first = await onWorkerd(mock.url, forms);
    const form = await openForm(fetch, first.url);
    const sending = form.send(california).catch((error: unknown) => error);
    await expect.poll(() => mock.requests.length, { timeout: 10_000 }).toBe(1);
    await end(first.child);
    expect(await sending).toBeInstanceOf(Error);

    const { url } = await onWorkerd(mock.url, forms);
    const headers = { cookie: form.cookie, origin: url };
    const answer = await fetch(url + form.path, { method: "POST", headers, body: new URLSearchParams(california) });
    expect(await answer.text()).toContain("It stopped before it had SpherePay&#39;s answer.");
    expect(mock.requests).toHaveLength(1);
  });
});
