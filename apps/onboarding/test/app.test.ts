import { createMock } from "@spherepay/mock";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { apiKey, appOver, california, openForm, origin } from "./helpers.ts";

let mock: typeof fetch;
beforeAll(async () => {
  const { fetch: handle } = await createMock();
  mock = (input, init) => handle(new Request(input, init));
});

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

const answering =
  (status: number, body: unknown, headers = {}): typeof fetch =>
  async () =>
    Response.json(body, { status, headers });

describe("creating a customer", () => {
  it("leads from the form to a page with the id, the type and each profile", async () => {
    const { app } = appOver(mock);
    const form = await openForm(app);
    const answer = await form.send(california);
    expect(answer.status).toBe(303);
    const text = await form.read(answer.headers.get("location")!);
    expect(text).toContain("customer_d41608fae4d34d308f85bc3c2b6ca29a");
    expect(text).toContain("Individual");
    expect(text).toContain("KYC profile A");
    expect(text).toContain("<span>Terms of service </span><code>terms_of_service</code>");
    expect(text).toContain("0 of 9 complete");
  });

  it("sends the fields that were filled in, under the API's names, and leaves out the others", async () => {
    const { app, sent } = appOver(mock);
    const form = await openForm(app);
    await form.send({ ...california, type: "business", postalCode: " 01234 ", line1: "", city: "  " });
    expect(await sent[0]!.json()).toEqual({
      type: "business",
      address: { country: "USA", state: "CA", postalCode: "01234" },
    });
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
    const { app } = appOver(answering(200, { id: "customer_1", type: "individual", verificationProfiles }));
    const form = await openForm(app);
    const text = await form.read((await form.send(california)).headers.get("location")!);
    expect(text).toContain("1 of 4 complete");
    expect(text).toContain("ID DOCS IS BLURRY");
    expect(text).toContain("<li><code>Weird-Name</code></li>");
    expect(text).toContain("Nothing is left to check.");
    const titles = [...text.matchAll(/<h4>(.*?)<\/h4>/g)].map((match) => match[1]);
    expect(titles).toEqual(["Errors", "Required", "Pending", "Complete"]);
  });

  it("escapes hostile values from the API and from the form", async () => {
    const hostile = `"><script>alert(1)</script>`;
    const criteria = { complete: [], pending: [hostile], required: [], errors: [{ name: hostile, message: hostile }] };
    const profile = { name: hostile, status: hostile, criteria };
    const customer = { id: hostile, type: hostile, verificationProfiles: [profile] };
    const error = { [hostile]: [hostile], address: [hostile], general: hostile };
    const pages = [answering(200, customer), answering(400, { ts: "", error }), answering(500, hostile)].map(
      async (answer) => {
        const form = await openForm(appOver(answer).app);
        const response = await form.send({ type: hostile, country: hostile, state: hostile });
        const location = response.headers.get("location");
        return location ? form.read(location) : response.text();
      },
    );
    for (const text of await Promise.all(pages)) {
      expect(text).not.toContain("<script");
      expect(text).toContain("&lt;script&gt;");
    }
  });
});

describe("sending twice", () => {
  it("creates one customer when the same form is sent again, during or after the first time", async () => {
    const { app, sent } = appOver(mock);
    const form = await openForm(app);
    const answers = await Promise.all([form.send(california), form.send(california)]);
    answers.push(await form.send(california));
    expect(new Set(answers.map((answer) => answer.headers.get("location")))).toEqual(
      new Set([`/customers/${form.token}`]),
    );
    expect(sent).toHaveLength(1);
  });

  it("creates a second customer from a second form", async () => {
    const { app, sent } = appOver(mock);
    for (const form of [await openForm(app), await openForm(app)]) await form.send(california);
    expect(sent).toHaveLength(2);
  });

  it("is refused when the outcome of the first time is unknown", async () => {
    const { app, sent } = appOver(answering(500, {}));
    const form = await openForm(app);
    const answers = [await form.send(california), await form.send(california)];
    expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
    expect(sent).toHaveLength(1);
    const text = await form.read(`/customers/${form.token}`);
    expect(text).toContain("The customer may have been created");
    expect(text).toContain("SpherePay answered 500");
    expect(text).not.toContain("<form");
  });

  it("is possible after a refusal, with the same form", async () => {
    const { app, sent } = appOver(mock);
    const form = await openForm(app);
    expect((await form.send({ type: "individual" })).status).toBe(422);
    expect((await form.send(california)).status).toBe(303);
    expect(sent).toHaveLength(2);
  });
});

