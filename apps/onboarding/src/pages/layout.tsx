import type { PropsWithChildren } from "hono/jsx";

/** What every page shows. */
export interface PageProps {
  /** Name of the place that the app talks to. */
  environment: string;
}

export function Layout({ environment, title, children }: PropsWithChildren<PageProps & { title: string }>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} - SpherePay onboarding</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/styles.css" />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header>
          <a class="brand" href="/">
            <img src="/icon.svg" alt="" width="24" height="24" />
            SpherePay onboarding
          </a>
          <span class="badge">{environment}</span>
        </header>
        <main id="main">{children}</main>
      </body>
    </html>
  );
}
