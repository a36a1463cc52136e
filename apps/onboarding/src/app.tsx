import { SphereError, type CreateCustomer, type Customer, type SphereClient } from "@spherepay/client";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import type { JSX } from "hono/jsx/jsx-runtime";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { icon, stylesheet } from "./assets.ts";
import { FormPage, type FormValues } from "./pages/form.tsx";
import { HomePage } from "./pages/home.tsx";
import { MessagePage } from "./pages/message.tsx";
import { ResultPage } from "./pages/result.tsx";
import { UnknownPage, type Attempt } from "./pages/unknown.tsx";
import { expired, problemOf, uncertaintyOf } from "./problems.ts";
import { Submissions } from "./submissions.ts";

type Submission = { customer: Customer } | { attempt: Attempt };

/**
 * The app, for any runtime with web-standard requests and responses.
 *
 * @param environment what the pages call the place that `sphere` talks to
 */
export function createApp({ sphere, environment }: { sphere: SphereClient; environment: string }): Hono {
  const submissions = new Submissions<Submission>();
  const app = new Hono();

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // "no-referrer" would make browsers send forms with "Origin: null", which csrf() can't tell from a foreign page
      // (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
      referrerPolicy: "same-origin",
      xFrameOptions: "DENY",
    }),
    csrf(),
    bodyLimit({ maxSize: 16 * 1024 }),
  );

  app.get("/", (context) => page(context, <HomePage environment={environment} />));

  app.get("/customers/new", (context) => {
    const token = submissions.open(sessionOf(context));
    return page(context, <FormPage environment={environment} token={token} values={{}} />);
  });

  app.post("/customers", async (context) => {
    const session = sessionOf(context);
    const values = textsOf(await context.req.parseBody());
    const token = values["token"] ?? "";
    try {
      const submission = await submissions.send(session, token, () => create(values));
      if (submission) return context.redirect(`/customers/${token}`, 303);
    } catch (error) {
      if (!(error instanceof SphereError)) throw error;
      const problem = problemOf(error);
      return page(context, <FormPage {...{ environment, token, values, problem }} />, problem.status);
    }
    const form = { environment, token: submissions.open(session), values, problem: expired };
    return page(context, <FormPage {...form} />, expired.status);
  });

  app.get("/customers/:token", async (context) => {
    const sent = submissions.result(sessionOf(context), context.req.param("token"));
    // A form whose sending fails is open again: it has no result to show.
    const submission = await sent?.catch(() => undefined);
    if (!submission) return context.notFound();
    if ("customer" in submission) return page(context, <ResultPage {...{ environment, ...submission }} />);
    return page(context, <UnknownPage {...{ environment, ...submission }} />);
  });

  app.get("/styles.css", etag(), (context) =>
    context.body(stylesheet, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" }),
  );
  app.get("/icon.svg", etag(), (context) =>
    context.body(icon, 200, { "content-type": "image/svg+xml", "cache-control": "no-cache" }),
  );

  app.notFound((context) =>
    page(
      context,
      <MessagePage environment={environment} title="Page not found">
        There is nothing at this address. The page of a new customer can be seen for an hour, in the browser that
        created it.
      </MessagePage>,
      404,
    ),
  );

  app.onError((error, context) => {
    const refused = error instanceof HTTPException && error.status < 500;
    if (!refused) console.error(error);
    return page(
      context,
      <MessagePage environment={environment} title={refused ? "This request was not accepted" : "This app failed"}>
        {refused
          ? "It came from another site, or is too large. Nothing was sent to SpherePay."
          : "The fault is in this app. If you were creating a customer, look in the SpherePay dashboard for it first."}
      </MessagePage>,
      refused ? error.status : 500,
    );
  });

  /** Creates the customer. It throws only when none was created, so that the form can be sent again. */
  async function create(values: FormValues): Promise<Submission> {
    const sentAt = new Date();
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
      return { attempt: { sentAt, type: values["type"], reason: uncertaintyOf(error) } };
    }
  }

  return app;
}

function page(context: Context, content: JSX.Element, status: ContentfulStatusCode = 200) {
  // Pages hold form tokens and customers.
  context.header("cache-control", "no-store");
  return context.html(`<!doctype html>${content.toString()}`, status);
}

/** The visitor's session: a random cookie that other sites can't make the browser send. */
function sessionOf(context: Context): string {
  const name = "onboarding_session";
  const known = getCookie(context, name);
  if (known) return known;
  const session = crypto.randomUUID();
  const secure = new URL(context.req.url).protocol === "https:";
  setCookie(context, name, session, { httpOnly: true, sameSite: "Strict", path: "/", secure });
  return session;
}

function textsOf(form: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** What the form says, without its empty fields: the API is the one to say which of them it requires. */
function bodyOf(values: FormValues): CreateCustomer {
  const filled = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, values[name]?.trim()]).filter(([, value]) => value));
  const address = filled(["line1", "line2", "city", "postalCode", "state", "country"]);
  return { ...filled(["type"]), ...(Object.keys(address).length > 0 && { address }) } as CreateCustomer;
}
