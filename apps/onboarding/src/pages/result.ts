import type { Customer, VerificationCriteria, VerificationProfile } from "@spherepay/client";
import { html } from "hono/html";
import { plainWords } from "../words.ts";
import { layout, type Html } from "./layout.ts";

/** A customer, and what there is to say of where that comes from. */
export function resultPage(environment: string, { id, type, verificationProfiles }: Customer, remark?: string): Html {
  const content = html`
    <h1 class="created">Customer created</h1>
    ${remark && html`<p>${remark}</p>`}
    <dl class="facts">
      <div>
        <dt>Customer ID</dt>
        <dd>
          <code class="copyable" id="customer-id">${id}</code>
          <button type="button" class="copy" data-copies="customer-id" hidden>
            Copy<span class="hidden"> customer ID</span>
          </button>
          <span class="hint" role="status"></span>
        </dd>
      </div>
      <div>
        <dt>Customer type</dt>
        <dd>${plainWords(type) ?? type}</dd>
      </div>
    </dl>
    <h2>Verification profiles</h2>
    ${verificationProfiles.length === 0 && html`<p>This customer has none.</p>`}
    <div class="profiles">${verificationProfiles.map(profileCard)}</div>
    <p><a class="button" href="/customers/new">New customer</a></p>
  `;
  return layout({ environment, title: "Customer created", content });
}

function profileCard({ name, status, criteria }: VerificationProfile): Html {
  return html`<section class="card">
    <header>
      <h3>${plainWords(name)} <code>${name}</code></h3>
      <span class="badge">${plainWords(status) ?? status}</span>
    </header>
    ${criteria ? checklist(criteria) : html`<p>SpherePay lists no checks here.</p>`}
  </section>`;
}

function checklist({ complete, pending, required, errors }: VerificationCriteria): Html {
  const done = complete.length;
  const all = done + pending.length + required.length + errors.length;
  const failed = ({ name, message }: VerificationCriteria["errors"][number]) => check(name, message);
  const item = (name: string) => check(name);
  return html`
    <p class="progress">
      <progress value="${done}" max="${Math.max(all, 1)}" aria-hidden="true"></progress>
      ${done} of ${all} complete
    </p>
    ${checks("Errors", "errors", errors.map(failed))} ${checks("Required", "required", required.map(item))}
    ${checks("Pending", "pending", pending.map(item))} ${checks("Complete", "complete", complete.map(item))}
  `;
}

function checks(title: string, state: string, items: Html[]): Html | false {
  return (
    items.length > 0 &&
    html`<h4>${title} <span class="count">${items.length}</span></h4>
      <ul class="checks ${state}">
        ${items}
      </ul>`
  );
}

/** Plain words beside the API's own name; the name alone where it has another form. */
function check(name: string, message?: string): Html {
  const reason = message && html`<p class="error">${message}</p>`;
  return html`<li><span>${plainWords(name)}</span> <code>${name}</code>${reason}</li>`;
}
