import type { PropsWithChildren } from "hono/jsx";
import { Layout, type PageProps } from "./layout.tsx";

export function MessagePage({ environment, title, children }: PropsWithChildren<PageProps & { title: string }>) {
  return (
    <Layout environment={environment} title={title}>
      <h1>{title}</h1>
      <p class="lead">{children}</p>
      <p>
        <a href="/">Go to the home page</a>
      </p>
    </Layout>
  );
}
