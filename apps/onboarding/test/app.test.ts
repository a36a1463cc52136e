import { createSphereClient } from "@spherepay/client";
import type { Fault } from "@spherepay/mock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp, type Submission } from "../src/app.ts";
import type { Form } from "../src/submissions.ts";
import { answering, apiKey, appOver, browserFiles, california, customerId, openFormOf } from "./helpers.ts";

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  for (const method of ["log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => void logged.push(parts.join(" ")));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("creating a customer", () => {
  it("leads from the form to a page with the id, the type and each profile", async () => {
    const { app } = await appOver();
    const form = await openFormOf(app);
    const answer = await form.send(california);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, form.path]);
    const text = await form.read();
    expect(text).toContain(`id="customer-id">${customerId}<`);
    expect(text).toContain("Individual");
    expect(text).toContain("KYC profile A <code>kyc_profile_a</code>");
    expect(text).toContain("<span>Terms of service</span> <code>terms_of_service</code>");
    expect(text).toContain("0 of 8 complete");
  });

  it("sends the fields that were filled in, under the API's names, and leaves out the others", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    await form.send({ ...california, type: "business", postalCode: " 01234 ", line1: "", city: "  ", more: "x" });
    expect(mock.requests[0]!.body).toEqual({
      type: "business",
      address: { country: "USA", state: "CA", postalCode: "01234" },
    });
  });

  it.each([
    [
      { country: "united states", state: "california" },
      { country: "USA", state: "CA" },
    ],
    [
      { country: "Deutschland", state: "CA " },
      { country: "Deutschland", state: "CA" },
    ],
    [
      { country: "Canada", state: "California" },
      { country: "CAN", state: "California" },
    ],
  ])("sends names of places as codes, and what it does not know as it was typed: %o", async (typed, address) => {
    const { app, mock } = await appOver();
    await (await openFormOf(app)).send({ type: "individual", ...typed });
    expect(mock.requests[0]!.body).toEqual({ type: "individual", address });
  });

  it("shows checks of every state, unknown names and a profile without checks", async () => {
    const criteria = {
      complete: ["email_address"],
      pending: ["residential_address"],
      required: ["Weird-Name"],
      errors: [{ name: "identification_document", message: "ID DOCS IS BLURRY" }],
    };
    const verificationProfiles = [
      { name: "kyc_profile_a", status: "incomplete", criteria },
      { name: "kyc_profile_c", status: "approved" },
    ];
    const { app } = await appOver(answering(200, { id: "customer_1", type: "individual", verificationProfiles }));
    const form = await openFormOf(app);
    await form.send(california);
    const text = await form.read();
    expect(text).toContain("1 of 4 complete");
    expect(text).toContain("ID DOCS IS BLURRY");
    expect(text).toContain("<li><span></span> <code>Weird-Name</code></li>");
    expect(text).toContain("SpherePay lists no checks here.");
    const titles = [...text.matchAll(/<h4>(\w+)/g)].map((match) => match[1]);
    expect(titles).toEqual(["Errors", "Required", "Pending", "Complete"]);
  });

  it("escapes hostile values from the API and from the form", async () => {
    const hostile = `"'><script>alert(1)</script>`;
    const criteria = { complete: [], pending: [hostile], required: [], errors: [{ name: hostile, message: hostile }] };
    const profile = { name: hostile, status: hostile, criteria };
    const customer = { id: hostile, type: hostile, verificationProfiles: [profile] };
    const error = { [hostile]: [hostile], address: [hostile, `state: ${hostile}`], general: hostile };
    for (const fault of [answering(200, customer), answering(400, { ts: "", error }), answering(500, hostile)]) {
      const form = await openFormOf((await appOver(fault)).app);
      const answer = await form.send({ type: hostile, country: hostile, state: hostile });
      const text = answer.status === 303 ? await form.read() : await answer.text();
      expect(text.match(/<script/g)).toHaveLength(1); // the app's own
      expect(text).toContain("&quot;&#39;&gt;&lt;script&gt;");
      expect(text).not.toContain(hostile);
    }
  });
});

