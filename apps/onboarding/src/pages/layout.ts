import { html } from "hono/html";

/** A piece of a page, with everything from outside escaped. */
export type Html = ReturnType<typeof html>;

interface Layout {
  /** What the app calls the place that it talks to. */
  environment: string;
  title: string;
  content: Html;
}

export function layout({ environment, title, content }: Layout): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="Create a customer with SpherePay and see what still has to be verified." />
        <title>${title} - SpherePay onboarding</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/styles.css" />
        <script src="/enhance.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28" />SpherePay onboarding</a>
          <span class="badge"><span class="hidden">Environment: </span>${environment}</span>
        </header>
        <main id="main" tabindex="-1">${content}</main>
      </body>
    </html> `;
}
