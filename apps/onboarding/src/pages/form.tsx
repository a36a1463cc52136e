import type { Child } from "hono/jsx";
import type { Problem } from "../problems.ts";
import { Layout, type PageProps } from "./layout.tsx";

/** What was typed, by the name of the field. */
export type FormValues = Record<string, string | undefined>;

interface FormPageProps extends PageProps {
  token: string;
  values: FormValues;
  problem?: Problem;
}

export function FormPage({ environment, token, values, problem }: FormPageProps) {
  const { type: typeErrors, address: addressErrors } = problem?.fieldErrors ?? {};
  const typeIs = (type: string) => values["type"] === type;
  return (
    <Layout environment={environment} title={problem ? "Error: New customer" : "New customer"}>
      {problem && <ErrorSummary problem={problem} />}
      <h1>New customer</h1>
      <form method="post" action="/customers" novalidate>
        <input type="hidden" name="token" value={token} />
        <Group id="type" legend="Customer type" errors={typeErrors}>
          <div class="columns">
            <Choice id="individual" checked={typeIs("individual")} title="Individual" text="A person." />
            <Choice
              id="business"
              checked={typeIs("business")}
              title="Business"
              text="A company or another legal entity."
            />
          </div>
        </Group>
        <Group
          id="address"
          legend="Address"
          hint="Where the person lives or the business is registered. Country and state are required."
          errors={addressErrors}
        >
          <div class="columns">
            <Field name="country" label="Country" hint="Three-letter code, such as USA" values={values} />
            <Field
              name="state"
              label="State, province or region"
              hint="Two letters in the USA, such as CA"
              values={values}
            />
          </div>
          <Field name="line1" label="Street and house number" optional values={values} />
          <Field name="line2" label="Flat, suite or floor" optional values={values} />
          <div class="columns">
            <Field name="city" label="City or town" optional values={values} />
            <Field name="postalCode" label="Postal code" optional values={values} />
          </div>
        </Group>
        <button class="button">Create customer</button>
      </form>
    </Layout>
  );
}

/** The first input of each group, by the API's name of the group. */
const firstInputs = new Map([
  ["type", { label: "Customer type", id: "individual" }],
  ["address", { label: "Address", id: "country" }],
]);

function ErrorSummary({ problem: { title, text, fieldErrors } }: { problem: Problem }) {
  const messages = Object.entries(fieldErrors).flatMap(([field, lines = []]) => lines.map((line) => ({ field, line })));
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus aria-labelledby="summary-title">
      <h2 id="summary-title">{title}</h2>
      <p>{text}</p>
      {messages.length > 0 && (
        <ul>
          {messages.map(({ field, line }) => {
            const input = firstInputs.get(field);
            return <li>{input ? <a href={`#${input.id}`}>{`${input.label}: ${line}`}</a> : `${field}: ${line}`}</li>;
          })}
        </ul>
      )}
    </div>
  );
}

interface GroupProps {
  /** The API's name of the field. */
  id: string;
  legend: string;
  hint?: string;
  errors: readonly string[] | undefined;
  children: Child;
}

function Group({ id, legend, hint, errors = [], children }: GroupProps) {
  const describedBy = [hint && `${id}-hint`, errors.length > 0 && `${id}-error`].filter(Boolean).join(" ");
  return (
    <fieldset class={errors.length > 0 ? "invalid" : ""} aria-describedby={describedBy || undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <div id={`${id}-error`}>
          {errors.map((text) => (
            <p class="error">
              <span class="hidden">Error: </span>
              {text}
            </p>
          ))}
        </div>
      )}
      {children}
    </fieldset>
  );
}

function Choice({ id, checked, title, text }: { id: string; checked: boolean; title: string; text: string }) {
  return (
    <label class="choice">
      <input type="radio" name="type" id={id} value={id} checked={checked} />
      <span>
        <strong>{title}</strong>
        <span class="hint">{text}</span>
      </span>
    </label>
  );
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  values: FormValues;
}

function Field({ name, label, hint, optional, values }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>
        {label}
        {optional && <span class="hint"> (optional)</span>}
      </label>
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {/* The address is the customer's, not that of the person who types it. */}
      <input
        id={name}
        name={name}
        value={values[name] ?? ""}
        aria-describedby={hint && `${name}-hint`}
        autocomplete="off"
        spellcheck={false}
      />
    </div>
  );
}
