import { SphereError, type CreateCustomer, type Customer, type SphereClient } from "@spherepay/client";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { BrowserFiles } from "./browser-files.ts";
import { constant } from "./constant.ts";
import { formPage, placeChoices, type FormValues } from "./pages/form.ts";
import { homePage } from "./pages/home.ts";
import type { Html } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";
import { resultPage } from "./pages/result.ts";
import { unknownPage, type Attempt } from "./pages/unknown.ts";
import { countryCode, stateCode } from "./places.ts";
import { expired, problemOf, uncertaintyOf } from "./problems.ts";
import { Submissions, type Form } from "./submissions.ts";

/** What came of a form that was sent: a customer, or nobody knows. */
export type Submission = { customer: Customer } | { attempt: Attempt };

/** What the app needs. */
export interface AppOptions {
  /** The client that it creates customers with. */
  sphere: SphereClient;
  /** What the pages call the place that `sphere` talks to. */
  environment: string;
  /** What the pages refer to. */
  browserFiles: BrowserFiles;
  /** Where forms and what came of them are kept for an hour. @default in memory */
  forms?: Map<string, Form<Submission>> | undefined;
}

// Given with each answer, because the middleware that sets such headers afterwards doubles the time of a page.
const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
  // "no-referrer" would make browsers send forms with "Origin: null", which csrf() can't tell from a foreign page
  // (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
  "referrer-policy": "same-origin",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

