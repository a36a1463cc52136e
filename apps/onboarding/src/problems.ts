import { isSphereApiError, SphereApiError, SphereConnectionError, SphereTimeoutError } from "@spherepay/client";
import type { SphereError } from "@spherepay/client";

/** Why a form was not accepted. */
export interface Problem {
  title: string;
  text: string;
  /** The API's own messages, by top-level field of the request. */
  fieldErrors: Record<string, readonly string[] | undefined>;
  /** HTTP status of the page that says so. */
  status: 403 | 422 | 500 | 502 | 503;
}

export const expired: Problem = {
  title: "This form could not be sent",
  text:
    "This app does not know it: it was open for more than an hour, the app was started again since, or your browser " +
    "keeps no cookies. Nothing was sent just now. If you had sent this form before, look in the SpherePay dashboard " +
    "for the customer first. If not, send it again.",
  fieldErrors: {},
  status: 403,
};

/** The problem behind an error whose outcome is `"not_sent"` or `"rejected"`: no customer was created. */
export function problemOf(error: SphereError): Problem {
  if (isSphereApiError(error, "createCustomer", 400)) {
    const { fieldErrors, generalError = "Check these details and send the form again." } = error;
    const title = "SpherePay did not accept these details";
    return { title, text: `No customer was created. ${generalError}`, fieldErrors, status: 422 };
  }
  if (error instanceof SphereConnectionError || error instanceof SphereTimeoutError) {
    const text =
      "Nothing was sent, so no customer was created. Your details are kept below: send them again in a moment.";
    return { title: "SpherePay could not be reached", text, fieldErrors: {}, status: 503 };
  }
  if (!(error instanceof SphereApiError)) {
    const text =
      "Nothing was sent, so no customer was created. Whoever runs this app finds the reason in its log: most likely its API key.";
    return { title: "This app could not send the form", text, fieldErrors: {}, status: 500 };
  }
  if (error.status === 401 || error.status === 403) {
    const text =
      "No customer was created. Whoever runs this app has to check its API key, and that the key belongs to this environment.";
    return { title: "SpherePay did not accept this app's API key", text, fieldErrors: {}, status: 502 };
  }
  if (error.status === 429) {
    const wait = error.retryAfter === undefined ? "a moment" : seconds(error.retryAfter);
    const text = `No customer was created. Your details are kept below: send them again in ${wait}.`;
    return { title: "SpherePay is getting too many requests", text, fieldErrors: {}, status: 503 };
  }
  const text = `No customer was created. SpherePay answered ${error.status}. ${error.generalError ?? ""}`.trim();
  return { title: "SpherePay refused the request", text, fieldErrors: {}, status: 502 };
}

/** Why it is not known whether a customer was created: a title and a text of the page that says so. */
export function uncertaintyOf(error: unknown): { title: string; text: string } {
  if (error instanceof SphereTimeoutError) {
    const text = "Your form was sent, and SpherePay may still be working on it: the customer may have been created.";
    return { title: "SpherePay did not answer in time", text };
  }
  if (error instanceof SphereConnectionError) {
    const text =
      "It broke before SpherePay's answer arrived. The form may have reached it: the customer may have been created.";
    return { title: "The connection to SpherePay was lost", text };
  }
  if (error instanceof SphereApiError) {
    const text = `It answered ${error.status}, but not with a customer. The customer may have been created all the same.`;
    return { title: "SpherePay could not say what happened", text };
  }
  const text = "It stopped before it had SpherePay's answer. The customer may have been created.";
  return { title: "This app failed", text };
}

function seconds(milliseconds: number): string {
  const count = Math.max(1, Math.ceil(milliseconds / 1000));
  return count === 1 ? "a second" : `${count} seconds`;
}