describe("errors", () => {
  it("shows the API's own words at the address, in a summary that has the focus, and keeps what was typed", async () => {
    const { app } = appOver(mock);
    const answer = await (await openForm(app)).send({ type: "business", country: "", state: " " });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(`role="alert" tabindex="-1" autofocus=""`);
    expect(text).toContain(`<a href="#country">Address: Required</a>`);
    expect(text).toMatch(/<fieldset class="invalid" aria-describedby="address-hint address-error">/);
    expect(text).toMatch(/id="address-error"><p class="error"><span class="hidden">Error: <\/span>Required<\/p>/);
    expect(text).toContain(`name="state" value=" "`);
    expect(text).toMatch(/<input type="radio" name="type" id="business" value="business" checked=""/);
    expect(text).not.toContain(`id="type-error"`);
  });

  it("shows what the API says about one part of the address as it says it", async () => {
    const { app, sent } = appOver(mock);
    const text = await (
      await (await openForm(app)).send({ type: "individual", country: "USA", city: "Anytown" })
    ).text();
    const answer = (await (await mock(sent[0]!)).json()) as { error: { address: string[] } };
    for (const message of answer.error.address) {
      expect(text).toContain(`<a href="#country">Address: ${message}</a>`);
      expect(text).toContain(`<span class="hidden">Error: </span>${message}</p>`);
    }
    expect(answer.error.address.length).toBeGreaterThan(0);
    expect(text).toContain(`name="city" value="Anytown"`);
  });

  it("shows a missing type at the type", async () => {
    const { app } = appOver(mock);
    const text = await (await (await openForm(app)).send({ country: "USA", state: "CA" })).text();
    expect(text).toContain(`<a href="#individual">Customer type: Required</a>`);
    expect(text).toContain(`<fieldset class="invalid" aria-describedby="type-error">`);
  });

  it("shows messages about fields that the form does not have", async () => {
    const { app } = appOver(answering(400, { ts: "", error: { email: ["Required"] } }));
    expect(await (await (await openForm(app)).send(california)).text()).toContain("<li>email: Required</li>");
  });

  it.each([
    [401, { general: "Unauthorized" }, {}, 502, "did not accept this app&#39;s API key"],
    [429, { general: "Too Many Requests" }, { "retry-after": "7" }, 503, "send them again in 7 seconds"],
    [404, { general: "Not here" }, {}, 502, "SpherePay answered 404. Not here"],
    [400, { general: "Bad Request Exception" }, {}, 422, "Bad Request Exception"],
  ])(
    "says after %i that no customer was created, and offers the form again",
    async (status, error, headers, ...page) => {
      const { app, sent } = appOver(answering(status, { ts: "", error }, headers));
      const answer = await (await openForm(app)).send(california);
      const text = await answer.text();
      expect([answer.status, sent.length]).toEqual([page[0], 1]);
      expect(text).toContain("No customer was created.");
      expect(text).toContain(page[1]);
      expect(text).toContain(`name="state" value="CA"`);
    },
  );

  it("says that a customer may have been created when a success can't be read", async () => {
    const { app } = appOver(async () => new Response("<html>"));
    const form = await openForm(app);
    await form.send(california);
    expect(await form.read(`/customers/${form.token}`)).toContain("The customer may have been created");
  });

  it("says that a customer may have been created when the answer is not one", async () => {
    const { app } = appOver(answering(200, {}));
    const form = await openForm(app);
    await form.send(california);
    expect(await form.read(`/customers/${form.token}`)).toContain("SpherePay answered 200, and not with a customer.");
  });

  it("says that a customer may have been created when the app itself fails", async () => {
    const { app } = appOver(answering(200, { id: "customer_1", type: "individual", verificationProfiles: [null] }));
    const form = await openForm(app);
    await form.send(california);
    expect(await form.read(`/customers/${form.token}`)).toContain("look in the SpherePay dashboard for it first");
  });
});

