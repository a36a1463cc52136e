import { html } from "hono/html";
import { plainWords } from "../words.ts";
import { layout, type Html } from "./layout.ts";

/** A customer that may have been created. */
export interface Attempt {
  sentAt: Date;
  type: string | undefined;
  /** Why nobody knows. */
  title: string;
  text: string;
}

export function unknownPage(environment: string, { sentAt, type, title, text }: Attempt): Html {
  const time = sentAt.toISOString();
  const content = html`
    <h1>${title}</h1>
    <p class="lead">${text} To keep you from creating a second one, this form can't be sent again.</p>
    <h2>What to check</h2>
    <ol>
      <li>Open the SpherePay dashboard of this environment: <strong>${environment}</strong></li>
      <li>Look for a customer created at the time below.</li>
      <li>If it is there, it is yours: carry on with it.</li>
      <li>If it is still missing after some minutes, it was most likely not created: start over from the home page.</li>
    </ol>
    <dl class="facts">
      <div>
        <dt>Sent at</dt>
        <dd><time datetime="${time}">${time.slice(0, 19).replace("T", " ")} UTC</time></dd>
      </div>
      ${
        type &&
        html`<div>
          <dt>Customer type</dt>
          <dd>${plainWords(type) ?? type}</dd>
        </div>`
      }
    </dl>
    <p><a href="/">Go to the home page</a></p>
  `;
  return layout({ environment, title, content });
}
