/** Conveniences: everything works without them. */

const country = document.querySelector<HTMLInputElement>("#country");
if (country) {
  const form = country.form!;
  const state = document.getElementById("state")!;
  // The choices are states of the USA: of no use once another country is chosen.
  const offer = () => {
    const typed = country.value.trim().toLowerCase();
    const options = [...(country.list?.options ?? [])];
    const chosen = options.find(({ value, label }) => [value, label].some((text) => text.toLowerCase() === typed));
    if (chosen && chosen.label !== "USA") state.removeAttribute("list");
    else state.setAttribute("list", "states");
  };
  country.addEventListener("input", offer);
  // A form that comes back has no choices in it.
  const load = async () => {
    const answer = await fetch("/choices.html");
    if (!answer.ok) return;
    form.insertAdjacentHTML("beforeend", await answer.text());
    country.setAttribute("list", "countries");
    offer();
  };
  if (!country.list) void load();
  const button = document.querySelector<HTMLButtonElement>("[data-busy]")!;
  const idle = button.textContent;
  form.addEventListener("submit", () => {
    button.textContent = button.dataset.busy!;
  });
  // Also when the back button brings the page back as it was.
  addEventListener("pageshow", () => {
    button.textContent = idle;
    offer();
  });
}

const copy = document.querySelector<HTMLButtonElement>("[data-copies]");
// Browsers let a page copy only when it comes over TLS or from this machine.
if (copy && navigator.clipboard) {
  const copied = document.getElementById(copy.dataset.copies!)!;
  const status = copy.nextElementSibling!;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copied.textContent);
      status.textContent = "Copied";
    } catch {
      getSelection()!.selectAllChildren(copied);
      status.textContent = "Selected: copy it with your keyboard";
    }
  });
}
