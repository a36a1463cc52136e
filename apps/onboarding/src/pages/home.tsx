import { Layout, type PageProps } from "./layout.tsx";

export function HomePage({ environment }: PageProps) {
  return (
    <Layout environment={environment} title="Home">
      <h1>Onboard a customer</h1>
      <p class="lead">
        This sample app creates a customer with the SpherePay API and shows what still has to be verified before that
        customer can transfer money.
      </p>
      <p>
        <a class="button" href="/customers/new">
          New customer
        </a>
      </p>
      <p class="hint">
        It talks to this environment: <strong>{environment}</strong>
      </p>
    </Layout>
  );
}
