import { html } from "hono/html";
import { layout, type Html } from "./layout.ts";

interface MessagePage {
  environment: string;
  title: string;
  text: string;
}

export function messagePage({ environment, title, text }: MessagePage): Html {
  const content = html`
    <h1>${title}</h1>
    <p class="lead">${text}</p>
    <p><a href="/">Go to the home page</a></p>
  `;
  return layout({ environment, title, content });
}