describe("the page of a customer", () => {
  const known = { id: customerId, type: "individual", verificationProfiles: [{ name: "first", status: "incomplete" }] };
  const unread = "The customer could not be read from SpherePay just now.";

  it("shows the customer as the API says it is now, each time", async () => {
    const { app, mock } = await appOver({ ...answering(200, known), operation: "createCustomer" });
    const form = await openFormOf(app);
    await form.send(california);
    for (const status of ["Under review", "Approved"]) {
      const later = { ...known, verificationProfiles: [{ name: "first", status }] };
      mock.fail({ ...answering(200, later), operation: "getCustomer", times: 1 });
      const text = await form.read();
      expect(text).toContain(status);
      expect(text).not.toContain("Incomplete");
      expect(text).not.toContain(unread);
    }
    expect(mock.requests.map(({ path }) => path)).toEqual([
      "/v2/customer",
      ...Array(2).fill(`/v2/customer/${customerId}`),
    ]);
    expect(logged).toEqual([]);
  });

  it.each<[string, Fault, string]>([
    ["is not found", { status: 404 }, "getCustomer: the API answered 404"],
    ["can't be read in time", { delay: 6000 }, "getCustomer: no answer within 5000 ms"],
    ["can't be read at all", { drop: "before" }, "getCustomer: the connection broke"],
    ["can't be shown", answering(200, { ...known, verificationProfiles: [null] }), "TypeError"],
  ])(
    "says so when the customer %s, shows what is known, and reads again at the next reload",
    async (_, fault, log) => {
      const { app, mock } = await appOver({ ...answering(200, known), operation: "createCustomer" });
      const form = await openFormOf(app);
      await form.send(california);
      mock.fail({ ...fault, operation: "getCustomer", times: 1 });
      const text = await form.read();
      expect(text).toContain(unread);
      expect(text).toContain(customerId);
      expect(text).toContain("Incomplete");
      expect(logged).toEqual([expect.stringContaining(log)]);
      expect(await form.read()).not.toContain(unread);
    },
    10_000,
  );
});

describe("sending twice", () => {
  it("creates one customer when the same form is sent again, during or after the first time", async () => {
    const { app, mock } = await appOver({ delay: 50 });
    const form = await openFormOf(app);
    const answers = await Promise.all([form.send(california), form.send(california)]);
    answers.push(await form.send(california));
    expect(answers.map((answer) => answer.headers.get("location"))).toEqual([form.path, form.path, form.path]);
    expect(mock.requests).toHaveLength(1);
  });

  it("creates a second customer from a second form", async () => {
    const { app, mock } = await appOver();
    for (const form of [await openFormOf(app), await openFormOf(app)]) await form.send(california);
    expect(mock.requests).toHaveLength(2);
  });

  it("is refused when the outcome of the first time is unknown", async () => {
    const { app, mock } = await appOver({ status: 500 });
    const form = await openFormOf(app);
    const answers = [await form.send(california), await form.send(california)];
    expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
    expect(mock.requests).toHaveLength(1);
    const text = await form.read();
    expect(text).toContain("The customer may have been created");
    expect(text).toContain("answered 500");
    expect(text).not.toContain("<form");
  });

  it("is possible after a refusal, with the same form", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    expect((await form.send({ type: "individual" })).status).toBe(422);
    expect(await form.read()).toContain("<form");
    expect((await form.send(california)).status).toBe(303);
    expect(mock.requests).toHaveLength(2);
  });

  it("is refused when the app ended before it had the answer, if forms outlive it", async () => {
    const forms = new Map<string, Form<Submission>>();
    // Never answers: the first app has ended when the second begins.
    const silent = createSphereClient({ apiKey, fetch: () => new Promise(() => {}) });
    const form = await openFormOf(createApp({ sphere: silent, environment: "mock", browserFiles, forms }));
    void form.send(california);
    await vi.waitFor(() => expect([...forms.values()][0]?.result).toBeDefined());
    const { mock } = await appOver();
    const sphere = createSphereClient({ apiKey, fetch: mock.fetch });
    const restarted = createApp({ sphere, environment: "mock", browserFiles, forms });
    const init = { headers: { cookie: form.cookie, origin: "http://localhost" } };
    const post = { method: "POST", body: new URLSearchParams(), headers: { ...init.headers, "content-length": "0" } };
    expect((await restarted.request(form.path, post)).status).toBe(303);
    expect(await (await restarted.request(form.path, init)).text()).toContain("It stopped before it had");
    expect(mock.requests).toHaveLength(0);
  });
});

