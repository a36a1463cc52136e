import { html } from "hono/html";
import { layout, type Html } from "./layout.ts";

// What a result looks like.
const picture = html`<div class="card" aria-hidden="true">
  <p class="progress"><progress value="2" max="4"></progress>2 of 4 complete</p>
  <ul class="checks complete">
    <li>Terms of service</li>
    <li>Email address</li>
  </ul>
  <ul class="checks pending">
    <li>Residential address</li>
  </ul>
  <ul class="checks required">
    <li>Photo ID</li>
  </ul>
</div>`;

export function homePage(environment: string): Html {
  const content = html`<div class="welcome">
    <div>
      <h1>Onboard a customer</h1>
      <p class="lead">
        This sample app creates a customer in SpherePay's <strong>${environment}</strong> environment and shows what
        still has to be verified before that customer can transfer money.
      </p>
      <p><a class="button" href="/customers/new">New customer</a></p>
    </div>
    ${picture}
  </div>`;
  return layout({ environment, title: "Home", content });
}
