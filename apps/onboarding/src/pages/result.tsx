import type { Customer, VerificationCriteria, VerificationProfile } from "@spherepay/client";
import { plainWords } from "../words.ts";
import { Layout, type PageProps } from "./layout.tsx";

type Check = { name: string; message?: string };

export function ResultPage({ environment, customer }: PageProps & { customer: Customer }) {
  return (
    <Layout environment={environment} title="Customer created">
      <h1>Customer created</h1>
      <dl class="facts">
        <dt>Customer ID</dt>
        <dd>
          <code class="copyable">{customer.id}</code>
        </dd>
        <dt>Customer type</dt>
        <dd>{plainWords(customer.type) ?? customer.type}</dd>
      </dl>
      <h2>Verification profiles</h2>
      {customer.verificationProfiles.length === 0 && <p>This customer has none.</p>}
      <div class="profiles">
        {customer.verificationProfiles.map((profile) => (
          <ProfileCard profile={profile} />
        ))}
      </div>
      <p>
        <a class="button" href="/customers/new">
          New customer
        </a>
      </p>
    </Layout>
  );
}

function ProfileCard({ profile: { name, status, criteria } }: { profile: VerificationProfile }) {
  return (
    <section class="card">
      <h3>
        <Name name={name} />
      </h3>
      <p>
        <span class="badge">{plainWords(status) ?? status}</span>
      </p>
      {criteria ? <Checklist criteria={criteria} /> : <p>Nothing is left to check.</p>}
    </section>
  );
}

function Checklist({ criteria }: { criteria: VerificationCriteria }) {
  const named = (names: string[]): Check[] => names.map((name) => ({ name }));
  const done = criteria.complete.length;
  const all = done + criteria.pending.length + criteria.required.length + criteria.errors.length;
  return (
    <>
      <p class="progress">
        <progress value={done} max={Math.max(all, 1)} aria-hidden="true" />
        {done} of {all} complete
      </p>
      <Checks title="Errors" state="errors" checks={criteria.errors} />
      <Checks title="Required" state="required" checks={named(criteria.required)} />
      <Checks title="Pending" state="pending" checks={named(criteria.pending)} />
      <Checks title="Complete" state="complete" checks={named(criteria.complete)} />
    </>
  );
}

function Checks({ title, state, checks }: { title: string; state: string; checks: Check[] }) {
  if (checks.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul class={`checks ${state}`}>
        {checks.map(({ name, message }) => (
          <li>
            <Name name={name} />
            {message && <p class="error">{message}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Plain words beside the API's own name; the name alone where it has another form. */
function Name({ name }: { name: string }) {
  const words = plainWords(name);
  return (
    <>
      {words && <span>{words} </span>}
      <code>{name}</code>
    </>
  );
}