describe("errors", () => {
  it("shows the API's own words at the address, in a summary that has the focus, and keeps what was typed", async () => {
    const { app } = await appOver();
    const answer = await (await openFormOf(app)).send({ type: "business", country: "", state: " " });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(`role="alert" tabindex="-1" autofocus`);
    expect(text).toContain(`<a href="#country">Address: Required</a>`);
    expect(text).toMatch(/<fieldset class="invalid" aria-describedby="address-hint address-error">/);
    expect(text).toContain(
      `<div id="address-error"><p class="error"><span class="hidden">Error: </span>Required</p></div>`,
    );
    expect(text).toMatch(/name="state"\s+value=" "/);
    expect(text).toMatch(/id="business" value="business" checked/);
    expect(text).not.toContain(`id="type-error"`);
  });

  it("shows what the API says about one part of the address beside that part", async () => {
    const { app } = await appOver();
    const fields = { type: "individual", country: "USA", city: "Anytown" };
    const text = await (await (await openFormOf(app)).send(fields)).text();
    expect(text).toContain(`<a href="#state">State, province or region: Required</a>`);
    expect(text).toContain(`<div id="state-error"><p class="error"><span class="hidden">Error: </span>Required</p>`);
    expect(text).toMatch(/aria-describedby="state-hint state-error"\s+aria-invalid="true"/);
    expect(text).not.toContain(`id="address-error"`);
    expect(text).toMatch(/name="city"\s+value="Anytown"/);
  });

  it("shows a missing type at the type", async () => {
    const { app } = await appOver();
    const text = await (await (await openFormOf(app)).send({ country: "USA", state: "CA" })).text();
    expect(text).toContain(`<a href="#individual">Customer type: Required</a>`);
    expect(text).toContain(`<fieldset class="invalid" aria-describedby="type-error">`);
  });

  it("shows messages about fields that the form does not have", async () => {
    const { app } = await appOver(answering(400, { ts: "", error: { email: ["Required"] } }));
    expect(await (await (await openFormOf(app)).send(california)).text()).toContain("<li>email: Required</li>");
  });

  it.each([
    [401, { general: "Unauthorized" }, {}, 502, "did not accept this app&#39;s API key"],
    [429, { general: "Too Many Requests" }, { "retry-after": "7" }, 503, "send them again in 7 seconds"],
    [404, { general: "Not here" }, {}, 502, "SpherePay answered 404. Not here"],
    [400, { general: "Bad Request Exception" }, {}, 422, "Bad Request Exception"],
  ])(
    "says after %i that no customer was created, and offers the form again",
    async (status, error, headers, ...page) => {
      const { app, mock } = await appOver(answering(status, { ts: "", error }, headers));
      const answer = await (await openFormOf(app)).send(california);
      const text = await answer.text();
      expect([answer.status, mock.requests.length]).toEqual([page[0], 1]);
      expect(text).toContain("No customer was created.");
      expect(text).toContain(page[1]);
      expect(text).toMatch(/name="state"\s+value="CA"/);
    },
  );

  it("says that this app is at fault, and logs why, when its key can't be sent", async () => {
    const { mock } = await appOver();
    const sphere = createSphereClient({ apiKey: `${apiKey}\n`, fetch: mock.fetch });
    const answer = await (await openFormOf(createApp({ sphere, environment: "mock", browserFiles }))).send(california);
    expect([answer.status, mock.requests.length]).toEqual([500, 0]);
    const text = await answer.text();
    expect(text).toContain("This app could not send the form");
    expect(text).toMatch(/name="state"\s+value="CA"/);
    expect(logged).toEqual(["createCustomer: apiKey must be visible ASCII characters without spaces"]);
  });

  it.each([
    ["can't be read", answering(200, "<html>"), "It answered 200, but not with a customer."],
    ["is not one", answering(200, {}), "It answered 200, but not with a customer."],
    [
      "is of a form that the app can't show",
      answering(200, {
        id: "customer_1",
        type: "individual",
        verificationProfiles: [null],
      }),
      "look in the SpherePay dashboard for it first",
    ],
  ])("says that a customer may have been created when a success %s", async (_, fault, words) => {
    const { app } = await appOver(fault);
    const form = await openFormOf(app);
    await form.send(california);
    expect(await form.read()).toContain(words);
  });
});