// Pages belong to a session, and some hold a customer.
const pageHeaders = { ...securityHeaders, "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };

/** The app, for any runtime with web-standard requests and responses. */
export function createApp({ sphere, environment, browserFiles, forms = new Map() }: AppOptions): Hono {
  const submissions = new Submissions(forms);
  const app = new Hono();
  // The same for everyone, so made once.
  const emptyForm = constant(formPage({ environment, values: {} }).toString(), pageHeaders);

  app.get("/", constant(homePage(environment).toString(), pageHeaders));

  app.get("/customers/new", (context) => context.redirect(`/customers/${submissions.open(sessionOf(context))}`, 303));

  // One address for a form and for what came of it: reload and the back button lead to the customer, not to a new form.
  app.get("/customers/:token", async (context) => {
    const session = sessionOf(context);
    const token = context.req.param("token");
    // A form that was refused is open again.
    const submission = await submissions.result(session, token)?.catch(() => undefined);
    if (submission && "customer" in submission) return page(context, await customerPage(submission.customer));
    if (submission) return page(context, unknownPage(environment, submission.attempt));
    return submissions.has(session, token) ? emptyForm(context) : context.notFound();
  });

  app.post("/customers/:token", csrf(), async (context) => {
    const session = sessionOf(context);
    const token = context.req.param("token");
    const values: FormValues = Object.fromEntries(new URLSearchParams(await bodyOfForm(context)));
    const attempt = (error: unknown): Submission => ({
      attempt: { sentAt: new Date(), type: values["type"], ...uncertaintyOf(error) },
    });
    try {
      const sent = await submissions.send(session, token, attempt(undefined), () => create(values, attempt));
      if (sent) return context.redirect(`/customers/${token}`, 303);
    } catch (error) {
      if (!(error instanceof SphereError)) throw error;
      const problem = problemOf(error);
      return page(context, formPage({ environment, values, problem }), problem.status);
    }
    const action = `/customers/${submissions.open(session)}`;
    return page(context, formPage({ environment, values, problem: expired, action }), expired.status);
  });

  for (const [path, type, text] of [
    ["/styles.css", "text/css; charset=utf-8", browserFiles["styles.css"]],
    ["/enhance.js", "text/javascript; charset=utf-8", browserFiles["enhance.js"]],
    ["/icon.svg", "image/svg+xml", browserFiles["icon.svg"]],
    ["/choices.html", "text/html; charset=utf-8", placeChoices.toString()],
  ] as const) {
    app.get(path, etag(), constant(text, { ...securityHeaders, "content-type": type, "cache-control": "no-cache" }));
  }

  app.notFound((context) => {
    const text =
      "There is nothing at this address. A form, and the page of the customer that it created, can be seen for an " +
      "hour, in the browser that opened it.";
    return page(context, messagePage({ environment, title: "Page not found", text }), 404);
  });

  app.onError((error, context) => {
    const refused = error instanceof HTTPException && error.status < 500;
    if (!refused) console.error(error);
    const title = refused ? "This request was not accepted" : "This app failed";
    const text = refused
      ? "It came from another site, is too large, or is no form of this app. Nothing was sent to SpherePay."
      : "The fault is in this app. If you were creating a customer, look in the SpherePay dashboard for it first.";
    return page(context, messagePage({ environment, title, text }), refused ? error.status : 500);
  });

  /** The customer as the API says it is now; as its creation answered when it can't be read, or not be shown. */
  async function customerPage(created: Customer): Promise<Html> {
    try {
      const params = { path: { customer_id: created.id } };
      const customer = await sphere.getCustomer({ params }, { maxRetries: 0, timeout: 5000 });
      return resultPage(environment, customer);
    } catch (error) {
      console.error(error instanceof SphereError ? error.message : error);
      return resultPage(
        environment,
        created,
        "The customer could not be read from SpherePay just now. Below is what SpherePay answered when it was created.",
      );
    }
  }

  /** Creates the customer. It throws only when none was created, so that the form can be sent again. */
  async function create(values: FormValues, attempt: (error: unknown) => Submission): Promise<Submission> {
    try {
      // Someone waits for the page: show a refusal at once, rather than wait here as long as the API asks.
      return { customer: await sphere.createCustomer({ body: bodyOf(values) }, { maxRetries: 0 }) };
    } catch (error) {
      const known = error instanceof SphereError;
      if (known && error.outcome !== "unknown") {
        if (problemOf(error).status !== 422) console.error(error.message);
        throw error;
      }
      // The client's messages hold neither the key nor what was sent.
      console.error(known ? error.message : error);
      return attempt(error);
    }
  }

  return app;
}

function page(context: Context, content: Html, status: ContentfulStatusCode = 200) {
  return context.body(content.toString(), status, pageHeaders);
}

/** The visitor's session: a random cookie that other sites can't make the browser send. */
function sessionOf(context: Context): string {
  const name = "onboarding_session";
  // The header is that of a proxy which ends TLS. A visitor who forges it harms nobody else.
  const protocol = context.req.header("x-forwarded-proto") ?? context.req.url;
  // Browsers take a name with this prefix from the host itself only, over TLS only.
  const prefix = protocol.startsWith("https") ? "host" : undefined;
  const known = getCookie(context, name, prefix);
  // Anything else would be kept with each form, as long as it is.
  if (known && /^[\w-]{36}$/.test(known)) return known;
  const session = crypto.randomUUID();
  setCookie(context, name, session, { httpOnly: true, sameSite: "Strict", path: "/", ...(prefix && { prefix }) });
  return session;
}

/** The body of a form, as browsers send it: with its length, which no form of this app brings to 16 KiB. */
async function bodyOfForm(context: Context): Promise<string> {
  // The origin of other types is not looked at by csrf().
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded *(;|$)/i.test(type)) throw new HTTPException(415);
  const length = Number(context.req.header("content-length") ?? Infinity);
  if (!(length <= 16 * 1024)) throw new HTTPException(413);
  return context.req.text().catch((cause: unknown) => {
    // The visitor has gone before all of it arrived: no fault of this app, to be logged as one.
    throw new HTTPException(400, { cause });
  });
}

/** What the form says, without its empty fields: the API is the one to say which of them it requires. */
function bodyOf(values: FormValues): CreateCustomer {
  const country = countryCode(values["country"] ?? "");
  const state = country === "USA" ? stateCode(values["state"] ?? "") : values["state"];
  const filled = (fields: FormValues) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
    );
  const { type, line1, line2, city, postalCode } = values;
  const address = filled({ line1, line2, city, postalCode, state, country });
  return { ...filled({ type }), ...(Object.keys(address).length > 0 && { address }) } as CreateCustomer;
}
