import { html } from "hono/html";
import { countries, states, type Place } from "../places.ts";
import type { Problem } from "../problems.ts";
import { layout, type Html } from "./layout.ts";

/** What was typed, by the name of the field. */
export type FormValues = Record<string, string | undefined>;

interface FormPage {
  environment: string;
  values: FormValues;
  problem?: Problem;
  /** Where the form is sent. @default the address of the page, without a fragment */
  action?: string;
}

const labels = new Map([
  ["type", "Customer type"],
  ["address", "Address"],
  ["country", "Country"],
  ["state", "State, province or region"],
  ["line1", "Street and house number"],
  ["line2", "Flat, suite or floor"],
  ["city", "City or town"],
  ["postalCode", "Postal code"],
]);

/**
 * The places to choose from. They are most of a form, so only the empty one, which is made once, has them in it; a form
 * that comes back gets them from `/enhance.js`.
 */
export const placeChoices = html`${choices("countries", countries)}${choices("states", states)}`;

// Without an action, the answer keeps the fragment of a link that was followed in the page, and has its focus there
// instead of in the summary of errors (https://html.spec.whatwg.org/#flush-autofocus-candidates).
const withoutFragment = "?";

export function formPage({ environment, values, problem, action = withoutFragment }: FormPage): Html {
  const messages = messagesOf(problem);
  const errorsOf = (name: string) => messages.filter((message) => message.name === name).map(({ text }) => text);
  const field = (name: string, more: Pick<Input, "hint" | "list" | "required"> = {}) =>
    input({ name, value: values[name] ?? "", errors: errorsOf(name), ...more });
  const place = (name: string, hint: string, list: string) =>
    field(name, { hint, required: true, ...(!problem && { list }) });
  const choice = (id: string, title: string, text: string) => html`
    <label class="choice">
      <input type="radio" name="type" id="${id}" value="${id}" ${values["type"] === id && "checked"} />
      <span><strong>${title}</strong><span class="hint">${text}</span></span>
    </label>
  `;
  const type = html`<div class="columns">
    ${choice("individual", "Individual", "A person.")}
    ${choice("business", "Business", "A company or another legal entity.")}
  </div>`;
  const address = html`
    <div class="columns">
      ${place("country", "A name or a code, such as USA", "countries")}
      ${place("state", "In the USA a name or a code, such as CA", "states")}
    </div>
    ${field("line1")} ${field("line2")}
    <div class="columns">${field("city")} ${field("postalCode")}</div>
  `;
  const hint = "Where the person lives or the business is registered. Country and state are required.";
  const content = html`
    ${problem && errorSummary(problem, messages)}
    <h1>New customer</h1>
    <form method="post" action="${action}" novalidate>
      ${group({ name: "type", errors: errorsOf("type"), content: type })}
      ${group({ name: "address", errors: errorsOf("address"), hint, content: address })} ${!problem && placeChoices}
      <button class="button" data-busy="Creating customer">Create customer</button>
    </form>
  `;
  return layout({ environment, title: problem ? "Error: New customer" : "New customer", content });
}

function choices(id: string, places: readonly Place[]): Html {
  const options = places.map(({ code, name }) => html`<option value="${name}">${code}`);
  return html`<datalist id="${id}">${options}</datalist>`;
}

interface Message {
  /** Name of the group or the input that it is about, or of a field that the form does not have. */
  name: string;
  text: string;
}

/** The API's messages, each for the smallest part of the form that it is about. */
function messagesOf(problem: Problem | undefined): Message[] {
  return Object.entries(problem?.fieldErrors ?? {}).flatMap(([field, lines = []]) =>
    lines.map((text) => {
      // A message about a part of the address begins with its name: "state: Required".
      const nested = /^(\w+): (.+)$/s.exec(text);
      return nested && labels.has(nested[1]!) ? { name: nested[1]!, text: nested[2]! } : { name: field, text };
    }),
  );
}

/** The first input of each group. */
const firstInputs = new Map([
  ["type", "individual"],
  ["address", "country"],
]);

function errorSummary({ title, text }: Problem, messages: Message[]): Html {
  const items = messages.map(({ name, text: message }) => {
    const line = `${labels.get(name) ?? name}: ${message}`;
    return html`<li>${labels.has(name) ? html`<a href="#${firstInputs.get(name) ?? name}">${line}</a>` : line}</li>`;
  });
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary-title">
    <h2 id="summary-title">${title}</h2>
    <p>${text}</p>
    ${
      items.length > 0 &&
      html`<ul>
        ${items}
      </ul>`
    }
  </div>`;
}

interface Part {
  /** The API's name of the field. */
  name: string;
  hint?: string | undefined;
  errors: string[];
}

function group({ name, hint, errors, content }: Part & { content: Html }): Html {
  return html`<fieldset class="${errors.length > 0 ? "invalid" : ""}" ${describedBy({ name, hint, errors })}>
    <legend>${labels.get(name)}</legend>
    ${help({ name, hint, errors })} ${content}
  </fieldset>`;
}

interface Input extends Part {
  value: string;
  /** The choices that it offers. */
  list?: string;
  required?: boolean;
}

function input({ name, hint, errors, list, required, value }: Input): Html {
  const invalid = errors.length > 0;
  // No autocomplete: the address is the customer's, not that of the person who types it.
  return html`<div class="${invalid ? "field invalid" : "field"}">
    <label for="${name}">${labels.get(name)}${!required && html` <span class="hint">(optional)</span>`}</label>
    ${help({ name, hint, errors })}
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      ${list && html`list="${list}"`}
      ${describedBy({ name, hint, errors })}
      ${invalid && html`aria-invalid="true"`}
      autocomplete="off"
      spellcheck="false"
    />
  </div>`;
}

/** The hint and the errors of a part of the form. */
function help({ name, hint, errors }: Part): Html {
  const lines = errors.map((text) => html`<p class="error"><span class="hidden">Error: </span>${text}</p>`);
  return html`${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  ${lines.length > 0 && html`<div id="${name}-error">${lines}</div>`}`;
}

function describedBy({ name, hint, errors }: Part): Html | false {
  const ids = [hint && `${name}-hint`, errors.length > 0 && `${name}-error`].filter(Boolean);
  return ids.length > 0 && html`aria-describedby="${ids.join(" ")}"`;
}
