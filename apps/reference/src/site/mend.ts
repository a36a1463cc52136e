/** Mends what Redoc has drawn. What is mended already stays as it is. */
export function mend(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>(
    '[data-component-name="Markdown/Markdown"]:not(.evidence)',
  )) {
    markEvidence(element);
  }
  // Redoc opens the search with a click or Ctrl-K alone.
  for (const search of root.querySelectorAll<HTMLElement>("[data-testid=search-trigger]:not([role])")) {
    search.setAttribute("role", "button");
    search.tabIndex = 0;
  }
  // Redoc names the switch of colours by the scheme that it shows, which does not say what a click does.
  for (const colors of root.querySelectorAll("button:is([aria-label=light], [aria-label=dark])")) {
    colors.setAttribute("aria-label", "Switch between light and dark");
  }
  // Redoc names each switch of examples "Example", whatever it shows (WCAG 2.2, 2.5.3).
  for (const examples of root.querySelectorAll("button[aria-haspopup=menu][aria-label=Example]")) {
    examples.removeAttribute("aria-label");
  }
}

/** Marks where Redoc prints the extension `x-evidence`, for the stylesheet. */
function markEvidence(element: HTMLElement): void {
  const [name, value] = element.children;
  if (element.children.length !== 2 || name?.textContent?.trim() !== "evidence:" || !value) return;
  element.classList.add("evidence", value.textContent!.trim());
}