describe("safety", () => {
  it("sends nothing for a form of another visitor, or of none", async () => {
    const { app, sent } = appOver(mock);
    const [mine, other] = [await openForm(app), await openForm(app)];
    for (const headers of [{ cookie: other.cookie }, { cookie: "" }]) {
      const answer = await mine.send(california, headers);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain("Nothing was sent just now.");
    }
    expect((await mine.send({ ...california, token: crypto.randomUUID() })).status).toBe(403);
    expect(sent).toHaveLength(0);
  });

  it("shows a customer to the visitor who created it and to nobody else", async () => {
    const { app } = appOver(mock);
    const [mine, other] = [await openForm(app), await openForm(app)];
    await mine.send(california);
    expect(await mine.read(`/customers/${mine.token}`)).toContain("customer_d4");
    expect(await other.read(`/customers/${mine.token}`)).toContain("Page not found");
  });

  it("forgets a form and its customer after an hour", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { app, sent } = appOver(mock);
    const form = await openForm(app);
    await form.send(california);
    vi.advanceTimersByTime(60 * 60 * 1000);
    expect(await form.read(`/customers/${form.token}`)).toContain("Page not found");
    expect((await form.send(california)).status).toBe(403);
    expect(sent).toHaveLength(1);
  });

  it("refuses forms from other sites, and forms that are too large", async () => {
    const { app, sent } = appOver(mock);
    const form = await openForm(app);
    for (const foreign of ["https://evil.example", `${origin}.evil.example`, "null", ""]) {
      expect((await form.send(california, { origin: foreign })).status).toBe(403);
    }
    const large = { ...california, city: "x".repeat(20_000) };
    const length = String(new URLSearchParams({ token: form.token, ...large }).toString().length);
    expect((await form.send(large, { "content-length": length })).status).toBe(413);
    expect((await form.send(large)).status).toBe(413);
    expect(sent).toHaveLength(0);
  });

  it("sets a session cookie that scripts can't read and other sites can't use", async () => {
    const { app } = appOver(mock);
    const cookie = async (url: string) => (await app.request(url)).headers.get("set-cookie");
    expect(await cookie("/customers/new")).toMatch(
      /^onboarding_session=[\w-]{36}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await cookie("https://onboarding.test/customers/new")).toContain("Secure");
  });

  it("answers every page with strict headers and no inline script or style", async () => {
    const { app } = appOver(mock);
    const form = await openForm(app);
    await form.send(california);
    const paths = ["/", "/customers/new", `/customers/${form.token}`, "/nothing", "/styles.css", "/icon.svg"];
    for (const path of paths) {
      const { headers } = await app.request(path, { headers: { cookie: form.cookie } });
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      const asset = path.endsWith(".css") || path.endsWith(".svg");
      expect(headers.get("cache-control")).toBe(asset ? "no-cache" : "no-store");
    }
    for (const path of paths.slice(0, 4)) expect(await form.read(path)).not.toMatch(/<script|<style| style=| on\w+=/);
  });

  it("keeps the key and what was typed out of pages, addresses and logs", async () => {
    for (const answer of [mock, answering(401, {}), answering(500, {}), () => Promise.reject(new Error("broken"))]) {
      const { app, sent } = appOver(answer);
      const form = await openForm(app);
      const response = await form.send({ ...california, city: "Springfield" });
      const location = response.headers.get("location");
      const text = location ? await form.read(location) : await response.text();
      expect(sent[0]!.headers.get("authorization")).toBe(`Bearer ${apiKey}`);
      expect(text).not.toContain(apiKey);
      expect(`${location} ${logged.join()}`).not.toMatch(/Springfield|secret_/);
    }
    expect(logged).toEqual([
      "createCustomer: the API answered 401",
      "createCustomer: the API answered 500",
      expect.stringContaining("createCustomer: the connection broke"),
    ]);
  });
});