describe("safety", () => {
  it("sends nothing for a form of another visitor, or of none", async () => {
    const { app, mock } = await appOver();
    const [mine, other] = [await openFormOf(app), await openFormOf(app)];
    for (const headers of [{ cookie: other.cookie }, { cookie: "" }]) {
      const answer = await mine.send(california, headers);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain("Nothing was sent just now.");
    }
    expect((await mine.send(california, {}, `/customers/${crypto.randomUUID()}`)).status).toBe(403);
    expect(mock.requests).toHaveLength(0);
  });

  it("offers a new form, with what was typed, in the place of one that it does not know", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    const text = await (await form.send(california, {}, "/customers/forgotten")).text();
    const action = /action="([^"]+)"/.exec(text)![1]!;
    expect(text).toMatch(/name="state"\s+value="CA"/);
    expect((await form.send(california, {}, action)).headers.get("location")).toBe(action);
    expect(mock.requests).toHaveLength(1);
  });

  it("shows a form and its customer to the visitor who opened it and to nobody else", async () => {
    const { app } = await appOver();
    const [mine, other] = [await openFormOf(app), await openFormOf(app)];
    expect(await other.read(mine.path)).toContain("Page not found");
    await mine.send(california);
    expect(await mine.read()).toContain(customerId);
    expect(await other.read(mine.path)).toContain("Page not found");
  });

  it("shows what came of a form for an hour after it was sent, however long that was open", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { app } = await appOver({ status: 429 });
    const form = await openFormOf(app);
    for (const status of [503, 303]) {
      vi.advanceTimersByTime(59 * 60 * 1000);
      expect((await form.send(california)).status).toBe(status);
    }
    vi.advanceTimersByTime(59 * 60 * 1000);
    expect(await form.read()).toContain(customerId);
  });

  it("forgets a form and its customer after an hour", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    await form.send(california);
    vi.advanceTimersByTime(60 * 60 * 1000);
    expect(await form.read()).toContain("Page not found");
    expect((await form.send(california)).status).toBe(403);
    expect(mock.requests).toHaveLength(1);
  });

  it("refuses what is no form, wherever it comes from", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    for (const type of ["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded2"]) {
      expect((await form.send(california, { "content-type": type })).status).toBe(415);
      expect((await form.send(california, { "content-type": type, origin: "https://evil.example" })).status).not.toBe(
        303,
      );
    }
    expect(mock.requests).toHaveLength(0);
  });

  it("does not log a visitor who leaves in the middle of sending as a fault", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("aborted")) });
    const type = "application/x-www-form-urlencoded";
    const headers = { cookie: form.cookie, origin: "http://localhost", "content-type": type, "content-length": "9" };
    const answer = await app.request(form.path, { method: "POST", body, headers, duplex: "half" } as RequestInit);
    expect([answer.status, mock.requests, logged]).toEqual([400, [], []]);
  });

  it("takes no session but one of its own", async () => {
    const { app } = await appOver();
    for (const session of ["x".repeat(15_000), "admin", ""]) {
      const opened = await app.request("/customers/new", { headers: { cookie: `onboarding_session=${session}` } });
      expect(opened.headers.get("set-cookie")).toMatch(/^onboarding_session=[\w-]{36};/);
    }
  });

  it("refuses forms from other sites, and forms that are too large", async () => {
    const { app, mock } = await appOver();
    const form = await openFormOf(app);
    for (const origin of ["https://evil.example", "http://localhost.evil.example", "null", ""]) {
      expect((await form.send(california, { origin })).status).toBe(403);
      expect((await form.send(california, { origin, "sec-fetch-site": "cross-site" })).status).toBe(403);
    }
    expect((await form.send({ ...california, city: "x".repeat(20_000) })).status).toBe(413);
    for (const length of ["x", "-", "1e9"]) {
      expect((await form.send(california, { "content-length": length })).status).toBe(413);
    }
    expect(mock.requests).toHaveLength(0);
  });

  it("sets a session cookie that scripts can't read and other sites can't use", async () => {
    const { app } = await appOver();
    const cookie = async (url: string, headers = {}) => (await app.request(url, { headers })).headers.get("set-cookie");
    const session = "onboarding_session=[\\w-]{36}; Path=/; HttpOnly";
    const overTls = new RegExp(`^__Host-${session}; Secure; SameSite=Strict$`);
    expect(await cookie("/customers/new")).toMatch(new RegExp(`^${session}; SameSite=Strict$`));
    expect(await cookie("https://onboarding.test/customers/new")).toMatch(overTls);
    expect(await cookie("/customers/new", { "x-forwarded-proto": "https" })).toMatch(overTls);
  });

  it("knows a visitor behind a proxy that ends TLS", async () => {
    const { app } = await appOver();
    const headers = {
      "x-forwarded-proto": "https",
      "sec-fetch-site": "same-origin",
      origin: "https://onboarding.test",
    };
    const opened = await app.request("/customers/new", { headers });
    const cookie = opened.headers.get("set-cookie")!.split(";")[0]!;
    const body = new URLSearchParams(california);
    const init = {
      method: "POST",
      body,
      headers: { ...headers, cookie, "content-length": String(body.toString().length) },
    };
    expect((await app.request(opened.headers.get("location")!, init)).status).toBe(303);
  });

  it("answers everything with strict headers, and pages with no inline script or style", async () => {
    const { app } = await appOver();
    const [form, sent] = [await openFormOf(app), await openFormOf(app)];
    await sent.send(california);
    const pages: string[] = [];
    for (const path of ["/", form.path, sent.path, "/nothing", "/styles.css", "/enhance.js", "/icon.svg"]) {
      const answer = await app.request(path, { headers: { cookie: path === sent.path ? sent.cookie : form.cookie } });
      const { headers } = answer;
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
      const isPage = headers.get("content-type")!.startsWith("text/html");
      expect(headers.get("cache-control")).toBe(isPage ? "no-store" : "no-cache");
      pages.push(isPage ? await answer.text() : "");
    }
    expect(pages.join("")).toContain("Page not found");
    expect(pages.join("")).not.toMatch(/<script>|<style| style=| on\w+=/);
  });

  it("keeps the key and what was typed out of pages, addresses and logs", async () => {
    for (const fault of [{ status: 200 }, { status: 401 }, { status: 500 }, { drop: "after" }] as const) {
      const { app, mock } = await appOver(fault);
      const form = await openFormOf(app);
      const response = await form.send({ ...california, city: "Springfield" });
      const location = response.headers.get("location");
      const text = location ? await form.read() : await response.text();
      expect(mock.requests[0]!.headers["authorization"]).toBe(`Bearer ${apiKey}`);
      expect(text).not.toContain(apiKey);
      expect(`${location} ${form.path} ${logged.join()}`).not.toMatch(/Springfield|secret_/);
    }
    expect(logged).toEqual([
      "createCustomer: the API answered 401",
      "createCustomer: the API answered 500",
      expect.stringContaining("createCustomer: the connection broke"),
    ]);
  });
});

describe("compression", () => {
  it.each(["/", "/styles.css", "/enhance.js", "/choices.html"])(
    "gives %s to those who take gzip, and as it is to others",
    async (path) => {
      const { app } = await appOver();
      const plain = await app.request(path, { headers: { "accept-encoding": "gzip;q=0, br" } });
      const packed = await app.request(path, { headers: { "accept-encoding": "br, gzip" } });
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(packed.headers.get("content-encoding")).toBe("gzip");
      expect(packed.headers.get("vary")).toBe("accept-encoding");
      const unpacked = new Response(packed.body!.pipeThrough(new DecompressionStream("gzip")));
      expect(await unpacked.text()).toBe(await plain.text());
    },
  );
});
