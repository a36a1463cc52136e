import { plainWords } from "../words.ts";
import { Layout, type PageProps } from "./layout.tsx";

/** A customer that may have been created. */
export interface Attempt {
  sentAt: Date;
  type: string | undefined;
  /** Why nobody knows. */
  reason: string;
}

export function UnknownPage({ environment, attempt }: PageProps & { attempt: Attempt }) {
  const { sentAt, type, reason } = attempt;
  const time = sentAt.toISOString();
  return (
    <Layout environment={environment} title="The customer may have been created">
      <h1>The customer may have been created</h1>
      <p class="lead">
        {reason} Your form was sent, and it is not known whether SpherePay created the customer. To keep you from
        creating a second one, the form can't be sent again.
      </p>
      <h2>What to check</h2>
      <ol>
        <li>
          Open the SpherePay dashboard of this environment: <strong>{environment}</strong>
        </li>
        <li>Look for a customer created at the time below.</li>
        <li>If it is there, it is yours: carry on with it.</li>
        <li>
          If it is still missing after some minutes, it was most likely not created: start over from the home page.
        </li>
      </ol>
      <dl class="facts">
        <dt>Sent at</dt>
        <dd>
          <time datetime={time}>{time.slice(0, 19).replace("T", " ")} UTC</time>
        </dd>
        {type && (
          <>
            <dt>Customer type</dt>
            <dd>{plainWords(type) ?? type}</dd>
          </>
        )}
      </dl>
      <p>
        <a href="/">Go to the home page</a>
      </p>
    </Layout>
  );
}
